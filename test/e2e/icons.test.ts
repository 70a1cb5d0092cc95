import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, type Served, serveFeeds } from '../support/serve-feeds.js';
import { siteFolder } from '../support/site-folder.js';

const open: { site: TestSite; server: FeedServer }[] = [];
afterEach(async () => {
  for (const { site, server } of open.splice(0)) {
    site.remove();
    await server.close();
  }
});

const STAND_IN = '; fix the file or remove "icon". A letter is shown instead';
const HOME = 'http://paper.example';
const png = (side: number, background = '#a33') =>
  sharp({ create: { width: side, height: side, channels: 3, background } })
    .png()
    .toBuffer();
const named = (file: string) => `, icon: "${HOME}/${file}"`;
const page = (links: string): Served => ({ body: `<!doctype html><title>x</title>${links}`, type: 'text/html' });
const icon = (body: Uint8Array | string): Served => ({ body, type: 'image/png' });

/** A site with one publication, whose server has these files next to its feed. */
async function aSection(
  files: Readonly<Record<string, Served>>,
  { home = `${HOME}/`, images = '{}', source = '' } = {},
) {
  const server = await serveFeeds({ '/feed': rss('The Paper', [{ title: 'Fog over the harbour' }], home), ...files });
  const place = { address: '127.0.0.1', port: Number(new URL(server.url).port) };
  const resolve = (host: string) => (host.endsWith('.example') ? place : null);
  const parts = (wanted: string) => ({
    sources: [`{ id: paper, url: "${HOME}/feed"${source} }`],
    more: [`images: ${wanted}`],
  });
  const bare = aSite(parts(images));
  const site: TestSite = { ...bare, run: (now, options) => bare.run(now, { resolve, ...options }) };
  open.push({ site, server });
  const withSource = (more: string) =>
    site.configure({ ...parts(images), sources: [`{ id: paper, url: "${HOME}/feed"${more} }`] });
  const asked = () => server.requests.map(({ path }) => path).filter((path) => path !== '/feed');
  return { site, server, asked, source: withSource, configure: (wanted: string) => site.configure(parts(wanted)) };
}
const iconOf = (site: TestSite) => {
  const path = join(site.feeds, 'icons/paper.png');
  return existsSync(path) ? readFileSync(path) : null;
};

it('finds a publication’s icon on its home page once a month, and shows it with a stylesheet', async () => {
  const small = await png(48);
  const { site, asked } = await aSection({
    '/': page(
      '<link rel="icon" href="/large.png" sizes="512x512"><link rel="shortcut icon" type="image/png" sizes="48x48" href="/small.png">',
    ),
    '/small.png': icon(small),
  });
  await site.run('2026-11-01T12:00:00Z');
  expect(asked()).toEqual(['/', '/small.png']);
  expect(await sharp(iconOf(site)!).metadata()).toMatchObject({ format: 'png', width: 48, height: 48 });
  expect(site.read('icons/icons.css')).toContain('.i-paper{background-image:url(paper.png)}');
  const index = site.read('index.html');
  expect(index).toContain('<link rel="stylesheet" href="icons/icons.css">');
  expect(index).toMatch(/class="icon t\d i-paper" data-letter="P"/);
  const before = site.files();
  expect((await site.run('2026-11-30T12:00:00Z')).report.changed).toBe(false);
  expect(asked()).toHaveLength(2);
  await site.run('2026-12-02T12:00:00Z');
  expect(asked()).toHaveLength(4);
  expect(site.files()).toEqual(before);
});

it('uses favicon.ico if the page declares no icon, without its metadata', async () => {
  const entry = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#3a3' } })
    .withExif({ IFD0: { Artist: 'A person' } })
    .png()
    .toBuffer();
  expect(entry.includes('eXIf')).toBe(true);
  const { site, asked } = await aSection({
    '/': page(''),
    '/favicon.ico': { body: ico([await png(16), entry]), type: 'image/x-icon' },
  });
  await site.run('2026-11-01T12:00:00Z');
  expect(asked()).toEqual(['/', '/favicon.ico']);
  expect(await sharp(iconOf(site)!).metadata()).toMatchObject({ width: 32, height: 32 });
  expect(iconOf(site)!.includes('eXIf')).toBe(false);
});

