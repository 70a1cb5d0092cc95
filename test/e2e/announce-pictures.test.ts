/** Pictures of messages: from a publisher's server to those of Mastodon and of the AT Protocol. */
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { aSite } from '../support/a-site.js';
import { aMessenger } from '../support/messenger.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 9, minute)).toISOString();
const HOME = 'http://paper.example/';
const POSTS = ['/api/v1/statuses', '/xrpc/com.atproto.repo.putRecord'];

async function anIllustratedSection(source = 'content: full', more: readonly string[] = []) {
  const server = await serveFeeds();
  const messenger = await aMessenger();
  const pixels = { width: 640, height: 400, channels: 3, background: '#2457a6' } as const;
  const png = await sharp({ create: pixels }).png().toBuffer();
  server.pages.set('/3.png', { body: png, type: 'image/png' });
  const media = (n: number) => `<media:content url="${HOME}${n}.png" medium="image" type="image/png"/>`;
  const publish = (count: number) => {
    const items = Array.from({ length: count }, (_, i) => ({
      title: `Ferry ${count - i} leaves the harbour`,
      date: at(count - i - 60),
      xml: media(count - i),
    }));
    const feed = rss('The Paper', items, HOME).replace('<rss ', '<rss xmlns:media="http://search.yahoo.com/mrss/" ');
    server.pages.set('/feed', { body: feed });
  };
  const { origin } = messenger;
  const site = aSite({
    sources: [`{ id: paper, url: "${HOME}feed", ${source} }`],
    more: [
      ...more,
      'announce:',
      `  - { to: mastodon, url: "${origin}", token: "\${TOKEN}", of: [all] }`,
      `  - { to: bluesky, url: "${origin}", account: section.example, token: "\${TOKEN}", of: [all] }`,
    ],
    env: { TOKEN: 'a-secret-token' },
  });
  closing.push(server.close, messenger.close, site.remove);
  const place = { address: '127.0.0.1', port: Number(new URL(server.url).port) };
  const resolve = (host: string) => (host === 'paper.example' ? place : null);
  const run = (minute: number) => site.run(at(minute), { resolve });
  publish(2);
  await run(0);
  publish(3);
  const told = () => messenger.taken.map(({ path }) => path).sort();
  const asked = () => server.requests.filter(({ path }) => path === '/3.png').length;
  return { messenger, server, png, run, told, asked };
}

describe('pictures of messages', () => {
  it('are sent if permitted, and downloaded once', async () => {
    const { messenger, png, run, told, asked } = await anIllustratedSection();
    await run(5);
    expect(told()).toEqual(POSTS);
    expect(messenger.uploads.map(({ type, bytes }) => [type, bytes.equals(png)])).toEqual(
      Array(2).fill(['image/png', true]),
    );
    const words = messenger.uploads.flatMap(({ description }) => description ?? []);
    expect([words, asked()]).toEqual([['Ferry 3 leaves the harbour'], 1]);
    const bodies = Object.fromEntries(messenger.taken.map(({ path, body }) => [path, body]));
    const external = { thumb: { $type: 'blob', mimeType: 'image/png', size: png.length } };
    expect(bodies).toMatchObject({
      [POSTS[0]!]: { media_ids: [expect.any(String)] },
      [POSTS[1]!]: { record: { embed: { external } } },
    });
  });

  it('are not sent without permission', async () => {
    const { messenger, run, told, asked } = await anIllustratedSection('content: full, images: false');
    await run(5);
    expect([messenger.uploads, asked(), told()]).toEqual([[], 0, POSTS]);
  });

  it.each(['breaks', 500, 403] as const)(
    'neither delay nor repeat a message if the upload fails: %s',
    async (mishap) => {
      const { messenger, run, told, asked } = await anIllustratedSection();
      messenger.pictures.mishap = mishap;
      await run(5);
      await run(10);
      expect([told(), messenger.asked.length, asked()]).toEqual([POSTS, 2, 1]);
    },
  );

  it('do not delay a message if they are missing', async () => {
    const { messenger, server, run, told } = await anIllustratedSection();
    server.pages.delete('/3.png');
    await run(5);
    expect([messenger.uploads, told()]).toEqual([[], POSTS]);
  });
});
