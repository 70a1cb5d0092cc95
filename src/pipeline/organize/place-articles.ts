/** Places articles in their channels. */
import type { ArticleFacts, ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import { isShown, listShownTopics } from '../../model/desk.js';
import { toOrderKey } from '../../model/order.js';
import { listQuestionChannels } from '../../model/question.js';
import type { Settings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import { ARTICLES_AT_ONCE, readAllArticles, readSourceArticles } from '../facts/every-article.js';
import { type Folding, listCarriers } from '../facts/multi-source-stories.js';
import { ChannelQuestions, saveQuestionFingerprints } from './ask-questions.js';
import { AuthorChannels } from './author-channels.js';
import type { ChangedArticles } from './changed-articles.js';

export type PlacingSettings = Pick<Settings, 'topics' | 'sources' | 'channels' | 'languages' | 'duplicates'>;

/** Requires final topics, visibility, texts and stories. */
export async function placeArticles(store: Store, settings: PlacingSettings, changed: ChangedArticles): Promise<void> {
  const placer = new ArticlePlacer(store, settings, changed.moved);
  const before = await store.readJson<Placement>(PLACED_BY);
  const asked = listQuestionChannels(settings);
  const isFirst = asked.length + placer.authors.sources.size > 0 && (await store.channels()).length === 0;
  if (before !== null && mustPlaceAgain(before, placer))
    for await (const articles of readAllArticles(store)) await placer.place(articles);
  await placer.placeUnplaced();
  const changedAuthors = isFirst ? [] : findChangedAuthors(before, placer);
  for (const id of changedAuthors)
    for await (const articles of readSourceArticles(id, store)) await placer.place(articles);
  const shown = (await store.articleFacts([...new Set([...changed.regrouped, ...changed.visibility])])).filter(isShown);
  if (shown.length > 0) await placer.place(shown);
  const now = JSON.stringify(nextPlacement(before, placer));
  if (now !== JSON.stringify(before)) await store.saveMeta(PLACED_BY, now);
  // All stored articles were just placed under the current conditions.
  if (isFirst) await saveQuestionFingerprints(store, asked);
}

interface Placement {
  readonly sources: readonly SourceId[];
  /** Sources that left the config: their articles are in no source channel. */
  readonly left: readonly SourceId[];
  readonly duplicates: 'fold' | 'keep';
  /** Sources with channels of their authors; missing: none. */
  readonly authors?: readonly SourceId[];
}
const PLACED_BY = 'placed-by';

/** New sources have no articles yet, and new topics change tags. */
function mustPlaceAgain(before: Placement, { duplicates, sources }: ArticlePlacer): boolean {
  return before.duplicates !== duplicates || before.left.some((id) => sources.has(id));
}

/** Sources that got or lost channels of their authors. After a restore, all of them: their names are unknown. */
function findChangedAuthors(before: Placement | null, { authors: { sources } }: ArticlePlacer): SourceId[] {
  const known = before?.authors ?? [];
  return [...known.filter((id) => !sources.has(id)), ...[...sources].filter((id) => !known.includes(id))];
}

function nextPlacement(before: Placement | null, { duplicates, sources, authors }: ArticlePlacer): Placement {
  const known = new Set([...(before?.left ?? []), ...(before?.sources ?? [])]);
  const left = [...known].filter((id) => !sources.has(id)).sort();
  const named = [...authors.sources].sort();
  return { sources: [...sources].sort(), left, duplicates, ...(named.length > 0 && { authors: named }) };
}

class ArticlePlacer {
  readonly sources: ReadonlySet<SourceId>;
  readonly duplicates: 'fold' | 'keep';
  readonly authors: AuthorChannels;
  private readonly topics: ReadonlySet<string>;
  private readonly questions: ChannelQuestions;

  constructor(
    private readonly store: Store,
    settings: PlacingSettings,
    private readonly moved: ReadonlySet<ArticleRef>,
  ) {
    this.topics = new Set(settings.topics.map(({ id }) => id));
    this.sources = new Set(settings.sources.map(({ id }) => id));
    this.duplicates = settings.duplicates;
    this.authors = new AuthorChannels(
      store,
      new Set(settings.sources.flatMap(({ id, authors }) => (authors ? [id] : []))),
    );
    this.questions = new ChannelQuestions(store, listQuestionChannels(settings), settings.duplicates);
  }

  async placeUnplaced(): Promise<void> {
    for (;;) {
      const articles = await this.store.unplaced(ARTICLES_AT_ONCE);
      if (articles.length === 0) return;
      // In one transaction with the other members of their stories, so that a grown story is not news for them.
      await this.place([...articles, ...(await this.questions.findStoryMates(articles.map(({ ref }) => ref)))]);
    }
  }

  async place(articles: readonly ArticleFacts[]): Promise<void> {
    const copies = await this.questions.readCopies(articles);
    const asked = await this.questions.findChannels(articles, copies, this.moved);
    const authors = await this.authors.findChannels(articles);
    await this.store.place(
      articles.map((article) => {
        const { ref } = article;
        const placed = this.listChannels(article, copies.get(ref) ?? null);
        const channels = [...placed, ...(asked.get(ref) ?? []), ...(authors.get(ref) ?? [])];
        return { ref, order: toOrderKey(article), channels };
      }),
    );
  }

  /**
   * Folded copies are only in source channels; canonical ones in the topics of all copies. No channels with conditions.
   */
  private listChannels(article: ArticleFacts, copies: Folding | null): ChannelPath[] {
    const sources = listCarriers(article)
      .filter((id) => this.sources.has(id))
      .map((id) => `sources/${id}`);
    if (copies?.folded === true) return sources;
    const topics = copies?.topics ?? listShownTopics(article);
    return ['all', ...topics.filter((id) => this.topics.has(id)).map((id) => `topics/${id}`), ...sources];
  }
}