it('resizes large images, and rejects drawings and other files', async () => {
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>';
  const drawn = await aSection({
    '/': page('<link rel="icon" href="i.svg" sizes="any"><link rel="icon" href="j">'),
    '/i.svg': { body: drawing, type: 'image/svg+xml' },
    '/j': { body: drawing, type: 'image/svg+xml' },
    '/favicon.ico': icon(await png(300)),
  });
  await drawn.site.run('2026-11-01T12:00:00Z');
  expect(drawn.asked()).toEqual(['/', '/j', '/favicon.ico']);
  expect(await sharp(iconOf(drawn.site)!).metadata()).toMatchObject({ format: 'png', width: 64, height: 64 });
  const broken = await aSection({
    '/': page('<link rel="icon" href="/i.png">'),
    '/i.png': icon((await png(48)).subarray(0, 90)),
    '/favicon.ico': icon('<!doctype html><title>Not found</title>'),
  });
  await broken.site.run('2026-11-01T12:00:00Z');
  expect(broken.asked()).toEqual(['/', '/i.png', '/favicon.ico']);
  expect(iconOf(broken.site)).toBeNull();
  expect(broken.site.read('icons/icons.css')).not.toContain('i-paper');
  await broken.site.run('2026-11-20T12:00:00Z');
  expect(broken.asked()).toHaveLength(3);
});

it('sends no request if the home page is on another site, or icons are off', async () => {
  const files = { '/': page(''), '/favicon.ico': icon(await png(32)) };
  const elsewhere = await aSection(files, { home: 'http://another.example/' });
  await elsewhere.site.run('2026-11-01T12:00:00Z');
  expect(elsewhere.asked()).toEqual([]);
  const off = await aSection(files, { images: '{ icons: false }' });
  await off.site.run('2026-11-01T12:00:00Z');
  expect(off.asked()).toEqual([]);
  expect(off.site.read('index.html')).not.toContain('icons.css');
  off.configure('{}');
  await off.site.run('2026-11-02T12:00:00Z');
  expect(iconOf(off.site)).not.toBeNull();
  off.configure('{ icons: false }');
  await off.site.run('2026-11-03T12:00:00Z');
  expect([...off.site.files('icons').keys()]).toEqual(['icons/section/letter.svg']);
});

it('keeps the icon while its publication does not answer, and after a lost store', async () => {
  const { site, server, asked } = await aSection({ '/favicon.ico': icon(await png(32)) });
  await site.run('2026-11-01T12:00:00Z');
  const before = iconOf(site);
  rmSync(join(site.root, '.newsloom'), { recursive: true });
  await site.run('2026-11-02T12:00:00Z');
  expect(iconOf(site)).toEqual(before);
  expect(asked()).toEqual(['/', '/favicon.ico']);
  server.pages.set('/favicon.ico', null);
  server.pages.set('/', null);
  await site.run('2026-12-05T12:00:00Z');
  expect(asked().length).toBeGreaterThan(2);
  expect(iconOf(site)).toEqual(before);
});

it.each([
  [503, {}, 'asked'],
  [502, {}, 'asked'],
  [429, { 'Retry-After': '14400' }, 'left alone'],
])('keeps it on status %s, and obeys Retry-After', async (status, headers, feed) => {
  const { site, server } = await aSection({ '/favicon.ico': icon(await png(32)) });
  await site.run('2026-11-01T12:00:00Z');
  const before = iconOf(site);
  for (const path of ['/', '/favicon.ico']) server.pages.set(path, { body: '', status, headers });
  await site.run('2026-12-05T12:00:00Z');
  expect(iconOf(site)).toEqual(before);
  await site.run('2026-12-05T13:00:00Z');
  const feeds = server.requests.filter(({ path }) => path === '/feed');
  expect(feeds).toHaveLength(feed === 'asked' ? 3 : 2);
  server.pages.delete('/');
  server.pages.set('/favicon.ico', icon(await png(32, '#33a')));
  await site.run('2026-12-06T13:00:00Z');
  expect(iconOf(site)).not.toEqual(before);
});

it('waits a day if requested, and sends no headers of the feed', async () => {
  const busy = { body: '', status: 429, headers: { 'Retry-After': '7200' } };
  const source = ', headers: { Authorization: Bearer of-the-feed }';
  const { site, server, asked } = await aSection({ '/': busy, '/favicon.ico': icon(await png(32)) }, { source });
  await site.run('2026-11-01T12:00:00Z');
  await site.run('2026-11-01T18:00:00Z');
  expect(asked()).toEqual(['/']);
  server.pages.delete('/');
  await site.run('2026-11-02T12:00:00Z');
  expect(asked()).toEqual(['/', '/', '/favicon.ico']);
  const withHeader = server.requests.filter(({ headers }) => headers.authorization !== undefined);
  expect(withHeader.map(({ path }) => path)).toEqual(['/feed', '/feed', '/feed']);
});

