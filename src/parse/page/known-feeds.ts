/** Derives the feed of a page from its address, for known services. */
import type { PageSelectors } from './page-selectors.js';

/** null: not derivable. */
type Rule = (url: URL) => string | null;

/** By host, without `www.` and `m.`. */
const RULES: Readonly<Record<string, Rule>> = {
  'youtube.com': ({ pathname, searchParams }) => {
    const channel = /^\/channel\/(UC[\w-]{22})(?:\/|$)/.exec(pathname)?.[1];
    const playlist = pathname === '/playlist' ? searchParams.get('list') : null;
    if (channel !== undefined) return `https://www.youtube.com/feeds/videos.xml?channel_id=${channel}`;
    if (playlist === null || !/^[\w-]+$/.test(playlist)) return null;
    return `https://www.youtube.com/feeds/videos.xml?playlist_id=${playlist}`;
  },
  'bsky.app': ({ pathname }) => {
    const who = /^\/profile\/([\w.:-]+)\/?$/.exec(pathname)?.[1];
    return who === undefined ? null : `https://bsky.app/profile/${who}/rss`;
  },
  'reddit.com': toRedditFeed,
  'old.reddit.com': toRedditFeed,
  'github.com': ({ pathname }) => {
    const [owner, repository, part, ...rest] = pathname.split('/').filter((step) => step !== '');
    if (owner === undefined || !/^[\w-]+$/.test(owner)) return null;
    if (repository === undefined) return `https://github.com/${owner}.atom`;
    const base = `https://github.com/${owner}/${repository}`;
    if (part === undefined || part === 'releases') return `${base}/releases.atom`;
    if (part === 'tags') return `${base}/tags.atom`;
    return part === 'commits' ? `${[base, part, ...rest].join('/')}.atom` : null;
  },
  'medium.com': ({ pathname }) => {
    const who = /^\/(@?[\w.-]+)\/?$/.exec(pathname)?.[1];
    return who === undefined ? null : `https://medium.com/feed/${who}`;
  },
};

function toRedditFeed({ pathname }: URL): string | null {
  const path = /^\/(?:r|u|user)\/[\w-]+/.exec(pathname)?.[0];
  return path === undefined ? null : `https://www.reddit.com${path}/.rss`;
}

/** The feed of a channel, profile, forum or repository; null: unknown. */
export function findKnownFeed(address: string): string | null {
  const url = new URL(address);
  return RULES[url.hostname.replace(/^(?:www|m)\./, '')]?.(url) ?? null;
}

export interface KnownPage {
  readonly url: string;
  readonly selectors: PageSelectors;
}

const TELEGRAM: PageSelectors = {
  items: '.tgme_widget_message',
  title: '.tgme_widget_message_text',
  link: 'a.tgme_widget_message_date',
  date: 'a.tgme_widget_message_date time',
  summary: null,
  image: null,
};

/** A Telegram channel has a public page instead of a feed. null: not a channel. */
export function findKnownPage(address: string): KnownPage | null {
  const { hostname, pathname } = new URL(address);
  const channel = /^\/(?:s\/)?([A-Za-z]\w{3,31})\/?$/.exec(pathname)?.[1];
  if (!/^(?:www\.)?(?:t|telegram)\.me$/.test(hostname) || channel === undefined) return null;
  return { url: `https://t.me/s/${channel}`, selectors: TELEGRAM };
}

/** Usual feed addresses, in the page's folder and at the root of the site. WordPress also has one by query. */
export function listUsualFeeds(address: string, html: string): readonly string[] {
  const folder = new URL('.', address).href;
  const atRoot = ['/feed', '/rss', '/atom.xml', '/rss.xml', '/feed.xml', '/index.xml'];
  const inFolder = new URL(folder).pathname === '/' ? [] : ['feed/', 'index.xml'];
  const profile = /^\/@[\w.]+$/.test(new URL(address).pathname) ? [`${address}.rss`] : [];
  const wordpress = /\/wp-(?:content|includes|json)\//.test(html) ? ['/?feed=rss2'] : [];
  const all = [...profile, ...inFolder.map((path) => new URL(path, folder).href), ...[...wordpress, ...atRoot].map((path) => new URL(path, address).href)]; // biome-ignore format: one list
  return [...new Set(all)];
}
