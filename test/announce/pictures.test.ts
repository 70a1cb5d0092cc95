/** Pictures of messages. The message is sent whether or not the picture is accepted. */
import { describe, expect, it } from 'vitest';
import type { Announcement, OutgoingRequest, PictureFile } from '../../src/announce/target.js';
import { targets } from '../../src/announce/targets.js';
import { FetchError } from '../../src/model/errors.js';

const FILE: PictureFile = { bytes: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), type: 'image/png' };

function aMessage(alt: string | null): Announcement {
  return {
    kind: 'article',
    key: 'AbCdEfGhIjKlMnOpQrStUv',
    at: new Date('2026-11-24T09:00:00Z'),
    section: { title: 'The Section', url: 'https://news.example.org/' },
    title: 'Гавань закрито',
    url: 'https://paper.example/1',
    publication: null,
    summary: '',
    language: 'uk-UA',
    publishedAt: null,
    image: null,
    picture: { url: 'https://paper.example/1.png', alt, copies: [], sourceId: 'paper' },
    topics: [],
    others: [],
    count: 1,
    parts: [{ kind: 'title', value: 'Гавань закрито' }],
  };
}

type Answer = readonly [status: number, body?: object] | 'none';

/** `answers`: by the last part of the path, in order; default: 200. */
async function sentTo(
  to: string,
  answers: Readonly<Record<string, readonly Answer[]>>,
  given: { readonly alt?: string | null; readonly file?: PictureFile | null } = {},
) {
  const { alt = 'Boats at dawn', file = FILE } = given;
  const kind = await targets.find(({ name }) => name === to)!.load();
  const left = new Map(Object.entries(answers).map(([path, all]) => [path, [...all]]));
  const sent: OutgoingRequest[] = [];
  const most: number[] = [];
  const request = async (one: OutgoingRequest) => {
    sent.push(one);
    const answer = left.get(one.url.split('/').at(-1)!)?.shift() ?? [200];
    if (answer === 'none') throw new FetchError('FETCH_TIMEOUT', 'did not answer in time');
    const [status, body = { accessJwt: 'a-jwt', did: 'did:plc:x' }] = answer;
    return { status, headers: {}, body: JSON.stringify(body) };
  };
  const target = {
    id: to,
    to,
    url: 'https://social.example',
    token: 'a-token',
    account: 'section.example',
    secret: null,
    of: ['all'],
    atMost: 5,
    text: '',
    quiet: null,
    allowPrivateAddresses: false,
  };
  const answer = await kind.send(aMessage(alt), target, request, {
    picture: async (bytes) => {
      most.push(bytes);
      return file;
    },
  });
  const asked = sent.map(({ method, url, delivers }) => `${method} ${new URL(url).pathname}${delivers ? ' !' : ''}`);
  const last = JSON.parse(String(sent.at(-1)!.body));
  return { answer, sent, asked, last, most };
}

async function formOf({ headers, body }: OutgoingRequest): Promise<FormData> {
  return await new Response(Buffer.from(body as Uint8Array), { headers }).formData();
}

