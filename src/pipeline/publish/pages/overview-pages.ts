/** Builds the overview pages (topics, publications, subscribing) and the sitemap. */
import type { ListedPublication, Overview } from '../../../model/page.js';
import { storyPath } from '../../../write/html/frame.js';
import type { SitemapPage } from '../../../write/html/sitemap.js';
import { type NewsPost, newsSitemap, sitemapFiles } from '../../../write/html/sitemap.js';
import { joinListInputs, shortHash } from '../../facts/page-fingerprints.js';
import type { PartFile } from '../edition-parts.js';
import { compareLabels, countChannels, type ListDeps, type ListPages, listEditorChannels } from './list-pages.js';
import { countRecentArticles } from './page-memory.js';
import { selectListedStories } from './page-stories.js';

const MONTH = 30 * 86_400_000;
const BATCH = 200;
/** Google News reads articles of two days. */
const NEWS_AGE = 2 * 86_400_000;

export async function* overviewPages(deps: ListDeps, work: ListPages): AsyncIterable<PartFile> {
  const { topics, sources } = countChannels(deps.settings, work);
  const recent = await countRecentArticles(deps.store, MONTH);
  const parents = new Map(deps.settings.topics.map(({ id, parent }) => [id, parent ?? null]));
  const counted = topics.map((topic) => {
    return { ...topic, parent: parents.get(topic.id) ?? null, recent: recent.get(`topics/${topic.id}`) ?? 0 };
  });
  if (counted.length > 0) yield overview({ kind: 'topics', topics: counted }, work);
  const withPage = new Map(sources.map((source) => [source.id, source]));
  const listed = work.edition.sources.map((source) => {
    const { id, title, language, homeUrl } = source;
    const page = withPage.get(id);
    return {
      id,
      label: page?.label ?? title,
      language,
      homeUrl,
      hasPage: page !== undefined,
      count: work.facts.get(`sources/${source.id}`)?.members ?? 0,
    };
  });
  listed.sort(compareLabels);
  yield overview({ kind: 'sources', sources: listed }, work);
  const lists = listEditorChannels(work);
  if (lists.length > 0) yield overview({ kind: 'channels', lists }, work);
  if (deps.settings.publish.search === true) yield overview({ kind: 'search' }, work);
  if (work.writer.hasFeeds) yield overview({ kind: 'subscribe' }, work);
  yield overview(publishersPage(deps, listed), work);
}

/** Lists publishers' feeds only, without the editor's own posts. */
function publishersPage({ settings }: ListDeps, listed: readonly ListedPublication[]): Overview {
  const { site, sources } = settings;
  const byId = new Map(sources.map((source) => [source.id, source]));
  const taken = listed.flatMap(({ id, label, homeUrl }) => {
    const source = byId.get(id);
    if (source === undefined || source.own !== undefined) return [];
    return [{ id, label, homeUrl, content: source.content, every: source.every ?? null }];
  });
  return { kind: 'publishers', home: site.url, contact: site.contact ?? null, sources: taken };
}

function overview(page: Overview, { writer }: ListPages): PartFile {
  const inputs = joinListInputs(writer.fingerprint, page, null);
  return { path: `${page.kind}.html`, inputs, make: async () => writer.overview(page) };
}

/** Lists, their stories and own posts. Pages about articles of other publications are excluded. */
export async function* sitemap(deps: ListDeps, work: ListPages): AsyncIterable<PartFile> {
  const { channels, updatedAt, feedsUrl } = work.edition;
  const pages: SitemapPage[] = [{ path: '', changedAt: updatedAt }];
  for (const name of ['topics.html', 'sources.html']) {
    if (name !== 'topics.html' || channels.some(({ kind }) => kind === 'topic'))
      pages.push({ path: name, changedAt: updatedAt });
  }
  if (listEditorChannels(work).length > 0) pages.push({ path: 'channels.html', changedAt: updatedAt });
  if (work.writer.hasFeeds) pages.push({ path: 'subscribe.html', changedAt: null });
  pages.push({ path: 'publishers.html', changedAt: null });
  for (const { kind, path, updatedAt: changedAt } of channels) {
    if (kind !== 'all') pages.push({ path: `${path}.html`, changedAt });
  }
  for (const { slug, joinedAt } of selectListedStories(work.stories))
    pages.push({ path: storyPath(slug), changedAt: joinedAt });
  const posts = await ownPosts(deps);
  for (const { slug, publishedAt, updatedAt } of posts)
    pages.push({ path: `articles/${slug}.html`, changedAt: updatedAt ?? publishedAt });
  const since = new Date((updatedAt?.getTime() ?? 0) - NEWS_AGE);
  const news = posts.filter(({ publishedAt }) => publishedAt >= since);
  const files = [...sitemapFiles(feedsUrl, pages), ...(posts.length > 0 ? [newsSitemap(work.edition, news)] : [])];
  for (const file of files) {
    yield { path: file.path, inputs: shortHash(file.bytes), make: async () => file.bytes };
  }
}

interface OwnPost extends NewsPost {
  readonly updatedAt: Date | null;
}

/** Those that only the section shows. */
async function ownPosts({ store, settings, entryOf }: ListDeps): Promise<OwnPost[]> {
  const posts: OwnPost[] = [];
  for (const { id, own } of settings.sources) {
    if (own?.kind !== 'posts') continue;
    const members = await store.neighbours(`sources/${id}`, '', 'older', Number.MAX_SAFE_INTEGER);
    for (let at = 0; at < members.length; at += BATCH) {
      const articles = await store.visibleArticles(members.slice(at, at + BATCH).map(({ ref }) => ref));
      for (const { slug, title, language, publishedAt, updatedAt, originalUrl } of articles.map(entryOf))
        if (originalUrl === null) posts.push({ slug, title, language, publishedAt, updatedAt });
    }
  }
  return posts;
}