describe('a configured icon', () => {
  const sideOf = async (site: TestSite) => (await sharp(iconOf(site)!).metadata()).width;

  it('is requested once a month, and when its address changes', async () => {
    const files = {
      '/': page(''),
      '/favicon.ico': icon(await png(32)),
      '/face.png': icon(await png(48)),
      '/new.jpg': icon(
        await sharp(await png(300))
          .resize(80, 120)
          .jpeg()
          .toBuffer(),
      ),
    };
    const { site, asked, source } = await aSection(files, {
      home: 'http://another.example/',
      source: named('face.png'),
    });
    await site.run('2026-11-01T12:00:00Z');
    expect([asked(), await sideOf(site)]).toEqual([['/face.png'], 48]);
    expect(site.read('icons/icons.css')).toContain('.i-paper{background-image:url(paper.png)}');
    await site.run('2026-11-20T12:00:00Z');
    expect(asked()).toHaveLength(1);
    source(named('new.jpg'));
    const { report } = await site.run('2026-11-20T18:00:00Z');
    expect([asked().at(-1), await sideOf(site), report.warnings]).toEqual(['/new.jpg', 64, []]);
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    await site.run('2026-11-21T12:00:00Z');
    expect(await sideOf(site)).toBe(64);
    source('');
    await site.run('2026-11-22T12:00:00Z');
    expect(asked()).toHaveLength(3); // its home is another's
  });

  it('is reported if it is not an image', async () => {
    const { site } = await aSection({ '/': page('') }, { source: named('gone.png') });
    const { report } = await site.run('2026-11-01T12:00:00Z');
    expect(report.warnings).toContainEqual({
      sourceId: 'paper.icon',
      message: `no readable image at ${HOME}/gone.png; next try at 2026-11-02T12:00:00.000Z, or use --force`,
    });
    expect(iconOf(site)).toBeNull();
  });

  it('is requested again a day after a failure, and at once with --force', async () => {
    const { site, server, asked } = await aSection({ '/': page('') }, { source: named('late.png') });
    const askedBy = async (time: string, force = false) => {
      await site.run(`2026-11-${time}:00Z`, { force });
      return asked().length;
    };
    expect([await askedBy('01T12:00'), await askedBy('01T13:00'), await askedBy('02T11:00')]).toEqual([1, 1, 1]);
    expect([await askedBy('02T12:00'), await askedBy('02T12:01', true)]).toEqual([2, 3]);
    server.pages.set('/late.png', icon(await png(48)));
    expect([await askedBy('03T12:00'), await askedBy('03T12:02', true)]).toEqual([3, 4]);
    expect(await sideOf(site)).toBe(48);
    expect(await askedBy('03T12:03', true)).toBe(4);
  });

  it('does not use up the requests of a daily run by failing every day', async () => {
    const { site, asked } = await aSection({});
    const missing = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `{ id: p${n}, url: "${HOME}/${n}"${named(`${n}.png`)} }`);
    site.configure({ sources: [`{ id: paper, url: "${HOME}/feed" }`, ...missing] });
    await site.run('2026-11-01T12:00:00Z');
    await site.run('2026-11-02T12:00:00Z');
    expect(asked()).toContain('/9.png');
  });

  it('may be a local file, without a request', async () => {
    const { site, asked } = await aSection({ '/favicon.ico': icon(await png(32)) }, { source: ', icon: face.gif' });
    writeFileSync(
      join(site.root, 'face.gif'),
      await sharp(await png(100))
        .gif()
        .toBuffer(),
    );
    await site.run('2026-11-01T12:00:00Z');
    expect([asked(), await sideOf(site)]).toEqual([[], 64]);
    const before = site.files();
    expect((await site.run('2026-11-02T12:00:00Z')).report.changed).toBe(false);
    writeFileSync(join(site.root, 'face.gif'), await png(40));
    expect((await site.run('2026-11-02T18:00:00Z')).report.files.written).toBe(2); // the icon, and the manifest
    expect([await sideOf(site), site.files().size]).toEqual([40, before.size]);
  });

  it('is a letter with a warning if its file is missing or invalid', async () => {
    const { site, asked, source } = await aSection({ '/favicon.ico': icon(await png(32)) });
    await site.run('2026-11-01T12:00:00Z');
    expect([asked(), await sideOf(site)]).toEqual([['/', '/favicon.ico'], 32]);
    source(', icon: face.gif');
    for (const [day, wrong] of [
      ['02', 'cannot be read: no such file'],
      ['03', 'is not a readable picture'],
    ]) {
      const { kind, report } = await site.run(`2026-11-${day}T12:00:00Z`);
      const told = { sourceId: 'paper.icon', message: `${join(site.root, 'face.gif')} ${wrong}${STAND_IN}` };
      expect([kind, report.warnings, iconOf(site)]).toEqual(['published', [told], null]);
      expect(site.read('icons/icons.css')).not.toContain('i-paper');
      writeFileSync(join(site.root, 'face.gif'), 'no picture');
    }
    expect(asked()).toHaveLength(2);
  });

  it('is published unchanged if it cannot be resized, but is small and square', async () => {
    const { site } = await aSection({}, { source: ', icon: face.png' });
    const run = (day = '01') => site.run(`2026-11-${day}T12:00:00Z`, { pictures: 'ready-made' });
    writeFileSync(join(site.root, 'face.png'), await png(100));
    const said = expect.stringMatching(/face\.png is not a square PNG of 16 to 64 pixels; .*npm install sharp/);
    expect((await run()).report.warnings).toContainEqual({ sourceId: 'paper.icon', message: said });
    writeFileSync(join(site.root, 'face.png'), await png(64));
    await run('02');
    expect(await sideOf(site)).toBe(64);
  });
});

