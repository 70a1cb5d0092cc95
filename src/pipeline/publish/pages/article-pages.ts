/** Builds article pages; recomposes only pages that changes may affect. */
import type { Article, ArticleRef } from '../../../model/article.js';
import { isShown } from '../../../model/desk.js';
import type { Store } from '../../../ports/store/store.js';
import { toSlug } from '../../../text/slug.js';
import type { PageWriter } from '../../../write/html/html.js';
import { MAX_COUNTED } from '../../../write/html/stories.js';
import { joinArticleInputs, type PageFingerprints, shortHash } from '../../facts/page-fingerprints.js';
import type { PartFile } from '../edition-parts.js';
import type { ArticleSummary, Links, PageLinks } from './page-links.js';

export interface ArticlePages {
  readonly store: Store;
  readonly links: PageLinks;
  readonly writer: PageWriter;
  readonly records: ReadonlyMap<ArticleRef, PageFingerprints>;
  readonly signal: AbortSignal;
  readonly changed: Set<ArticleRef>;
  /** Articles with possibly changed related lists; filled by `makeChangedPages`. */
  readonly affected: Set<ArticleRef>;
}

const BATCH = 500;
/** Articles of changed pages that are read at once. */
const TEXTS = 50;

/** Pages of all articles in the channels, including pruned ones. Used when something on every page changed. */
export async function* makeAllPages(work: ArticlePages, channels: readonly string[]): AsyncIterable<PartFile> {
  const done = new Set<ArticleRef>();
  for (const channel of channels) {
    const members = await work.store.neighbours(channel, '', 'older', Number.MAX_SAFE_INTEGER);
    yield* makeArticlePages(
      members.map(({ ref }) => ref).filter((ref) => !done.has(ref)),
      work,
      done,
    );
  }
}

/** Adds the articles to `made`. */
async function* makeArticlePages(
  refs: readonly ArticleRef[],
  work: ArticlePages,
  made: Set<ArticleRef>,
): AsyncIterable<PartFile> {
  const { links, store, signal } = work;
  for (let at = 0; at < refs.length; at += BATCH) {
    const summaries = await links.loadSummaries(refs.slice(at, at + BATCH));
    await links.loadStories(summaries);
    const pages: LinkedPage[] = [];
    // Newest first, because the next page needs nearly the same older articles.
    for (const summary of summaries.sort((a, b) => (a.dates.from < b.dates.from ? -1 : 1))) {
      signal.throwIfAborted();
      made.add(summary.ref);
      pages.push(await linkPage(summary, work));
    }
    for (let from = 0; from < pages.length; from += TEXTS)
      yield* makeLinkedPages(pages.slice(from, from + TEXTS), work);
    await links.saveFacts(store);
  }
}

/** Pages of new, changed and withdrawn articles and of articles that may list them. `gone`: ids of withdrawn ones. */
export async function* makeChangedPages(work: ArticlePages, gone: readonly string[]): AsyncIterable<PartFile> {
  const { records, changed } = work;
  const paths = new Map([...records.values()].map((record) => [record.path, record]));
  const left = gone.flatMap((id) => paths.get(toArticlePath(toSlug(id)))?.ref ?? []);
  const news = [...new Set([...changed, ...(await findArrivals(work)), ...left])];
  const affected = await findAffected(new Set(await selectVisible(news, left, work)), work);
  for (const ref of left) affected.delete(ref);
  for (const ref of affected) work.affected.add(ref);
  const known = new Set<ArticleRef>();
  yield* makeArticlePages([...affected], work, known);
  for (const record of records.values()) {
    if (!known.has(record.ref) && !left.includes(record.ref)) yield keepPage(record, work);
  }
}

/** Without hidden and unmarked withdrawn articles, except those with pages that were just removed. */
async function selectVisible(
  refs: readonly ArticleRef[],
  left: readonly ArticleRef[],
  { links, store }: ArticlePages,
): Promise<ArticleRef[]> {
  const summaries = await links.loadSummaries(refs);
  const withdrawn = summaries.filter((summary) => summary.withdrawn).map(({ ref }) => ref);
  const marked = new Set((await store.visibleArticles(withdrawn)).map(({ ref }) => ref));
  const isHidden = (summary: ArticleSummary) => summary.hidden || (summary.withdrawn && !marked.has(summary.ref));
  const hidden = new Set(summaries.filter(isHidden).map(({ ref }) => ref));
  return refs.filter((ref) => !hidden.has(ref) || left.includes(ref));
}

