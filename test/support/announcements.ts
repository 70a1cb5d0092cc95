/** Messages and targets for tests of announcements. */
import type { Announcement } from '../../src/announce/target.js';
import { fillTemplate } from '../../src/announce/text.js';
import type { AnnounceTarget } from '../../src/model/announcing.js';

export const URL_OF_NEWS = 'https://paper.example/2026/11/24/harbour?a=1&b=2';
interface MessageParts {
  readonly title?: string;
  readonly publication?: string;
  readonly summary?: string;
  readonly text?: string;
  readonly url?: string;
  readonly language?: string;
}

export function aMessage(given: MessageParts = {}): Announcement {
  const {
    title = 'Harbour closed',
    publication = 'The Paper',
    summary = 'In short.',
    url = URL_OF_NEWS,
    language = 'en',
  } = given;
  const values = { title, publication, summary, section: 'The Section', topics: 'Sea', url };
  return {
    kind: 'article',
    key: 'AbCdEfGhIjKlMnOpQrStUv',
    at: new Date('2026-11-24T09:00:00Z'),
    section: { title: 'The Section', url: 'https://news.example.org/' },
    title,
    url,
    publication: { title: publication, url: 'https://paper.example/', feedUrl: null },
    summary,
    language,
    publishedAt: new Date('2026-11-24T08:00:00Z'),
    image: null,
    picture: null,
    topics: [],
    others: [],
    count: 1,
    parts: fillTemplate(given.text ?? '{title} · {publication} {url}', values),
  };
}

export const aTarget = (to: string, url: string): AnnounceTarget => ({
  id: to,
  to,
  url,
  token: 'a-token',
  account: 'section.example',
  secret: 'a-secret',
  of: ['all'],
  atMost: 5,
  text: '',
  quiet: null,
  allowPrivateAddresses: false,
});

export const TARGET_URLS: Readonly<Record<string, string>> = {
  webhook: 'https://hook.example/in',
  slack: 'https://hooks.slack.example/services/T/B/X',
  discord: 'https://discord.example/api/webhooks/1/X',
  telegram: 'https://api.telegram.example/botX/sendMessage?chat_id=-100&message_thread_id=7',
  ntfy: 'https://ntfy.example/our-news',
  mastodon: 'https://social.example',
  bluesky: 'https://pds.example',
  matrix: 'https://matrix.example/!room:matrix.example',
  apprise: 'https://apprise.example/notify/KEY',
};