it('"check" reports each missing or invalid file with its position', async () => {
  const folder = siteFolder({
    'config/newsloom.yaml':
      'site: { title: T, url: "https://n.example/", icon: gone.svg }\nsources: sources.yaml\ntopics: topics.yaml\n',
    'config/sources.yaml':
      '- url: https://one.example/feed\n- { url: "https://two.example/feed", icon: assets/two.png }\n- { url: "https://three.example/feed", icon: assets/good.png }\n',
    'config/topics.yaml': '- id: tides\n  any: [tide]\n  icon: assets/two.png\n',
    'assets/two.png': 'no picture',
  });
  writeFileSync(join(folder, 'assets/good.png'), await png(100));
  const check = (...more: string[]) => newsloom('check', '--config', join(folder, 'config/newsloom.yaml'), ...more);
  const { status, out } = await check();
  expect([status, out.replaceAll(`${folder}/`, '').replaceAll(folder, '').trim().split('\n')]).toEqual([
    78,
    [
      'config/newsloom.yaml:1:52 site.icon: gone.svg cannot be read: no such file',
      `config/sources.yaml:2:44 sources[1].icon: assets/two.png is not a readable picture${STAND_IN}`,
      'config/topics.yaml:3:9 topics[0].icon: assets/two.png is not a readable picture',
    ],
  ]);
  for (const file of ['gone.svg', 'assets/two.png']) writeFileSync(join(folder, file), await png(100));
  // The build continues without a source's icon.
  rmSync(join(folder, 'assets/good.png'));
  const lost = await check();
  expect([lost.status, lost.out.replaceAll(`${folder}/`, '').trim().split('\n')]).toEqual([
    0,
    [
      `config/sources.yaml:3: sources[2].icon: assets/good.png cannot be read: no such file${STAND_IN}`,
      'config valid: 3 sources, 1 topic',
    ],
  ]);
  expect(JSON.parse((await check('--json')).out)).toMatchObject({ ok: true, hints: [{ at: { line: 3 } }] });
  writeFileSync(join(folder, 'assets/good.png'), await png(100));
  expect((await check()).out).toContain('config valid: 3 sources');
});

/** A Windows icon file of these PNG files. */
function ico(entries: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(6 + 16 * entries.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(entries.length, 4);
  let from = head.length;
  entries.forEach((entry, i) => {
    head.writeUInt32LE(entry.length, 6 + 16 * i + 8);
    head.writeUInt32LE(from, 6 + 16 * i + 12);
    from += entry.length;
  });
  return Buffer.concat([head, ...entries]);
}
