/** Builders of new articles, fetch states and changes, for tests of stores. */
import type { ArticleText } from '../../src/model/article.js';
import type { ArticleKey } from '../../src/model/identity.js';
import { toOrderKey } from '../../src/model/order.js';
import type { FetchState } from '../../src/model/source.js';
import { noChanges } from '../../src/pipeline/read/source-changes.js';
import type { NewArticle, SourceChanges } from '../../src/ports/store/sources.js';
import type { Store } from '../../src/ports/store/store.js';

export const DAY = Date.UTC(2026, 10, 24);
export const at = (hours: number) => new Date(DAY + hours * 3_600_000);

export function aText(n: number, given: Partial<ArticleText> = {}): ArticleText {
  return {
    guid: `guid-${n}`,
    url: `https://paper.example/${n}`,
    title: `Headline ${n}`,
    summary: `What happened, number ${n}.`,
    contentHtml: `<p>Text ${n}</p>`,
    authors: [{ name: 'A. Writer', url: null }],
    attribution: {
      publication: { title: 'The Paper', url: 'https://paper.example/', feedUrl: null },
      via: null,
      credited: null,
    },
    language: 'en',
    image: { url: 'https://paper.example/i.jpg', width: 640, height: null, alt: null, type: null },
    enclosures: [],
    episode: null,
    discussionUrl: null,
    categories: [{ term: 'World', scheme: null, label: null }],
    rights: null,
    contentHash: `hash-${n}`,
    ...given,
  };
}

export const guidKey = (n: number, sourceId = 'paper'): ArticleKey => ({ kind: 'guid', sourceId, value: `guid-${n}` });
export const urlKey = (n: number): ArticleKey => ({ kind: 'url', value: `https://paper.example/${n}` });

/** Number n, published n hours after midnight, with its guid and address. */
export function aNewArticle(ref: number, n = ref, given: Partial<NewArticle> = {}): NewArticle {
  const sourceId = given.sourceId ?? 'paper';
  return {
    ...aText(n),
    ref,
    sourceId,
    place: 0,
    publishedAt: at(n),
    publishedAtFrom: 'published',
    firstSeenAt: at(n + 0.5),
    topics: [{ topicId: 'world', score: 1, because: [{ phrase: 'x', field: 'title', offset: 0, weight: 1 }] }],
    keys: [guidKey(n, sourceId), urlKey(n)],
    mintOnly: false,
    ...given,
  };
}

export function aState(given: Partial<FetchState> = {}): FetchState {
  return {
    sourceId: 'paper',
    configuredUrl: 'https://paper.example/feed',
    adoptedUrl: null,
    redirect: null,
    validators: null,
    bodyHash: null,
    lastAttemptAt: at(0),
    lastSuccessAt: at(0),
    nextAttemptAt: at(1),
    failures: 0,
    gone: 0,
    blocked: 0,
    health: 'ok',
    healthSince: at(0),
    error: null,
    askedMinutes: null,
    documentMinutes: null,
    skipHours: [],
    skipDays: [],
    recentDates: [at(1), at(0)],
    oldestItemAt: at(0),
    newestArticleAt: null,
    profile: null,
    homeSince: null,
    lastRead: [],
    guidsUnusable: false,
    recurringPictures: [],
    commonParameters: null,
    titleEnding: null,
    usualLanguage: null,
    newsByDay: [],
    newsWaitsUntil: null,
    images: [],
    ownAs: null,
    readAs: null,
    ...given,
  };
}

export function someChanges(given: Partial<SourceChanges>): SourceChanges {
  return { ...noChanges('topics-1'), ...given };
}

export const articleId = (n: number) => `tag:news.example,2026:${n}`;

/** Saves articles 1 to `count` of the source `paper`, minted and placed in `channels`; their refs are their numbers. */
export async function publishArticles(store: Store, count: number, channels: readonly string[] = ['all']) {
  const refs = Array.from({ length: count }, (_, i) => i + 1);
  await store.reserveRefs(count);
  await store.saveFetch(aState(), someChanges({ added: refs.map((ref) => aNewArticle(ref)) }));
  await store.mint(
    refs.map((ref) => ({ ref, id: articleId(ref) })),
    [],
  );
  const articles = await store.articles(refs);
  await store.place(articles.map((article) => ({ ref: article.ref, order: toOrderKey(article), channels })));
}

/** Clears all dirty documents. */
export async function clearAllDirty(store: Store): Promise<void> {
  await store.clearDirty(await store.dirty());
}
