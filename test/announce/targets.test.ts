/** Requests to each target: no pings, no foreign links, within the length limits. */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Announcement, OutgoingRequest } from '../../src/announce/target.js';
import { createTimeId } from '../../src/announce/targets/bluesky.js';
import { targets } from '../../src/announce/targets.js';
import { aMessage, aTarget, TARGET_URLS, URL_OF_NEWS } from '../support/announcements.js';

const HOSTILE =
  '@everyone <!channel> <@U123> @editor@mastodon.social #hashtag https://evil.example/x [click](https://evil.example) evil.com /start *b* `c` ||d|| &lt;';

// biome-ignore lint/suspicious/noExplicitAny: JSON of seven services
type Json = Record<string, any>;

/** Requests for a message. Each gets an AT Protocol session as the response, or the given one. */
async function requestsFor(
  to: string,
  message: Announcement,
  answer = '{"accessJwt":"a-jwt","did":"did:plc:x"}',
  address = TARGET_URLS[to]!,
): Promise<(OutgoingRequest & { body: string; json: Json })[]> {
  const kind = await targets.find(({ name }) => name === to)!.load();
  const sent: OutgoingRequest[] = [];
  const request = async (one: OutgoingRequest) => {
    sent.push(one);
    return { status: 200, headers: {}, body: answer };
  };
  await kind.send(message, aTarget(to, address), request, { picture: async () => null });
  return sent.map((one) => ({ ...one, body: String(one.body), json: JSON.parse(String(one.body)) }));
}

const lastFor = async (to: string, message: Announcement) => (await requestsFor(to, message)).at(-1)!;

describe('webhook', () => {
  it('signs the bytes of its body and sends the message key', async () => {
    const { headers, body, json } = await lastFor('webhook', aMessage({ title: 'Ще не вмерла' }));
    const digest = createHmac('sha256', 'a-secret').update(body).digest('hex');
    expect(headers).toMatchObject({ 'x-newsloom-signature': `sha256=${digest}`, 'idempotency-key': json.id });
    expect(json).toMatchObject({ version: 1, kind: 'article', title: 'Ще не вмерла', url: URL_OF_NEWS, count: 1 });
  });
});

