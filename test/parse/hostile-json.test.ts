/** Any value anywhere in a publisher's JSON is read or gives a ParseError, never another error. */
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../src/model/errors.js';
import { parseJsonByPaths } from '../../src/parse/json-paths/json-paths.js';
import { proposeJson } from '../../src/parse/json-paths/propose/propose-json.js';
import { proposePage } from '../../src/parse/page/propose/propose.js';
import { readPageFacts } from '../../src/parse/page-facts.js';
import { parseFeed } from '../../src/parse/parse.js';
import { readReservations } from '../../src/politeness/tdmrep.js';

const item = {
  id: '1', url: 'https://a.example/1', external_url: 'https://b.example/1', title: 'The ferry sails', content_html: '<p>x</p>', content_text: 'x', summary: 's', image: 'https://a.example/i.png', banner_image: 'https://a.example/b.png', date_published: '2026-11-24T10:00:00Z', date_modified: '2026-11-24T11:00:00Z', language: 'en', tags: ['a'], author: { name: 'A' }, authors: [{ name: 'A', url: 'https://a.example/', avatar: 'https://a.example/a.png' }], attachments: [{ url: 'https://a.example/a.mp3', mime_type: 'audio/mpeg', title: 't', size_in_bytes: 1, duration_in_seconds: 2 }], _episode: { number: 1, season: 2, type: 'full', explicit: true, image: 'https://a.example/e.png' }, _source: { title: 'B', url: 'https://b.example/', feed_url: 'https://b.example/f', comments_url: 'https://a.example/c' }, _tdm: { reservation: 1, policy: 'https://a.example/t' },
}; // biome-ignore format: a row
const FEED = {
  version: 'https://jsonfeed.org/version/1.1', title: 'A', description: 'd', home_page_url: 'https://a.example/', feed_url: 'https://a.example/f', next_url: 'https://a.example/f?2', icon: 'https://a.example/i.png', favicon: 'https://a.example/f.png', language: 'en', expired: false, user_comment: 'c', author: { name: 'A' }, authors: [{ name: 'A' }], hubs: [{ type: 'WebSub', url: 'https://hub.example/' }], _tdm: { reservation: 1, policy: 'https://a.example/t' }, items: [item],
}; // biome-ignore format: a row
const RULES = [{ location: '/', 'tdm-reservation': 1, 'tdm-policy': 'https://a.example/t' }];

const LINKED = {
  '@graph': [{ '@type': 'NewsArticle', headline: 'The ferry sails', name: 'n', description: 'd', datePublished: '2026-11-24', inLanguage: 'en', author: [{ name: 'A' }], publisher: { name: 'P' }, image: { url: 'https://a.example/i.png' }, mainEntityOfPage: { '@id': 'https://a.example/1' } }, { '@type': 'ItemList', itemListElement: [{ url: 'https://a.example/1', item: { url: 'https://a.example/2' } }] }],
}; // biome-ignore format: a row
const page = (text: string) => `<html><body><script type="application/ld+json">${text}</script><p>x</p></body></html>`;

const HOSTILE: readonly string[] = [
  '{"toString":1,"valueOf":1}',
  '{"__proto__":{"a":1},"constructor":1,"length":-1}',
  `${'['.repeat(200)}${']'.repeat(200)}`,
  '[null,[],{"toString":null}]',
  '1e999',
  '-0.5',
  'true',
  'null',
  '""',
  '"\\ud800\\u0000"',
];

/** One copy of the document per value, with a hostile value in its place. */
function* replaced(value: unknown, hostile: string): Iterable<string> {
  yield hostile;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value))
    for (const text of replaced(inner, hostile)) {
      const others = Object.entries(value).map(([other, one]) => [other, other === name ? text : JSON.stringify(one)]);
      yield Array.isArray(value)
        ? `[${others.map(([, one]) => one)}]`
        : `{${others.map(([other, one]) => `${JSON.stringify(other)}:${one}`)}}`;
    }
}

async function problemOf(read: () => unknown): Promise<unknown> {
  try {
    await read();
    return null;
  } catch (error) {
    return error instanceof ParseError ? null : error;
  }
}

const readers: readonly [string, unknown, (text: string) => unknown][] = [
  ['a JSON Feed', FEED, (text) => parseFeed(Buffer.from(text), { contentType: 'application/feed+json', url: 'https://a.example/f' })], // biome-ignore format: a row
  ['JSON of any make', FEED, (text) => parseJsonByPaths(text, 'https://a.example/f', { items: 'items', title: ['{title} {language}', 'title'], link: 'https://a.example/{id}', date: 'date_published', updated: 'date_modified', summary: 'summary', content: 'content_html', image: 'image', author: 'authors[*].name', id: 'id', categories: 'tags' })], // biome-ignore format: a row
  ['JSON of an unknown make', FEED, (text) => proposeJson(text, JSON.parse(text), 'https://a.example/f')],
  ['JSON-LD of a page', LINKED, (text) => readPageFacts(page(text), 'https://a.example/1')],
  ['JSON-LD of a list', LINKED, (text) => proposePage(page(text), 'https://a.example/')],
  ['tdmrep.json', RULES, (text) => readReservations({ kind: 'fresh', body: Buffer.from(text), headers: {} } as never, new Date(0))], // biome-ignore format: a row
];

describe.each(readers)('%s', (_, document, read) => {
  it.each(HOSTILE)('gives a feed or a ParseError with %s in any place', async (hostile) => {
    for (const text of replaced(document, hostile)) expect(await problemOf(() => read(text)), text).toBeNull();
  });
});
