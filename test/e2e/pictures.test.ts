import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { toSlug } from '../../src/text/slug.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const open: { site: TestSite; server: FeedServer }[] = [];
afterEach(async () => {
  for (const { site, server } of open.splice(0)) {
    site.remove();
    await server.close();
  }
});

const DAY = '2026-11-24T12:00:00Z';
const LATER = '2026-11-24T13:00:00Z';

function picture(width: number, height: number, format: 'png' | 'jpeg' | 'webp' | 'gif' = 'png') {
  return sharp({ create: { width, height, channels: 3, background: '#345' } })
    [format]()
    .toBuffer();
}

const media = (url: string, size = '') => `<media:content url="${url}" medium="image" type="image/png"${size}/>`;
const feedOf = (items: Parameters<typeof rss>[1], home: string) =>
  rss('The Paper', items, home).replace('<rss ', '<rss xmlns:media="http://search.yahoo.com/mrss/" ');

/** A publication with these pictures in its items, by path, and a site that reads it. */
async function aSection(
  pictures: Readonly<Record<string, Uint8Array | string>>,
  { source = 'content: full', images = '{ fetch: true, icons: false }', more = [] as string[] } = {},
) {
  const { url, ...rest } = await serveFeeds();
  const server = { ...rest, url: 'http://paper.example' };
  for (const [path, body] of Object.entries(pictures)) server.pages.set(path, { body, type: 'image/png' });
  const items = Object.keys(pictures).map((path, i) => {
    return { title: `News of ${path.slice(1)} from the harbour ${i}`, xml: media(server.url + path) };
  });
  server.pages.set('/feed', { body: feedOf(items, `${server.url}/`) });
  const configure = (text: string, wanted: string) =>
    site.configure({
      sources: [`{ id: paper, url: "${server.url}/feed", ${text} }`],
      more: [`images: ${wanted}`, ...more],
    });
  const place = { address: '127.0.0.1', port: Number(new URL(url).port) };
  const resolve = (host: string) => (host === 'paper.example' ? place : null);
  const bare = aSite({ sources: [] });
  const site: TestSite = { ...bare, run: (now, options) => bare.run(now, { resolve, ...options }) };
  configure(source, images);
  open.push({ site, server });
  const asked = (path: string) => server.requests.filter((one) => one.path === path);
  return { site, server, configure, asked };
}

