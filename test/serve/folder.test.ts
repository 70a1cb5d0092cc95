import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFolderHandler } from '../../src/serve/folder.js';
import { listen } from '../../src/serve/listen.js';
import { readPublishedPaths } from '../../src/serve/manifest.js';
import type { AnnouncedFeeds } from '../../src/write/published/hub-link.js';
import { temporaryFolder } from '../support/temporary-folder.js';

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

/** Serves these files; returns a client that sends request targets unchanged, which `fetch` would normalise. */
async function serving(files: Record<string, string>, announced: AnnouncedFeeds | null = null, base = '/') {
  const dir = join(temporaryFolder(), 'feeds');
  for (const [path, text] of Object.entries({ ...manifestOf(Object.keys(files)), ...files })) put(dir, path, text);
  const served = await listen(createFolderHandler({ dir, announced, base }), 0, '127.0.0.1');
  onTestFinished(() => served.close());
  const ask = (path: string, { method = 'GET', headers = {} }: Asked = {}) =>
    new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
      const { hostname, port } = new URL(served.url);
      request({ hostname, port, path, method, headers }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) });
      })
        .on('error', reject)
        .end();
    });
  return { dir, ask };
}

/** Creates a manifest with these files. */
function manifestOf(paths: readonly string[]): Record<string, string> {
  return { 'manifest.json': JSON.stringify({ site: '', files: paths.map((path) => ({ path })) }) };
}

