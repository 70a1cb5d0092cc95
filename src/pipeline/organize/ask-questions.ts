/** Matches articles against the conditions of channels. */
import type { Article, ArticleFacts, ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import { isShown, listShownTopics } from '../../model/desk.js';
import type { QuestionChannel } from '../../model/question.js';
import type { Store } from '../../ports/store/store.js';
import { questionFingerprint } from '../../questions/fingerprint.js';
import type { CandidateArticle, PartResult, Questions } from '../../questions/questions.js';
import { readAllArticles } from '../facts/every-article.js';
import { type Folding, findFoldings, listCarriers } from '../facts/multi-source-stories.js';

const ASKED = 'asked';

type QuestionFingerprints = Readonly<Record<ChannelPath, string>>;

/** Requires placed articles. Reads all stored ones only if a condition is new or changed. */
export async function updateQuestionChannels(
  store: Store,
  channels: readonly QuestionChannel[],
  duplicates: 'fold' | 'keep',
): Promise<void> {
  const before = await readQuestionFingerprints(store);
  const now = fingerprintQuestions(channels);
  const changed = channels.filter(({ path }) => before[path] !== now[path]);
  if (changed.length > 0) await replaceMembers(store, changed, duplicates);
  if (JSON.stringify(now) !== JSON.stringify(before)) await store.saveMeta(ASKED, JSON.stringify(now));
}

function fingerprintQuestions(channels: readonly QuestionChannel[]): QuestionFingerprints {
  const fingerprints = channels.map(({ path, question }) => [path, questionFingerprint(question)] as const);
  return Object.fromEntries(fingerprints.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function readQuestionFingerprints(store: Pick<Store, 'readJson'>): Promise<QuestionFingerprints> {
  return (await store.readJson<QuestionFingerprints>(ASKED)) ?? {};
}

export async function saveQuestionFingerprints(
  store: Pick<Store, 'saveMeta'>,
  channels: readonly QuestionChannel[],
): Promise<void> {
  if (channels.length > 0) await store.saveMeta(ASKED, JSON.stringify(fingerprintQuestions(channels)));
}

export async function renameQuestion(store: Store, from: ChannelPath, to: ChannelPath): Promise<void> {
  const { [from]: known, ...others } = await readQuestionFingerprints(store);
  if (known === undefined || to in others) return;
  await store.saveMeta(ASKED, JSON.stringify({ ...others, [to]: known }));
}

/** Reads all stored articles once and keeps only the refs of members in memory. */
async function replaceMembers(
  store: Store,
  channels: readonly QuestionChannel[],
  duplicates: 'fold' | 'keep',
): Promise<void> {
  const questions = new ChannelQuestions(store, channels, duplicates);
  const found = new Map<ChannelPath, ArticleRef[]>(channels.map(({ path }) => [path, []]));
  for await (const articles of readAllArticles(store)) {
    // Articles that are marked as withdrawn are still shown.
    const shown = articles.filter(({ hidden }) => hidden === null);
    for (const [ref, paths] of await questions.findFulfilled(shown))
      for (const path of paths) found.get(path)!.push(ref);
  }
  for (const [path, refs] of found) await store.replaceMembers(path, refs);
}

type Copies = ReadonlyMap<ArticleRef, Folding>;

/** Conditions of channels; their code is loaded on first use. */
export class ChannelQuestions {
  private readonly countsStories: boolean;
  private compiled: Promise<Questions> | null = null;

  constructor(
    private readonly store: Store,
    private readonly channels: readonly QuestionChannel[],
    private readonly duplicates: 'fold' | 'keep',
  ) {
    this.countsStories = channels.some(({ question }) => question.stories > 0);
  }

  async readCopies(articles: readonly ArticleFacts[]): Promise<Copies> {
    return this.duplicates === 'fold' ? await findFoldings(this.store, articles) : new Map();
  }

  private compile(): Promise<Questions> {
    this.compiled ??= import('../../questions/questions.js').then(({ createQuestions }) =>
      createQuestions(this.channels),
    );
    return this.compiled;
  }

  async answer(article: Article): Promise<ReadonlyMap<ChannelPath, readonly PartResult[]>> {
    const questions = await this.compile();
    const asked = (await this.describe([article], await this.readCopies([article]))).get(article.ref);
    return asked === undefined ? new Map() : questions.evaluate(asked);
  }

  /** Skips folded copies, because another copy is shown. */
  async findFulfilled(articles: readonly Article[]): Promise<ReadonlyMap<ArticleRef, readonly ChannelPath[]>> {
    if (this.channels.length === 0) return new Map();
    const questions = await this.compile();
    const asked = await this.describe(articles, await this.readCopies(articles));
    return new Map([...asked].map(([ref, one]) => [ref, questions.listMatches(one)]));
  }

  /** Other articles of their stories, if a condition counts publications. */
  async findStoryMates(articles: readonly ArticleRef[]): Promise<readonly Article[]> {
    if (!this.countsStories) return [];
    const inStories = [...(await this.store.countPublications(articles)).keys()];
    if (inStories.length === 0) return [];
    const stories = await this.store.stories([...new Set((await this.store.findStoryRefs(inStories)).values())]);
    const here = new Set(articles);
    const others = stories
      .flatMap(({ members }) => members.map(({ article }) => article))
      .filter((ref) => !here.has(ref));
    return (await this.store.articles([...new Set(others)])).filter(isShown);
  }

  /** `moved`: articles that the editor moved to another story. */
  async findChannels(
    facts: readonly ArticleFacts[],
    copies: Copies,
    moved: ReadonlySet<ArticleRef>,
  ): Promise<Map<ArticleRef, readonly ChannelPath[]>> {
    if (this.channels.length === 0) return new Map();
    const refs = facts.map(({ ref }) => ref);
    const articles = await this.store.articles(refs);
    const questions = await this.compile();
    const channels = new Map<ArticleRef, readonly ChannelPath[]>();
    for (const [ref, asked] of await this.describe(articles, copies)) {
      const { contentHash } = asked.article;
      const canStay = ({ part, not }: PartResult) =>
        (part === 'stories' && !moved.has(ref)) || (part === 'text' && !not && contentHash === '');
      const mayStay = this.countsStories || contentHash === '' ? selectStaying(questions.evaluate(asked), canStay) : [];
      const kept = mayStay.length === 0 ? [] : await this.findPlaces(ref, mayStay);
      channels.set(ref, [...questions.listMatches(asked), ...kept]);
    }
    // Pruned articles have no text.
    const known = new Set(articles.map(({ ref }) => ref));
    const paths = this.channels.map(({ path }) => path);
    for (const ref of refs) if (!known.has(ref)) channels.set(ref, await this.findPlaces(ref, paths));
    return channels;
  }

  private async describe(
    articles: readonly Article[],
    copies: Copies,
  ): Promise<Map<ArticleRef, CandidateArticle & { readonly article: Article }>> {
    const shown = articles.filter(({ ref }) => copies.get(ref)?.folded !== true);
    const refs = shown.map(({ ref }) => ref);
    const telling = this.countsStories ? await this.store.countPublications(refs) : new Map<ArticleRef, number>();
    return new Map(
      shown.map((article) => {
        const { topics = listShownTopics(article), sources = listCarriers(article) } = copies.get(article.ref) ?? {};
        return [article.ref, { article, topics, sources, publications: telling.get(article.ref) ?? 1 }];
      }),
    );
  }

  private async findPlaces(ref: ArticleRef, paths: readonly ChannelPath[]): Promise<readonly ChannelPath[]> {
    const places = await this.store.listPlaces(ref);
    return places.flatMap(({ channel }) => (paths.includes(channel) ? channel : []));
  }
}

/**
 * Channels that keep an article although it fails their conditions: its story lost members, or its restored text is
 * still unknown.
 */
function selectStaying(
  answers: ReadonlyMap<ChannelPath, readonly PartResult[]>,
  stays: (part: PartResult) => boolean,
): readonly ChannelPath[] {
  return [...answers].flatMap(([path, parts]) => {
    const failing = parts.filter(({ fulfilled }) => !fulfilled);
    return failing.length > 0 && failing.every(stays) ? path : [];
  });
}
