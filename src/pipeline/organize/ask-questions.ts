/** Asks the questions of channels: of articles that are placed, and of all that are stored where a question is new or changed. */

import type { Article, ArticleFacts, ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import { isShown, shownTopics } from '../../model/desk.js';
import type { AskedChannel } from '../../model/question.js';
import type { Store } from '../../ports/store/store.js';
import { questionFingerprint } from '../../questions/fingerprint.js';
import type { AnsweredPart, AskedArticle, Questions } from '../../questions/questions.js';
import { isRecord } from '../../text/record.js';
import { everyArticle } from '../facts/every-article.js';
import { carriersOf, type Folding, foldings } from '../facts/multi-source-stories.js';

export interface Asking {
  /** The channels of each article. `parted`: articles whose stories the editor changed. */
  channelsOf(
    articles: readonly ArticleFacts[],
    copies: ReadonlyMap<ArticleRef, Folding>,
    parted: ReadonlySet<ArticleRef>,
  ): Promise<ReadonlyMap<ArticleRef, readonly ChannelPath[]>>;
  /** Other articles of their stories, where a question asks how many tell one. */
  storyMates(articles: readonly ArticleRef[]): Promise<readonly Article[]>;
  /** Asks stored articles what is new or changed in the questions. `nothing-stored`: all articles were placed by these questions. */
  askAll(of: 'stored' | 'nothing-stored'): Promise<void>;
}

/** Meta key: the fingerprint of the question that was last asked for each channel, as JSON. */
const ASKED = 'asked';

type AskedBy = Readonly<Record<ChannelPath, string>>;

/** null: the site asks nothing, and never did. Reads one note. */
export async function createAsking(
  store: Store,
  channels: readonly AskedChannel[],
  duplicates: 'fold' | 'keep',
): Promise<Asking | null> {
  const before = await readAskedBy(store);
  if (channels.length === 0 && Object.keys(before).length === 0) return null;
  const questions = new QuestionsAsked(store, channels);
  return {
    channelsOf: (articles, copies, parted) => questions.channelsOf(articles, copies, parted),
    storyMates: async (articles) => (questions.askStories ? await storyMates(store, articles) : []),
    askAll: async (of) => {
      const now = askedBy(channels);
      const changed = channels.filter(({ path }) => before[path] !== now[path]);
      if (changed.length > 0 && of === 'stored') await askStored(store, changed, duplicates);
      if (JSON.stringify(now) !== JSON.stringify(before)) await store.saveMeta(ASKED, JSON.stringify(now));
    },
  };
}

/** The fingerprint of each channel's question, by path in code-unit order. */
function askedBy(channels: readonly AskedChannel[]): AskedBy {
  const fingerprints = channels.map(({ path, question }) => [path, questionFingerprint(question)] as const);
  return Object.fromEntries(fingerprints.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** STORE_CORRUPT where the note is not what was written. */
export async function readAskedBy(store: Pick<Store, 'note'>): Promise<AskedBy> {
  return ((await store.note(ASKED, isRecord)) as AskedBy | null) ?? {};
}

/** What is published in these channels counts as asked by the questions of the config. */
export async function noteAsked(store: Pick<Store, 'saveMeta'>, channels: readonly AskedChannel[]): Promise<void> {
  if (channels.length > 0) await store.saveMeta(ASKED, JSON.stringify(askedBy(channels)));
}

/** Of the question of a channel that is called otherwise now. */
export async function renameAsked(store: Store, from: ChannelPath, to: ChannelPath): Promise<void> {
  const { [from]: known, ...others } = await readAskedBy(store);
  if (known === undefined || to in others) return;
  await store.saveMeta(ASKED, JSON.stringify({ ...others, [to]: known }));
}

/** How each channel's question is answered for an article, by path. Only reads. */
export async function answersFor(
  store: Store,
  channels: readonly AskedChannel[],
  article: Article,
  duplicates: 'fold' | 'keep',
): Promise<ReadonlyMap<ChannelPath, readonly AnsweredPart[]>> {
  const copies = duplicates === 'fold' ? await foldings(store, [article]) : new Map<ArticleRef, Folding>();
  return await new QuestionsAsked(store, channels).answers(article, copies);
}

/** Which of these questions each article fulfils, by path. Of folded copies nothing is asked. Only reads. */
export async function fulfilledQuestions(
  store: Store,
  channels: readonly AskedChannel[],
  articles: readonly Article[],
  duplicates: 'fold' | 'keep',
): Promise<ReadonlyMap<ArticleRef, readonly ChannelPath[]>> {
  if (channels.length === 0) return new Map();
  const copies = duplicates === 'fold' ? await foldings(store, articles) : new Map<ArticleRef, Folding>();
  return await new QuestionsAsked(store, channels).fulfilledBy(articles, copies);
}

/** In one pass over all articles, whose memory is bounded by the numbers of those that are found. */
async function askStored(store: Store, channels: readonly AskedChannel[], duplicates: 'fold' | 'keep'): Promise<void> {
  const questions = new QuestionsAsked(store, channels);
  const found = new Map<ChannelPath, ArticleRef[]>(channels.map(({ path }) => [path, []]));
  for await (const articles of everyArticle(store)) {
    // What is marked as withdrawn is still shown.
    const shown = articles.filter(({ hidden }) => hidden === null);
    const copies = duplicates === 'fold' ? await foldings(store, shown) : new Map<ArticleRef, Folding>();
    for (const [ref, paths] of await questions.fulfilledBy(shown, copies))
      for (const path of paths) found.get(path)!.push(ref);
  }
  for (const [path, refs] of found) await store.replaceMembers(path, refs);
}

async function storyMates(store: Store, articles: readonly ArticleRef[]): Promise<readonly Article[]> {
  const told = [...(await store.publicationsTelling(articles)).keys()];
  if (told.length === 0) return [];
  const stories = await store.stories([...new Set((await store.storiesOf(told)).values())]);
  const here = new Set(articles);
  const others = stories
    .flatMap(({ members }) => members.map(({ article }) => article))
    .filter((ref) => !here.has(ref));
  return (await store.articles([...new Set(others)])).filter(isShown);
}

type Copies = ReadonlyMap<ArticleRef, Folding>;

class QuestionsAsked {
  readonly askStories: boolean;
  readonly #store: Store;
  readonly #channels: readonly AskedChannel[];
  #compiled: Promise<Questions> | null = null;

  constructor(store: Store, channels: readonly AskedChannel[]) {
    this.#store = store;
    this.#channels = channels;
    this.askStories = channels.some(({ question }) => question.stories > 0);
  }

  /** Loaded only where something is asked. */
  #questions(): Promise<Questions> {
    this.#compiled ??= import('../../questions/questions.js').then(({ createQuestions }) =>
      createQuestions(this.#channels),
    );
    return this.#compiled;
  }

  async answers(article: Article, copies: Copies): Promise<ReadonlyMap<ChannelPath, readonly AnsweredPart[]>> {
    const questions = await this.#questions();
    const asked = (await this.#asked([article], copies)).get(article.ref);
    return asked === undefined ? new Map() : questions.ask(asked);
  }

  /** Of folded copies nothing is asked: another copy is shown for them. */
  async fulfilledBy(articles: readonly Article[], copies: Copies): Promise<Map<ArticleRef, readonly ChannelPath[]>> {
    const questions = await this.#questions();
    const asked = await this.#asked(articles, copies);
    return new Map([...asked].map(([ref, one]) => [ref, questions.fulfilled(one)]));
  }

  async channelsOf(
    facts: readonly ArticleFacts[],
    copies: Copies,
    parted: ReadonlySet<ArticleRef>,
  ): Promise<Map<ArticleRef, readonly ChannelPath[]>> {
    const refs = facts.map(({ ref }) => ref);
    const articles = await this.#store.articles(refs);
    const questions = await this.#questions();
    const channels = new Map<ArticleRef, readonly ChannelPath[]>();
    for (const [ref, asked] of await this.#asked(articles, copies)) {
      const { contentHash } = asked.article;
      const stays = ({ part, not }: AnsweredPart) =>
        (part === 'stories' && !parted.has(ref)) || (part === 'text' && !not && contentHash === '');
      const mayStay = this.askStories || contentHash === '' ? staying(questions.ask(asked), stays) : [];
      const kept = mayStay.length === 0 ? [] : await this.#placedIn(ref, mayStay);
      channels.set(ref, [...questions.fulfilled(asked), ...kept]);
    }
    // What is pruned has no text any more.
    const known = new Set(articles.map(({ ref }) => ref));
    const paths = this.#channels.map(({ path }) => path);
    for (const ref of refs) if (!known.has(ref)) channels.set(ref, await this.#placedIn(ref, paths));
    return channels;
  }

  async #asked(
    articles: readonly Article[],
    copies: Copies,
  ): Promise<Map<ArticleRef, AskedArticle & { readonly article: Article }>> {
    const shown = articles.filter(({ ref }) => copies.get(ref)?.folded !== true);
    const refs = shown.map(({ ref }) => ref);
    const telling = this.askStories ? await this.#store.publicationsTelling(refs) : new Map<ArticleRef, number>();
    return new Map(
      shown.map((article) => {
        const { topics = shownTopics(article), sources = carriersOf(article) } = copies.get(article.ref) ?? {};
        return [article.ref, { article, topics, sources, publications: telling.get(article.ref) ?? 1 }];
      }),
    );
  }

  async #placedIn(ref: ArticleRef, paths: readonly ChannelPath[]): Promise<readonly ChannelPath[]> {
    const places = await this.#store.placesOf(ref);
    return places.flatMap(({ channel }) => (paths.includes(channel) ? channel : []));
  }
}

/**
 * The channels that an article stays in, if it is in them, though it fails their questions: a story that parted takes nothing back from
 * readers, and of a restored article, until it is read again, the whole text is not known.
 */
function staying(
  answers: ReadonlyMap<ChannelPath, readonly AnsweredPart[]>,
  stays: (part: AnsweredPart) => boolean,
): readonly ChannelPath[] {
  return [...answers].flatMap(([path, parts]) => {
    const failing = parts.filter(({ fulfilled }) => !fulfilled);
    return failing.length > 0 && failing.every(stays) ? path : [];
  });
}