function put(dir: string, path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

describe('hub links', () => {
  const announced = { hub: 'https://hub.example/?for=us&a=>', feedsUrl: 'https://news.example/feeds/' };
  const linkOf = async (path: string, given: AnnouncedFeeds | null) => {
    const { ask } = await serving({ [path]: 'text' }, given);
    return (await ask(`/${path}`)).headers.link;
  };

  it.each(['all.rss', 'topics/a.atom', 'channels/a.json', 'digests/a.json', 'stories/a.rss'])(
    '%s has one',
    async (path) => {
      const link = `<https://hub.example/?for=us&a=%3E>; rel="hub", <https://news.example/feeds/${path}>; rel="self"`;
      expect(await linkOf(path, announced)).toBe(link);
      expect(await linkOf(path, null)).toBeUndefined();
    },
  );

  it.each(['archive/all/1.rss', 'failures.atom', 'index.html', 'manifest.json', 'feeds.opml', 'digests/a/1.json'])(
    '%s has none',
    async (path) => {
      expect(await linkOf(path, announced)).toBeUndefined();
    },
  );

  it('are in responses with 304 and to HEAD', async () => {
    const { ask } = await serving({ 'all.json': '{}' }, announced);
    const { headers } = await ask('/all.json', { method: 'HEAD' });
    const again = await ask('/all.json', { headers: { 'if-none-match': String(headers.etag) } });
    expect([headers.link, again.status]).toEqual([again.headers.link, 304]);
    expect(headers.link).toContain('rel="self"');
  });
});

it('answers browsers with the page for unknown addresses', async () => {
  const { ask } = await serving({ '404.html': '<h1>Page not found</h1>' });
  const accept = { headers: { accept: 'text/html,*/*' } };
  const page = await ask('/articles/none.html', accept);
  expect([page.status, page.headers['content-type'], String(page.body)]).toEqual([404, 'text/html; charset=utf-8', '<h1>Page not found</h1>']); // biome-ignore format: one list
  expect(String((await ask('/none.rss')).body)).not.toContain('<h1>');
});

describe('types and policies', () => {
  const sealed = "default-src 'none'; sandbox";
  it.each([
    ['all.rss', 'application/rss+xml; charset=utf-8', sealed],
    ['topics/a.atom', 'application/atom+xml; charset=utf-8', sealed],
    ['all.json', 'application/feed+json; charset=utf-8', sealed],
    ['archive/topics/a/1.json', 'application/feed+json; charset=utf-8', sealed],
    ['status.json', 'application/json; charset=utf-8', sealed],
    ['manifest.json', 'application/json; charset=utf-8', sealed],
    ['feeds.opml', 'text/x-opml; charset=utf-8', sealed],
    ['index.html', 'text/html; charset=utf-8', expect.stringContaining("frame-ancestors 'none'")],
    ['style.css', 'text/css; charset=utf-8', undefined],
    ['x.unheard', 'application/octet-stream', sealed],
  ])('%s is %s', async (path, type, policy) => {
    const { ask } = await serving({ [path]: 'text' });
    const { status, headers, body } = await ask(`/${path}`);
    expect([status, body.toString()]).toEqual([200, 'text']);
    expect(headers).toMatchObject({ 'content-type': type, 'x-content-type-options': 'nosniff', 'content-length': '4' });
    expect(headers['content-security-policy']).toEqual(policy);
  });

  it('allows no scripts and only own styles', async () => {
    const { ask } = await serving({ 'index.html': '' });
    const policy = String((await ask('/index.html')).headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; style-src 'self'; img-src 'self' https:; media-src https:/);
    expect(policy).not.toContain('script-src');
  });
});

describe('conditional requests', () => {
  it('get 304 by ETag and by date, and new bytes after a change', async () => {
    const { dir, ask } = await serving({ 'all.rss': 'old' });
    const { headers } = await ask('/all.rss');
    const tag = { 'if-none-match': `"other", ${headers.etag}` };
    const again = await ask('/all.rss', { headers: tag });
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, headers.etag]);
    expect(again.headers['cache-control']).toBe(headers['cache-control']);
    const since = { 'if-modified-since': String(headers['last-modified']) };
    expect((await ask('/all.rss', { headers: since })).status).toBe(304);
    put(dir, 'fresh', 'new');
    utimesSync(join(dir, 'fresh'), new Date(), new Date(Date.now() + 5000));
    renameSync(join(dir, 'fresh'), join(dir, 'all.rss'));
    expect((await ask('/all.rss', { headers: tag })).body.toString()).toBe('new');
    expect((await ask('/all.rss', { headers: since })).status).toBe(200);
    expect(
      (await ask('/all.rss', { headers: { ...tag, 'if-modified-since': 'Sat, 01 Jan 2050 00:00:00 GMT' } })).status,
    ).toBe(200);
  });

  it('are rarely needed: max-age is five minutes, and unlimited for full archive documents', async () => {
    const { ask } = await serving({
      'all.rss': '',
      'archive/all/1.rss': '',
      'archive/all/2.rss': '',
      'archive/all/2.atom': '',
    });
    const cache = async (path: string) => (await ask(path)).headers['cache-control'];
    expect(await cache('/all.rss')).toBe('public, max-age=300, must-revalidate');
    expect(await cache('/archive/all/1.rss')).toBe('public, max-age=31536000, immutable');
    expect(await cache('/archive/all/2.rss')).toBe('public, max-age=300, must-revalidate');
  });
});

describe('a large file', () => {
  const text = 'all the news of the day, '.repeat(200_000);

  it('is streamed completely, plain and compressed', async () => {
    const { ask } = await serving({ 'all.rss': text });
    const plain = await ask('/all.rss');
    expect(plain.headers['content-length']).toBe(String(text.length));
    expect(plain.body.toString() === text).toBe(true);
    const packed = await ask('/all.rss', { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.body).toString() === text).toBe(true);
    expect((await ask('/all.rss', { headers: { 'if-none-match': String(plain.headers.etag) } })).status).toBe(304);
    const head = await ask('/all.rss', { method: 'HEAD' });
    expect([head.body.length, head.headers['content-length']]).toEqual([0, String(text.length)]);
  });
});

