/** Feeds derived from the address of a page. */
import { describe, expect, it } from 'vitest';
import { findKnownFeed, findKnownPage, listUsualFeeds } from '../../../src/parse/page/known-feeds.js';

const CHANNEL = 'UC0123456789abcdefghij-_';

describe('the feed of a page on a known service', () => {
  it.each([
    [
      `https://www.youtube.com/channel/${CHANNEL}/videos`,
      `https://www.youtube.com/feeds/videos.xml?channel_id=${CHANNEL}`,
    ],
    ['https://m.youtube.com/playlist?list=PL12-3', 'https://www.youtube.com/feeds/videos.xml?playlist_id=PL12-3'],
    ['https://www.youtube.com/@name', null],
    ['https://bsky.app/profile/name.bsky.social', 'https://bsky.app/profile/name.bsky.social/rss'],
    ['https://www.reddit.com/r/news/', 'https://www.reddit.com/r/news/.rss'],
    ['https://old.reddit.com/user/name', 'https://www.reddit.com/user/name/.rss'],
    ['https://github.com/owner/thing', 'https://github.com/owner/thing/releases.atom'],
    ['https://github.com/owner/thing/commits/main', 'https://github.com/owner/thing/commits/main.atom'],
    ['https://github.com/owner', 'https://github.com/owner.atom'],
    ['https://github.com/owner/thing/issues', null],
    ['https://medium.com/@name', 'https://medium.com/feed/@name'],
    ['https://town.example/r/news', null],
    ['https://notgithub.com/owner/thing', null],
  ])('%s → %s', (page, feed) => {
    expect(findKnownFeed(page)).toBe(feed);
  });

  it('uses the public page of a Telegram channel', () => {
    expect(findKnownPage('https://t.me/townnews')?.url).toBe('https://t.me/s/townnews');
    expect(findKnownPage('https://t.me/s/townnews')?.selectors.items).toBe('.tgme_widget_message');
    expect(findKnownPage('https://t.me/townnews/12')).toBeNull();
    expect(findKnownPage('https://town.example/s/townnews')).toBeNull();
  });
});

it('lists feed addresses in the page folder, at the root, and of WordPress', () => {
  const urls = listUsualFeeds('https://town.example/news/list', '<link href="/wp-content/x.css">');
  expect(urls).toEqual(expect.arrayContaining(['https://town.example/news/feed/', 'https://town.example/feed', 'https://town.example/atom.xml', 'https://town.example/?feed=rss2'])); // biome-ignore format: one call
  expect(new Set(urls).size).toBe(urls.length);
  expect(listUsualFeeds('https://social.example/@name', '')[0]).toBe('https://social.example/@name.rss');
});