describe('sizes of pictures', () => {
  it('are read even if those of newer articles wait for a host', async () => {
    const { url, pages, requests, close } = await serveFeeds();
    const place = { address: '127.0.0.1', port: Number(new URL(url).port) };
    const resolve = (host: string) => (host.endsWith('.example') ? place : null);
    const feeds = ['busy', 'paper'].map(
      (id) => `{ id: ${id}, url: "http://${id}.example/${id}", content: full, perDay: 500 }`,
    );
    const site = aSite({ sources: feeds, more: ['images: { fetch: true, icons: false }'] });
    open.push({ site, server: { url, pages, requests, close } });
    const news = Array.from({ length: 210 }, (_, i) => {
      pages.set(`/${i}.png`, { body: '', status: 429, headers: { 'Retry-After': '86400' } });
      const date = new Date(Date.parse('2026-11-24T09:00:00Z') + i * 10_000).toISOString();
      return { title: `Gallery of day ${i}`, date, xml: media(`http://busy.example/${i}.png`) };
    });
    pages.set('/busy', { body: feedOf(news, 'http://busy.example/') });
    pages.set('/paper', {
      body: feedOf(
        [{ title: 'Fog over the harbour', xml: media('http://paper.example/fog.png') }],
        'http://paper.example/',
      ),
    });
    pages.set('/fog.png', { body: await picture(640, 400), type: 'image/png' });
    for (const minute of ['00', '20']) await site.run(`2026-11-24T12:${minute}:00Z`, { resolve });
    expect(requests.map(({ path }) => path)).toContain('/fog.png');
  });

  it('do not delay feeds if a redirect leads to a host in a Retry-After period, and send it no request', async () => {
    const { url, pages, requests, close } = await serveFeeds();
    const place = { address: '127.0.0.1', port: Number(new URL(url).port) };
    const resolve = (host: string) => (host.endsWith('.example') ? place : null);
    const feed = '{ id: paper, url: "http://paper.example/feed", content: full }';
    const site = aSite({ sources: [feed], more: ['images: { fetch: true, icons: false }'] });
    open.push({ site, server: { url, pages, requests, close } });
    pages.set('/feed', {
      body: feedOf([{ title: 'Fog', xml: media('http://paper.example/fog.png') }], 'http://paper.example/'),
    });
    pages.set('/fog.png', { body: '', status: 302, headers: { Location: 'http://cdn.example/elsewhere.png' } });
    pages.set('/elsewhere.png', { body: '', status: 429, headers: { 'Retry-After': '21600' } });
    const asked = (path: string) => requests.filter((one) => one.path === path).length;
    for (const hour of ['12', '13', '14']) await site.run(`2026-11-24T${hour}:00:00Z`, { resolve });
    expect([asked('/feed'), asked('/elsewhere.png')]).toEqual([3, 1]);
    pages.set('/elsewhere.png', { body: await picture(640, 400), type: 'image/png' });
    await site.run('2026-11-24T19:00:00Z', { resolve });
    expect([asked('/feed'), asked('/elsewhere.png')]).toEqual([4, 2]);
  });

  it('are read from the first bytes of their files, once, and shown in lists, pages and feeds', async () => {
    const { site, asked } = await aSection({
      '/a.png': await picture(640, 400),
      '/b.jpg': await picture(300, 500, 'jpeg'),
    });
    await site.run(DAY);
    const page = site.read('index.html');
    expect(page).toContain('width="640" height="400" alt="" loading="lazy"');
    expect(page).toContain('width="300" height="500"');
    expect(site.read('all.rss')).toMatch(/<media:thumbnail url="[^"]*a.png" width="640" height="400"\/>/);
    expect(asked('/a.png').map(({ headers }) => headers.range)).toEqual(['bytes=0-65535']);
    const before = site.files();
    const { report } = await site.run(LATER);
    expect(report.changed).toBe(false);
    expect(site.files()).toEqual(before);
    expect(asked('/a.png')).toHaveLength(1);
  });

  it('are not requested if known, not permitted or not configured', async () => {
    const png = await picture(64, 64);
    const told = await aSection({ '/a.png': png });
    told.server.pages.set('/feed', {
      body: feedOf(
        [{ title: 'Told', xml: media(`${told.server.url}/a.png`, ' width="640" height="400"') }],
        `${told.server.url}/`,
      ),
    });
    await told.site.run(DAY);
    expect(told.site.read('index.html')).toContain('width="640" height="400"');
    const summary = await aSection({ '/a.png': png }, { source: 'content: summary' });
    await summary.site.run(DAY);
    expect(summary.site.read('index.html')).not.toContain('<img');
    const off = await aSection({ '/a.png': png }, { images: '{ icons: false }' });
    await off.site.run(DAY);
    expect(off.site.read('index.html')).not.toContain('<img');
    for (const { asked } of [told, summary, off]) expect(asked('/a.png')).toEqual([]);
  });

  it('are requested when pictures become permitted', async () => {
    const { site, configure, asked } = await aSection(
      { '/a.png': await picture(640, 400) },
      { source: 'content: summary' },
    );
    await site.run(DAY);
    configure('content: summary, images: true', '{ fetch: true, icons: false }');
    await site.run(LATER);
    expect(asked('/a.png')).toHaveLength(1);
    expect(site.read('index.html')).toContain('width="640" height="400"');
    configure('content: summary', '{ fetch: true, icons: false }');
    await site.run('2026-11-24T14:00:00Z');
    expect(site.read('index.html')).not.toContain('<img');
  });

  it('stay unknown for other files, which are not requested again', async () => {
    const { site, asked } = await aSection({
      '/page.jpg': '<!doctype html><title>Not found</title>',
      '/drawing.png':
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><script>alert(1)</script></svg>',
      '/dot.png': await picture(1, 1),
      '/bomb.png': bomb(50_000, 50_000),
    });
    const { report } = await site.run(DAY);
    expect(report).toMatchObject({ articles: { added: 4 }, failures: [] });
    expect(site.read('index.html')).not.toContain('<img');
    await site.run(LATER);
    for (const path of ['/page.jpg', '/drawing.png', '/dot.png', '/bomb.png']) expect(asked(path)).toHaveLength(1);
  });

  it('wait for the next run in a Retry-After period, and until the network is back', async () => {
    const { site, server, asked } = await aSection({ '/a.png': await picture(640, 400) });
    const whole = server.pages.get('/a.png')!;
    server.pages.set('/a.png', { body: '', status: 429, headers: { 'Retry-After': '1800' } });
    await site.run(DAY);
    expect(asked('/a.png')).toHaveLength(1);
    server.pages.set('/a.png', whole);
    await site.run('2026-11-24T12:10:00Z');
    expect(asked('/a.png')).toHaveLength(1);
    await site.run(LATER);
    expect(asked('/a.png')).toHaveLength(2);
    expect(site.read('index.html')).toContain('width="640" height="400"');
  });
});