describe('slack', () => {
  it('puts foreign text into elements that Slack does not parse', async () => {
    const { json } = await lastFor('slack', aMessage({ title: HOSTILE }));
    const [
      {
        elements: [section],
      },
    ] = json.blocks;
    expect(section.elements).toEqual([
      { type: 'text', text: HOSTILE },
      { type: 'text', text: ' · ' },
      { type: 'text', text: 'The Paper' },
      { type: 'text', text: ' ' },
      { type: 'link', url: URL_OF_NEWS },
    ]);
    expect(json.link_names).toBe(false);
    expect(json.text).not.toMatch(/<[!@#]/);
    expect(json.text).toContain('&lt;!channel&gt;');
    // Compatible servers may detect names in it.
    expect(json.text).not.toMatch(/@[\p{L}\p{N}]/u);
  });
});

describe('discord', () => {
  it('pings nobody and escapes markup', async () => {
    const { json } = await lastFor('discord', aMessage({ title: HOSTILE }));
    expect(json.allowed_mentions).toEqual({ parse: [] });
    expect(json.content).toContain('\\@everyone \\<\\!channel\\>');
    expect(json.content).toContain('https\\:\\/\\/evil\\.example\\/x \\[click\\]\\(');
    expect(json.content).toContain(` ${URL_OF_NEWS}`);
    expect(json.content.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[*_`|[\]<>@#](?!.*paper\.example)/);
  });

  it('shortens escaped text to 2,000 code units', async () => {
    const { json } = await lastFor('discord', aMessage({ title: '*'.repeat(1500) }));
    expect(json.content.length).toBeLessThanOrEqual(2_000);
    expect(json.content).toMatch(/….*https:\/\/paper\.example/);
  });
});

describe('telegram', () => {
  it('reads the chat from the URL and sends no markup', async () => {
    const { url, json } = await lastFor('telegram', aMessage({ title: HOSTILE }));
    expect(url).toBe('https://api.telegram.example/botX/sendMessage');
    expect(json).toMatchObject({ chat_id: '-100', message_thread_id: '7', link_preview_options: { url: URL_OF_NEWS } });
    expect(json.parse_mode).toBeUndefined();
    expectInert(json.text);
  });
});

describe.each([
  ['matrix', 'PUT', '/_matrix/client/v3/rooms/!room%3Amatrix.example/send/m.room.message/AbCdEfGhIjKlMnOpQrStUv'],
  ['apprise', 'POST', '/notify/KEY'],
])('%s', (to, method, path) => {
  it('gets plain text that links and mentions nothing foreign', async () => {
    const sent = await lastFor(to, aMessage({ title: HOSTILE }));
    expect(sent).toMatchObject({ method, url: `https://${to}.example${path}` });
    expectInert(sent.json.body);
  });
});

describe('ntfy', () => {
  it('publishes to the topic of the URL, also below a path', async () => {
    const { url, json, headers } = await lastFor('ntfy', aMessage({ title: 'Гавань закрито' }));
    expect(url).toBe('https://ntfy.example/');
    expect(json).toEqual({
      topic: 'our-news',
      message: `Гавань закрито · The Paper ${URL_OF_NEWS}`,
      click: URL_OF_NEWS,
    });
    expect(headers.authorization).toBe('Bearer a-token');
  });

  it('prevents links in foreign text', async () => {
    const { json } = await lastFor('ntfy', aMessage({ title: 'Win at evil.example or http://evil.example/' }));
    expect(json.message.replace(URL_OF_NEWS, '')).not.toMatch(/evil\.example|http:\/\//);
  });

  it('sends an invalid topic for the server to refuse', async () => {
    const [sent] = await requestsFor('ntfy', aMessage({}), undefined, 'https://ntfy.example/100%');
    expect(sent!.json.topic).toBe('100%');
  });

  it('keeps to 4,096 bytes', async () => {
    const { json } = await lastFor('ntfy', aMessage({ title: 'Гавань '.repeat(900) }));
    expect(Buffer.byteLength(json.message)).toBeLessThanOrEqual(4_096);
    expect(json.message).toContain(URL_OF_NEWS);
  });
});

describe('mastodon', () => {
  it('counts 500 characters like Mastodon: a URL is 23, an emoji sequence one', async () => {
    const family = '👩‍👩‍👧‍👦';
    const { json, url, headers } = await lastFor(
      'mastodon',
      aMessage({ title: family.repeat(600), language: 'pt-BR' }),
    );
    expect(url).toBe('https://social.example/api/v1/statuses');
    expect(headers).toMatchObject({ authorization: 'Bearer a-token', 'idempotency-key': 'AbCdEfGhIjKlMnOpQrStUv' });
    const status: string = json.status;
    const length = [...new Intl.Segmenter('en').segment(status.replace(URL_OF_NEWS, 'x'.repeat(23)))].length;
    expect(length).toBe(500);
    expect(status.endsWith(URL_OF_NEWS)).toBe(true);
    expect(json.language).toBe('pt');
  });

  it('mentions nobody and links only to the article', async () => {
    const { json } = await lastFor('mastodon', aMessage({ title: HOSTILE }));
    expectInert(json.status);
    expect(json.content_type).toBe('text/plain');
  });
});

describe('an address', () => {
  it.each(['mastodon', 'telegram'])('contains no bracket at which %s would end it', async (to) => {
    const { json } = await lastFor(to, aMessage({ url: 'https://evil.example/a(@editor@mastodon.social' }));
    expect(json.status ?? json.text).toContain('https://evil.example/a%28%40editor%40mastodon.social');
  });
});

describe('bluesky', () => {
  it('links with a facet in UTF-8 bytes, a card and the language', async () => {
    const [session, post] = await requestsFor(
      'bluesky',
      aMessage({ title: 'Порт закрито 🌊', language: 'uk', url: `https://www.paper.example/${'long-'.repeat(30)}` }),
    );
    expect(session).toMatchObject({ delivers: false, json: { identifier: 'section.example', password: 'a-token' } });
    expect(post).toMatchObject({
      url: 'https://pds.example/xrpc/com.atproto.repo.putRecord',
      headers: { authorization: 'Bearer a-jwt' },
    });
    const { record, rkey } = post!.json;
    expect(rkey).toMatch(/^[234567a-j][234567a-z]{12}$/);
    expect(record).toMatchObject({ langs: ['uk'], createdAt: '2026-11-24T09:00:00.000Z' });
    const [{ index, features }] = record.facets;
    const linked = Buffer.from(record.text).subarray(index.byteStart, index.byteEnd).toString();
    expect(linked).toBe('paper.example/long-long-long-lo…');
    expect(features).toEqual([
      { $type: 'app.bsky.richtext.facet#link', uri: `https://www.paper.example/${'long-'.repeat(30)}` },
    ]);
    expect(record.embed.external).toMatchObject({ title: 'Порт закрито 🌊', description: 'In short.' });
  });

  it('posts nothing if another service answers 200', async () => {
    expect(await requestsFor('bluesky', aMessage(), '<!doctype html><title>Welcome</title>')).toHaveLength(1);
  });

  it.each(['a', '👩‍👩‍👧‍👦', 'ї'])('keeps to 300 graphemes and 3,000 bytes of %s', async (letter) => {
    const { json } = await lastFor('bluesky', aMessage({ title: letter.repeat(700) }));
    const { text } = json.record;
    expect([...new Intl.Segmenter('en').segment(text)].length).toBeLessThanOrEqual(300);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3_000);
    expect(text).toContain('…');
  });

  it('derives the record key from time and message key only', () => {
    const at = new Date('2026-11-24T09:00:00Z');
    expect(createTimeId(at, 'key')).toBe(createTimeId(at, 'key'));
    expect(createTimeId(at, 'key')).not.toBe(createTimeId(at, 'other'));
    expect(createTimeId(at, 'key') < createTimeId(new Date('2026-11-24T09:00:01Z'), 'key')).toBe(true);
  });
});

/** Expects no mention, tag, command or foreign URL that these services detect. */
function expectInert(text: string): void {
  const own = text.indexOf(URL_OF_NEWS);
  expect(own).toBeGreaterThan(0);
  const others = text.slice(0, own) + text.slice(own + URL_OF_NEWS.length);
  expect(others).not.toMatch(/[@#][\p{L}\p{N}_]/u);
  expect(others).not.toMatch(/https?:\/\//);
  expect(others).not.toMatch(/[\p{L}\p{N}]\.\p{L}{2}/u);
  expect(others).not.toMatch(/(?:^|\s)\/\w/);
  expect(others.replaceAll('\u2060', '')).toContain(HOSTILE);
}