export function toArticlePath(slug: string): string {
  return `articles/${slug}.html`;
}

/** Articles added since the last edition and still shown. Refs only increase. */
async function findArrivals({ store, records }: ArticlePages): Promise<ArticleRef[]> {
  const refs: ArticleRef[] = [];
  let after = [...records.keys()].reduce((last, ref) => Math.max(last, ref), 0);
  for (;;) {
    const articles = await store.nextArticles(after, BATCH);
    const gone = articles.filter((article) => !isShown(article)).map(({ ref }) => ref);
    const marked = new Set((await store.visibleArticles(gone)).map(({ ref }) => ref));
    refs.push(...articles.flatMap((article) => (isShown(article) || marked.has(article.ref) ? article.ref : [])));
    if (articles.length < BATCH) return refs;
    after = articles.at(-1)!.ref;
  }
}

/** The articles, members of their stories, pages that list them, and newer articles that may now list them. */
async function findAffected(refs: ReadonlySet<ArticleRef>, { links, records }: ArticlePages): Promise<Set<ArticleRef>> {
  const named = [...records.values()].filter((record) => record.links.some((ref) => refs.has(ref)));
  const affected = new Set([...refs, ...named.map(({ ref }) => ref)]);
  const summaries = await links.loadSummaries([...refs]);
  await links.loadStories(summaries);
  for (const summary of summaries) {
    for (const { article } of (await links.story(summary))?.members ?? [])
      if (records.has(article)) affected.add(article);
  }
  for (const ref of await links.findNewer([...refs], Number.POSITIVE_INFINITY)) affected.add(ref);
  return affected;
}

interface LinkedPage {
  readonly ref: ArticleRef;
  readonly path: string;
  readonly inputs: string;
  readonly found: Links;
}

async function* makeLinkedPages(pages: readonly LinkedPage[], work: ArticlePages): AsyncIterable<PartFile> {
  const changed = pages.filter(({ ref, inputs }) => work.records.get(ref)?.inputs !== inputs);
  const articles = await work.store.visibleArticles(changed.map(({ ref }) => ref));
  const known = new Map(articles.map((article) => [article.ref, article]));
  for (const { ref, path, inputs, found } of pages)
    yield { path, inputs, make: () => render(ref, found, work, known.get(ref)) };
}

async function linkPage(summary: ArticleSummary, work: ArticlePages): Promise<LinkedPage> {
  const found = await work.links.findLinks(summary);
  const named = [...found.more, ...found.alike].map(({ shown: { summary: _, ...shown } }) => shown);
  const inputs = joinArticleInputs({
    frame: work.writer.fingerprint,
    ref: summary.ref,
    own: summary.own,
    more: found.more.map(({ ref }) => ref),
    alike: found.alike.map(({ ref }) => ref),
    named: shortHash(found.findStory === null ? named : [...named, joinStoryInputs(found.findStory)]),
  });
  return { ref: summary.ref, path: toArticlePath(summary.shown.slug), inputs, found };
}

/** The number of reports, capped as on the page. */
function joinStoryInputs({ slug, reports }: NonNullable<Links['findStory']>): string {
  return `${slug} ${Math.min(reports, MAX_COUNTED + 1)}`;
}

async function render(
  ref: ArticleRef,
  { more, alike, findStory: story }: Links,
  { links, store, writer }: ArticlePages,
  known?: Article,
): Promise<string> {
  const article = known ?? (await store.visibleArticles([ref]))[0];
  if (article === undefined) throw new Error(`article ${ref} has a page but is not in a channel`);
  const entry = links.entryOf(article);
  return writer.article({ entry, story, more: more.map(({ shown }) => shown), alike: alike.map(({ shown }) => shown) });
}

/** Keeps the published page; renders it only if its file is broken. */
function keepPage({ path, inputs, ref }: PageFingerprints, work: ArticlePages): PartFile {
  const make = async () => {
    const [summary] = await work.links.loadSummaries([ref]);
    return render(
      ref,
      summary === undefined ? { more: [], alike: [], findStory: null } : await work.links.findLinks(summary),
      work,
    );
  };
  return { path, inputs, make };
}