describe('content negotiation', () => {
  const text = 'news '.repeat(1000);

  it('compresses texts for clients that accept gzip', async () => {
    const { ask } = await serving({ 'all.rss': text, 'a.png': text });
    const packed = await ask('/all.rss', { headers: { 'accept-encoding': 'br;q=1, gzip;q=0.5' } });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(gunzipSync(packed.body).toString()).toBe(text);
    expect(Number(packed.headers['content-length'])).toBe(packed.body.length);
    expect((await ask('/a.png', { headers: { 'accept-encoding': 'gzip' } })).body.toString()).toBe(text);
  });

  it.each(['', 'br', 'gzip;q=0', '*;q=0', 'identity'])('does not compress for Accept-Encoding: %s', async (accepts) => {
    const { ask } = await serving({ 'all.rss': text });
    const { headers, body } = await ask('/all.rss', { headers: { 'accept-encoding': accepts } });
    expect([headers['content-encoding'], headers.vary, body.toString()]).toEqual([undefined, 'Accept-Encoding', text]);
  });

  it('answers HEAD without a body, and refuses other methods', async () => {
    const { ask } = await serving({ 'all.rss': text });
    const head = await ask('/all.rss', { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '5000', 0]);
    const post = await ask('/all.rss', { method: 'POST' });
    expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});

describe('only what is published', () => {
  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/topics/..%2f..%2fsecret.txt',
    '/topics/../../secret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/%00',
    '/.newsloom-0123456789ab.tmp',
    '/.git/config',
    '/link.txt',
    '/linked/secret.txt',
    '/topics',
    '/topics/',
    '/none.rss',
    'http://elsewhere.example/all.rss',
  ])('gives nothing for %s', async (path) => {
    const files = { 'topics/a.rss': 'a', '.git/config': 'secret', '.newsloom-0123456789ab.tmp': 'secret' };
    const { dir, ask } = await serving(files);
    put(join(dir, '..'), 'secret.txt', 'secret');
    const named = [...Object.keys(files), 'link.txt', 'linked', 'linked/secret.txt', '../secret.txt'];
    put(dir, 'manifest.json', manifestOf(named)['manifest.json']!);
    symlinkSync('../secret.txt', join(dir, 'link.txt'));
    symlinkSync('..', join(dir, 'linked'));
    const { status, body } = await ask(path);
    expect([status, body.toString()]).toEqual([404, 'Not found.\n']);
  });

  it('serves only files in the current manifest', async () => {
    const { dir, ask } = await serving({ 'all.rss': 'news' });
    put(dir, 'notes.txt', 'own');
    put(dir, 'topics/draft.rss', 'own');
    for (const path of ['/notes.txt', '/topics/draft.rss', '/constructor', '/__proto__'])
      expect((await ask(path)).status).toBe(404);
    expect((await ask('/')).body.toString()).not.toContain('draft');
    put(dir, 'manifest.json', manifestOf(['all.rss', 'notes.txt'])['manifest.json']!);
    expect((await ask('/notes.txt')).body.toString()).toBe('own');
    for (const text of ['', '[]', '{"files":1}', '{"files":[null]}']) {
      put(dir, 'manifest.json', text);
      expect((await ask('/all.rss')).status).toBe(404);
    }
  });

  it('refuses special files without blocking', async () => {
    const { dir, ask } = await serving({ 'folder.rss/a.rss': '' });
    execFileSync('mkfifo', [join(dir, 'pipe.rss')]);
    symlinkSync('/dev/zero', join(dir, 'zero.rss'));
    put(dir, 'manifest.json', manifestOf(['folder.rss', 'pipe.rss', 'zero.rss'])['manifest.json']!);
    for (const path of ['/folder.rss', '/pipe.rss', '/zero.rss']) expect((await ask(path)).status).toBe(404);
  });

  it('finds percent-encoded names, and ignores queries', async () => {
    const { ask } = await serving({ 'topics/ü b.rss': 'x' });
    expect((await ask('/topics/%C3%BC%20b.rss?ref=1')).body.toString()).toBe('x');
  });
});

