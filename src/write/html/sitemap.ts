/** Writes sitemaps for search engines (https://www.sitemaps.org/protocol.html). */
import type { Entry } from '../../model/channel.js';
import type { Edition, OutputFile } from '../../model/edition.js';
import { primaryLanguage } from '../../text/stem.js';
import { formatRfc3339 } from '../../text/timestamp.js';
import { xmlText } from '../../text/xml.js';

export interface SitemapPage {
  /** Relative to the folder; empty: the folder itself. */
  readonly path: string;
  /** The newest change that it shows; null: unknown. */
  readonly changedAt: Date | null;
}

export type NewsPost = Pick<Entry, 'slug' | 'title' | 'language' | 'publishedAt'>;

/** Limits of the protocols. */
const MOST = 50_000;
const MOST_NEWS = 1_000;
const START = '<?xml version="1.0" encoding="utf-8"?>\n';
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** `sitemap.xml`, or an index of `sitemap-1.xml` and so on if there are more pages than `most`. */
export function sitemapFiles(feedsUrl: string, pages: readonly SitemapPage[], most = MOST): OutputFile[] {
  const parts = Array.from({ length: Math.ceil(pages.length / most) }, (_, i) => pages.slice(i * most, (i + 1) * most));
  if (parts.length <= 1) return [{ path: 'sitemap.xml', bytes: urlSet(feedsUrl, pages) }];
  const files = parts.map((part, i) => ({ path: `sitemap-${i + 1}.xml`, bytes: urlSet(feedsUrl, part) }));
  const index = files.map(({ path }, i) => element('sitemap', `${feedsUrl}${path}`, newest(parts[i]!)));
  const bytes = `${START}<sitemapindex ${NAMESPACE}>\n${index.join('')}</sitemapindex>\n`;
  return [{ path: 'sitemap.xml', bytes }, ...files];
}

/** For Google News: its newest posts, with their publication. */
export function newsSitemap({ siteTitle, language, feedsUrl }: Edition, posts: readonly NewsPost[]): OutputFile {
  const about = (post: NewsPost) =>
    `<news:news><news:publication><news:name>${xmlText(siteTitle)}</news:name>` +
    `<news:language>${primaryLanguage(post.language ?? language)}</news:language></news:publication>` +
    `<news:publication_date>${formatRfc3339(post.publishedAt)}</news:publication_date>` +
    `<news:title>${xmlText(post.title)}</news:title></news:news>`;
  const urls = posts
    .slice(0, MOST_NEWS)
    .map((post) => `<url><loc>${xmlText(`${feedsUrl}articles/${post.slug}.html`)}</loc>${about(post)}</url>\n`);
  const news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"';
  const bytes = `${START}<urlset ${NAMESPACE} ${news}>\n${urls.join('')}</urlset>\n`;
  return { path: 'sitemap-news.xml', bytes };
}

function urlSet(feedsUrl: string, pages: readonly SitemapPage[]): string {
  const urls = pages.map(({ path, changedAt }) => element('url', `${feedsUrl}${path}`, changedAt));
  return `${START}<urlset ${NAMESPACE}>\n${urls.join('')}</urlset>\n`;
}

function element(name: string, url: string, changedAt: Date | null): string {
  const changed = changedAt === null ? '' : `<lastmod>${formatRfc3339(changedAt)}</lastmod>`;
  return `<${name}><loc>${xmlText(url)}</loc>${changed}</${name}>\n`;
}

function newest(pages: readonly SitemapPage[]): Date | null {
  const times = pages.flatMap(({ changedAt }) => changedAt?.getTime() ?? []);
  return times.length === 0 ? null : new Date(times.reduce((last, time) => Math.max(last, time)));
}