describe('a picture on Mastodon', () => {
  const POST = 'POST /api/v1/statuses !';
  const UPLOAD = 'POST /api/v2/media';

  it('is uploaded with its description and attached to the status', async () => {
    const { sent, asked, last } = await sentTo('mastodon', { media: [[200, { id: '7' }]] });
    expect(asked).toEqual([UPLOAD, POST]);
    expect(sent[0]!.headers.authorization).toBe('Bearer a-token');
    const form = await formOf(sent[0]!);
    expect(form.get('description')).toBe('Boats at dawn');
    const file = form.get('file') as File;
    expect([file.type, Buffer.from(await file.arrayBuffer()).equals(FILE.bytes)]).toEqual(['image/png', true]);
    expect(last).toMatchObject({ status: 'Гавань закрито', language: 'uk', media_ids: ['7'] });
  });

  it('is described by the headline if it has no description', async () => {
    const { sent } = await sentTo('mastodon', {}, { alt: null });
    expect((await formOf(sent[0]!)).get('description')).toBe('Гавань закрито');
    const long = await sentTo('mastodon', {}, { alt: 'а'.repeat(2_000) });
    expect((await formOf(long.sent[0]!)).get('description')).toBe('а'.repeat(1_500));
  });

  it.each<[string, Readonly<Record<string, readonly Answer[]>>]>([
    ['its upload is refused', { media: [[403]] }],
    ['its upload is too much', { media: [[429]] }],
    ['nobody answers', { media: ['none'] }],
    ['the answer names nothing', { media: [[200, {}]] }],
    ['the server has to convert it first', { media: [[202, { id: '7' }]] }],
  ])('is left out where %s', async (_, answers) => {
    const { asked, last, answer } = await sentTo('mastodon', answers);
    expect(asked.filter((one) => one === POST)).toHaveLength(1);
    expect(last).toMatchObject({ status: 'Гавань закрито' });
    expect(last.media_ids).toBeUndefined();
    expect(answer.status).toBe(200);
  });

  it('is omitted if the status is refused with it', async () => {
    const { asked, last } = await sentTo('mastodon', { media: [[200, { id: '7' }]], statuses: [[422]] });
    expect(asked).toEqual([UPLOAD, POST, POST]);
    expect(last.media_ids).toBeUndefined();
  });

  it('does not hide other responses', async () => {
    const { asked, answer } = await sentTo('mastodon', { media: [[200, { id: '7' }]], statuses: [[503]] });
    expect([asked, answer.status]).toEqual([[UPLOAD, POST], 503]);
    expect((await sentTo('mastodon', {}, { file: null })).asked).toEqual([POST]);
  });
});

describe('a picture on Bluesky', () => {
  const SESSION = 'POST /xrpc/com.atproto.server.createSession';
  const UPLOAD = 'POST /xrpc/com.atproto.repo.uploadBlob';
  const PUT = 'POST /xrpc/com.atproto.repo.putRecord !';
  const blob = { $type: 'blob', ref: { $link: 'bafkreib' }, mimeType: 'image/png', size: 8 };
  const blobs = { 'com.atproto.repo.uploadBlob': [[200, { blob }]] } as const;

  it('is the thumbnail of the card', async () => {
    const { sent, asked, last, most } = await sentTo('bluesky', blobs);
    expect(asked).toEqual([SESSION, UPLOAD, PUT]);
    expect(sent[1]).toMatchObject({
      headers: { authorization: 'Bearer a-jwt', 'content-type': 'image/png' },
      body: FILE.bytes,
    });
    expect(last.record.embed.external).toMatchObject({ title: 'Гавань закрито', thumb: blob });
    expect(last.record.langs).toEqual(['uk-UA']);
    expect(most).toEqual([1_000_000]);
  });

  it.each<[string, Answer]>([
    ['refused', [413]],
    ['without a response', 'none'],
    ['answered without a blob', [200, { blob: null }]],
  ])('is left out where its upload is %s', async (_, answer) => {
    const { asked, last } = await sentTo('bluesky', { 'com.atproto.repo.uploadBlob': [answer] });
    expect(asked).toEqual([SESSION, UPLOAD, PUT]);
    expect(last.record.embed.external.thumb).toBeUndefined();
  });

  it('is omitted if the post is refused with it, under the same record key', async () => {
    const { asked, sent, last } = await sentTo('bluesky', { ...blobs, 'com.atproto.repo.putRecord': [[400]] });
    expect(asked).toEqual([SESSION, UPLOAD, PUT, PUT]);
    expect(last.record.embed.external.thumb).toBeUndefined();
    expect(JSON.parse(String(sent[2]!.body)).rkey).toBe(last.rkey);
  });
});