describe('the front page', () => {
  it('is index.html', async () => {
    const { ask } = await serving({ 'index.html': '<p>front', 'all.rss': '' });
    expect((await ask('/')).body.toString()).toBe('<p>front');
  });

  it('is a list of the feeds without an index.html', async () => {
    const files = {
      'all.rss': '',
      'feeds.opml': '',
      'status.json': '',
      'topics/<b>.atom': '',
      'archive/all/1.rss': '',
    };
    const { ask } = await serving(files);
    const page = (await ask('/')).body.toString();
    expect(page.match(/<li>.*<\/li>/g)).toEqual([
      '<li><a href="all.rss">all.rss</a></li>',
      '<li><a href="feeds.opml">feeds.opml</a></li>',
      '<li><a href="topics/%3Cb%3E.atom">topics/&#60;b&#62;.atom</a></li>',
    ]);
  });

  it('has a message if nothing is published yet', async () => {
    const { ask } = await serving({});
    expect((await ask('/')).body.toString()).toContain('Nothing is published here yet.');
  });
});

describe('below the path of feedsUrl', () => {
  const files = {
    'all.rss': 'feed',
    'index.html': 'front',
    'topics/a.rss': 'topic',
    'news/all.rss': 'a folder called so',
  };

  it.each([
    ['/feeds/', '/feeds/all.rss', 'feed'],
    ['/feeds/', '/feeds/all.rss?x=1', 'feed'],
    ['/feeds/', '/all.rss', 'feed'],
    ['/feeds/', '/feeds/', 'front'],
    ['/feeds/', '/', 'front'],
    ['/a/b/', '/a/b/topics/a.rss', 'topic'],
    ['/topics/', '/topics/a.rss', 'topic'],
    ['/topics/', '/topics/topics/a.rss', 'topic'],
    ['/news/', '/news/all.rss', 'feed'],
    ['/', '/all.rss', 'feed'],
    ['/%D1%81/', '/%D1%81/all.rss', 'feed'],
  ])('with %s, %s is there', async (base, path, text) => {
    const { ask } = await serving(files, null, base);
    const { status, body } = await ask(path);
    expect([status, body.toString()]).toEqual([200, text]);
  });

  it.each([
    ['/feeds/', '/feeds/none.rss'],
    ['/feeds/', '/feeds/feeds/all.rss'],
    ['/feeds/', '/feeds/../all.rss'],
    ['/feeds/', '/feeds//all.rss'],
    ['/feeds/', '/feedsall.rss'],
    ['/', '/feeds/all.rss'],
  ])('with %s, %s is not', async (base, path) => {
    const { ask } = await serving(files, null, base);
    expect((await ask(path)).status).toBe(404);
  });

  it('redirects the base without a slash to the front page', async () => {
    const { ask } = await serving(files, null, '/a/feeds/');
    const { status, headers } = await ask('/a/feeds?x=1');
    expect([status, headers.location]).toEqual([301, '/a/feeds/']);
  });
});

it('names a port that is in use', async () => {
  const handler = createFolderHandler({ dir: temporaryFolder(), announced: null, base: '/' });
  const first = await listen(handler, 0, '127.0.0.1');
  const port = Number(new URL(first.url).port);
  await expect(listen(handler, port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
});

it('keeps running if the system cannot accept a connection', async () => {
  const { url, close } = await listen(
    ({ socket }, response) => {
      const { server } = socket as unknown as { readonly server: Server };
      for (const code of ['EMFILE', 'ENFILE'])
        server.emit('error', Object.assign(new Error(`accept ${code}`), { code }));
      response.end('here');
    },
    0,
    '127.0.0.1',
  );
  expect(await (await fetch(url)).text()).toBe('here');
  await close();
});

it('reads a manifest once for concurrent requests', async () => {
  const dir = temporaryFolder();
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ files: [{ path: 'all.rss' }] }));
  const [one, other] = await Promise.all([readPublishedPaths(dir), readPublishedPaths(dir)]);
  expect(one).toBe(other);
  expect([...one]).toEqual(['manifest.json', 'all.rss']);
});