describe('copies of pictures', () => {
  const CACHE = { images: '{ cache: true, icons: false }' };
  const copy = (url: string, width: number) => `images/${toSlug(url)}-${width}.webp`;
  const copies = (site: TestSite) =>
    existsSync(join(site.feeds, 'images')) ? readdirSync(join(site.feeds, 'images')).sort() : [];

  it('have three widths, never larger than the picture, and no metadata', async () => {
    const large = await sharp({ create: { width: 1600, height: 900, channels: 3, background: '#a33' } })
      .withExif({ IFD0: { Artist: 'A person', ImageDescription: 'A private place' } })
      .jpeg()
      .toBuffer();
    const { site, server } = await aSection({ '/a.jpg': large, '/b.png': await picture(300, 200) }, CACHE);
    await site.run(DAY);
    const [a, b] = [`${server.url}/a.jpg`, `${server.url}/b.png`];
    expect(copies(site)).toEqual(
      [copy(a, 160), copy(a, 480), copy(a, 960), copy(b, 160), copy(b, 300)].map((path) => path.slice(7)).sort(),
    );
    for (const name of copies(site)) {
      const found = await sharp(join(site.feeds, 'images', name)).metadata();
      expect(found).toMatchObject({ format: 'webp', width: Number(/-(\d+)\./.exec(name)![1]) });
      expect(found.exif).toBeUndefined();
    }
    const page = site.read('index.html');
    expect(page).toContain(`src="${copy(a, 160)}" srcset="${copy(a, 480)} 2x" width="160"`);
    const all = `srcset="../${copy(a, 160)} 160w, ../${copy(a, 480)} 480w, ../${copy(a, 960)} 960w"`;
    const articles = [...site.files()].filter(([path]) => path.startsWith('articles/'));
    expect(articles.filter(([, text]) => text.includes(`src="../${copy(a, 960)}" ${all}`))).toHaveLength(1);
    expect(page).toContain("img-src 'self';");
    expect([...site.files()].filter(([path, text]) => path.endsWith('.html') && /<img[^>]*https?:/.test(text))).toEqual(
      [],
    );
    expect(site.read('manifest.json')).toContain(copy(a, 480));
  });

  it('are downloaded once, and are deterministic', async () => {
    const { site, server, asked } = await aSection({ '/a.png': await picture(640, 400) }, CACHE);
    await site.run(DAY);
    const before = site.files();
    expect((await site.run(LATER)).report.changed).toBe(false);
    expect(site.files()).toEqual(before);
    expect(asked('/a.png')).toHaveLength(1);
    // After a lost store, the same copies are created again.
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    await site.run(LATER);
    expect(asked('/a.png')).toHaveLength(2);
    expect(site.read('index.html')).toBe(before.get('index.html'));
    expect(copies(site)).toHaveLength(3);
    // A lost copy is created again in the next run.
    rmSync(join(site.feeds, copy(`${server.url}/a.png`, 480)));
    await site.run('2026-11-24T14:00:00Z');
    expect(asked('/a.png')).toHaveLength(3);
    expect(site.files()).toEqual(before);
    // So are all, and an incomplete one.
    writeFileSync(join(site.feeds, copy(`${server.url}/a.png`, 160)), 'cut');
    await site.run('2026-11-24T15:00:00Z');
    expect(asked('/a.png')).toHaveLength(4);
    rmSync(join(site.feeds, 'images'), { recursive: true });
    await site.run('2026-11-24T16:00:00Z');
    expect(asked('/a.png')).toHaveLength(5);
    expect(site.files()).toEqual(before);
    // Without losses, no request is sent.
    await site.run('2026-11-24T17:00:00Z');
    expect(asked('/a.png')).toHaveLength(5);
  });

  it('are removed with their article, with the permission, and with the setting', async () => {
    const { site, server, configure } = await aSection(
      { '/a.png': await picture(640, 400), '/b.png': await picture(200, 160) },
      CACHE,
    );
    await site.run(DAY);
    expect(copies(site)).toHaveLength(5);
    configure(
      'content: full',
      `{ cache: true, icons: false }\ndesk: [{ article: "${site.json('all.json').items[0]!.url}", image: none }]`,
    );
    await site.run(LATER, { force: false });
    expect(copies(site)).toHaveLength(2);
    configure('content: full, images: false', '{ cache: true, icons: false }');
    await site.run(LATER, { force: false });
    expect(copies(site)).toEqual([]);
    configure('content: full', '{ cache: true, icons: false }');
    await site.run(LATER, { force: false });
    expect(copies(site)).toHaveLength(5);
    configure('content: full', '{ icons: false }');
    await site.run(LATER, { force: false });
    expect(existsSync(join(site.feeds, 'images'))).toBe(false);
    expect(server.requests.length).toBeLessThan(12);
  });

  it('are also used in texts, and nothing of another host is', async () => {
    const { site, server } = await aSection({ '/a.png': await picture(640, 400) }, CACHE);
    server.pages.set('/in.png', { body: await picture(500, 250), type: 'image/png' });
    const text = `<p>It rains.</p><p><img src="${server.url}/in.png" alt="Rain" srcset="${server.url}/in.png 2x"><img src="${server.url}/gone.png" alt="Gone"></p>`;
    const item = { title: 'Rain on the harbour', xml: `<content:encoded><![CDATA[${text}]]></content:encoded>` };
    server.pages.set('/feed', {
      body: feedOf([item], `${server.url}/`).replace(
        '<rss ',
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ',
      ),
    });
    await site.run(DAY);
    const [page] = site.files('articles').values();
    const name = copy(`${server.url}/in.png`, 500);
    expect(page).toContain(` src="../${name}" alt="Rain" srcset="../${copy(`${server.url}/in.png`, 160)} 160w, `);
    expect(page).toContain('width="500" height="250"');
    expect(page).not.toContain('gone.png');
  });

  it('are not made of hostile files, without other effects', async () => {
    const whole = await picture(800, 600, 'jpeg');
    const { site } = await aSection(
      {
        '/page.jpg': '<!doctype html><script>alert(1)</script>',
        '/drawing.png':
          '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><script>alert(1)</script></svg>',
        '/bomb.png': bomb(50_000, 50_000),
        '/large.png': bomb(6_000, 6_000),
        '/cut.jpg': whole.subarray(0, whole.length / 2),
        '/good.jpg': whole,
      },
      CACHE,
    );
    const { report } = await site.run(DAY);
    expect(report).toMatchObject({ articles: { added: 6 }, failures: [] });
    expect(copies(site)).toHaveLength(3);
    expect(readFileSync(join(site.feeds, 'index.html'), 'utf8').match(/<img/g)).toHaveLength(1);
  });

  it('show the first frame of animations', async () => {
    const frames = await sharp(
      await Promise.all(
        ['#f00', '#0f0', '#00f'].map((background) =>
          sharp({ create: { width: 200, height: 120, channels: 3, background } })
            .png()
            .toBuffer(),
        ),
      ),
      { join: { animated: true } },
    )
      .gif({ delay: [10, 10, 10] })
      .toBuffer();
    const { site, server } = await aSection({ '/a.gif': frames }, CACHE);
    await site.run(DAY);
    const found = await sharp(join(site.feeds, copy(`${server.url}/a.gif`, 200)), { pages: -1 }).metadata();
    expect(found).toMatchObject({ width: 200, height: 120 });
    expect(found.pages ?? 1).toBe(1);
  });
});

/** The first bytes of a PNG that would decompress to that many pixels, and one row of it. */
function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(25);
  header.writeUInt32BE(13, 0);
  header.write('IHDR', 4, 'latin1');
  header.writeUInt32BE(width, 8);
  header.writeUInt32BE(height, 12);
  header.set([8, 2, 0, 0, 0], 16);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), header, Buffer.alloc(200)]);
}
