import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { compiled } from '../support/compiled.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough } from '../support/thorough.js';

let origin: FeedServer;
let site: TestSite;
let config: string;
const SOURCES = '# Our feeds.\n\n- id: known   # never change it\n  url: https://known.example/feed\n';
beforeEach(async () => {
  origin = await serveFeeds({
    '/feed': rss('Paper A', [{ title: 'Ferry sails', date: '2026-11-24T08:00:00Z' }]),
    '/': {
      body: '<!doctype html><head><link rel="alternate" type="application/rss+xml" href="/feed" title="News"><link rel="alternate" type="application/atom+xml" href="/sport" title="Sport"></head>',
      type: 'text/html',
    },
    '/plain': { body: '<!doctype html><title>No feed</title>', type: 'text/html' },
    '/old': { body: '', status: 301, headers: { Location: '/feed' } },
  });
  site = aSite({ sources: [] });
  config = join(site.root, 'config', 'newsloom.yaml');
  const text = readFileSync(config, 'utf8').replace('sources:\n', 'sources: sources.yaml\n');
  writeFileSync(config, text);
  writeFileSync(join(site.root, 'config', 'sources.yaml'), SOURCES);
});
afterEach(async () => {
  await origin.close();
  site.remove();
});
const sources = (command: string, ...more: string[]) => newsloom('sources', command, ...more, '--config', config);
const written = () => readFileSync(join(site.root, 'config', 'sources.yaml'), 'utf8');

const module = compiled();

describe('newsloom sources add', () => {
  it('adds a feed and leaves the rest of the file unchanged', async () => {
    const { status, out } = await sources('add', `${origin.url}/feed`, '--id', 'paper', '--title', 'The Paper');
    expect(status).toBe(0);
    expect(out).toContain('added paper to');
    expect(out).toContain('1 items, newest 2026-11-24');
    expect(written()).toBe(`${SOURCES}- id: paper\n  url: ${origin.url}/feed\n  title: The Paper\n`);
    expect((await newsloom('check', '--config', config)).out).toContain('2 sources');
  });

  it('adds a source behind a proxy, and writes the proxy to the file', async () => {
    for (const path of ['/', '/feed']) origin.pages.set(`http://paper.example${path}`, origin.pages.get(path)!);
    const { status, err } = await sources('add', 'http://paper.example/', '--proxy', origin.url);
    expect([status, err]).toEqual([0, '']);
    expect(written()).toContain(`  url: http://paper.example/feed\n`);
    expect(written()).toContain(`  proxy: ${origin.url}\n`);
    expect((await sources('add', 'http://paper.example/', '--proxy', 'proxy.example')).status).toBe(2);
  });

  it('finds the feed of a page and lists its other feeds', async () => {
    const { out } = await sources('add', `${origin.url}/`);
    expect(out).toContain(`found on ${origin.url}/`);
    expect(out).toContain(`also available: Sport <${origin.url}/sport>`);
    expect(written()).toContain(`url: ${origin.url}/feed\n`);
  });

  it('uses the title of the site if the title of the feed names a section only', async () => {
    const page = '<!doctype html><meta property="og:site_name" content="The Harbour &amp; Pier"><title>News</title>';
    const feed = rss('World', [{ title: 'Ferry sails' }]).replace(
      /<link>[^<]*<[/]link>/,
      `<link>${origin.url}/home</link>`,
    );
    origin.pages.set('/home', { body: page, type: 'text/html' }).set('/world', { body: feed });
    await sources('add', `${origin.url}/world`, '--id', 'harbour');
    expect(written()).toContain(`- id: harbour\n  url: ${origin.url}/world\n  title: The Harbour & Pier\n`);
    origin.pages.set('/named', { body: feed.replace('>World<', '>Quiet Hills<') });
    await sources('add', `${origin.url}/named`, '--id', 'hills');
    expect(written()).toContain(`- id: hills\n  url: ${origin.url}/named\n`);
    expect(written()).not.toContain('title: Quiet');
  });

  it('follows no page to a port that browsers block', async () => {
    const links = ['http://127.0.0.1:6667/feed', '/feed'].map(
      (url) => `<link rel="alternate" type="application/rss+xml" href="${url}">`,
    );
    origin.pages.set('/odd', { body: `<!doctype html><head>${links.join('')}`, type: 'text/html' });
    const { out } = await sources('add', `${origin.url}/odd`);
    expect(out).not.toContain('6667');
    expect(written()).toContain(`url: ${origin.url}/feed\n`);
  });

  it('validates and writes further keys', async () => {
    const text = readFileSync(config, 'utf8');
    writeFileSync(
      config,
      `${text.replace('allowPrivateAddresses: true, ', '')}topics: [{ id: world, any: [World] }]\n`,
    );
    const add = (...more: string[]) => sources('add', `${origin.url}/feed`, '--id', 'paper', ...more);
    expect((await add()).err).toContain('private network');
    expect((await add('--content', 'all')).err).toContain('--content "all": use one of full, summary, none');
    expect((await add('--topics', 'world,sea')).err).toContain('unknown topic "sea"; known: world');
    expect((await add('--every', '5s')).err).toContain('--every "5s": write a number');
    expect(written()).toBe(SOURCES);
    const all = ['--content', 'full', '--topics', 'world', '--every', '30m', '--allow-private'];
    expect((await add(...all)).status).toBe(0);
    expect((await loadSite(config, {}, 'fresh')).sources[1]).toMatchObject({
      content: 'full',
      topics: ['world'],
      every: 30,
      allowPrivateAddresses: true,
    });
  });

  it('adds several addresses, and reports those that fail', async () => {
    origin.pages.set('/undated', { body: rss('Paper B', [{ title: 'Storm', date: null }]) });
    const { status, out } = await sources('add', `${origin.url}/feed`, `${origin.url}/gone`, `${origin.url}/undated`);
    expect(status).toBe(4);
    expect(out).toMatch(/added paper-a to[\s\S]*not added http\S+\/gone: [\s\S]*404[\s\S]*added paper-b to/);
    expect(out).toContain('1 items without dates: each article gets the time when it is first seen');
    expect((await sources('add', `${origin.url}/a`, `${origin.url}/b`, '--id', 'x')).err).toContain('a single address');
    expect((await sources('remove', 'paper-a', 'paper-b', 'none')).err).toContain('unknown source "none"');
    const removed = await sources('remove', 'paper-a', 'paper-b');
    expect(removed.out).toMatch(/removed paper-a from .*\nremoved paper-b from /);
    expect(written()).toBe(SOURCES);
  });

  it('names its own option if the address is private', async () => {
    writeFileSync(config, readFileSync(config, 'utf8').replace('allowPrivateAddresses: true, ', ''));
    const { err } = await sources('add', `${origin.url}/feed`);
    expect(err).toContain('(sources add: --allow-private)');
    expect(err.match(/--allow-private/g)).toHaveLength(1);
  });

  it('falls back to http if no scheme was given and the server lacks TLS', async () => {
    const host = origin.url.slice('http://'.length);
    expect((await sources('add', `${host}/feed`)).status).toBe(0);
    expect(written()).toContain(`url: ${origin.url}/feed\n`);
    expect((await sources('add', `https://${host}`)).err).toContain('the TLS connection failed');
  });

  it('adds the target of a permanent redirect', async () => {
    await sources('add', `${origin.url}/old`);
    expect(written()).toContain(`url: ${origin.url}/feed\n`);
  });

  it('adds no address twice', async () => {
    await sources('add', `${origin.url}/feed`);
    const before = written();
    const again = await sources('add', `${origin.url}/feed/`.replace('/feed/', '/feed#top'));
    expect(again.status).toBe(2);
    expect(again.err).toContain('already a source: "');
    expect((await sources('add', `${origin.url}/feed`, '--id', 'known')).err).toContain(
      '--id "known" is already in use',
    );
    expect(written()).toBe(before);
  });

  const ADDED = isThorough ? 6 : 3;
  it(`keeps all ${ADDED} sources that as many processes add at once`, { timeout: 300_000 }, async () => {
    const paths = Array.from({ length: ADDED }, (_, n) => `/paper-${n}`);
    for (const path of paths) origin.pages.set(path, { body: rss(`Paper ${path}`, [{ title: 'Ferry sails' }]) });
    const main = fileURLToPath(module('main'));
    const added = paths.map(async (path) => {
      const child = spawn(process.execPath, [main, 'sources', 'add', origin.url + path, '--config', config]);
      return (await once(child, 'close'))[0];
    });
    expect(await Promise.all(added)).toEqual(paths.map(() => 0));
    for (const path of paths) expect(written()).toContain(`url: ${origin.url}${path}\n`);
    expect((await newsloom('check', '--config', config)).out).toContain(`${ADDED + 1} sources`);
  });

  it.each([
    { what: 'no feed', path: '/plain', status: 4, says: 'has no feed and no list of links' },
    { what: 'nothing', path: '/missing', status: 4, says: '404' },
  ])('describes what the address contains instead of a feed: $what', async ({ path, status, says }) => {
    const found = await sources('add', origin.url + path);
    expect(found.status).toBe(status);
    expect(found.err).toContain(says);
    expect(written()).toBe(SOURCES);
  });
});

describe('newsloom sources pause', () => {
  it('pauses and resumes a source, and keeps comments and order', async () => {
    const known = SOURCES.replace('known   #', 'known #');
    expect((await sources('pause', 'known')).out).toMatch(/sources\.yaml: paused known\n$/);
    expect(written()).toBe(`${known}  paused: true\n`);
    await sources('pause', 'known', '--until', '2026-12-24');
    expect(written()).toBe(`${known}  paused: 2026-12-24\n`);
    expect((await sources('pause', 'known', '--until', '2026-13-24')).status).toBe(2);
    expect(written()).toBe(`${known}  paused: 2026-12-24\n`);
    expect((await sources('resume', 'known')).out).toMatch(/resumed known\n$/);
    expect(written()).toBe(known);
    expect((await sources('pause', 'knwon')).err).toContain('known');
  });

  it('writes an entry of its own for a source of a pack', async () => {
    const pack = join(site.root, 'config', 'pack');
    mkdirSync(pack);
    writeFileSync(join(pack, 'sources.yaml'), '- { id: packed, url: "https://packed.example/feed" }\n');
    writeFileSync(config, `${readFileSync(config, 'utf8')}extends: pack\n`);
    await sources('pause', 'packed');
    expect(written()).toBe(`${SOURCES}- id: packed\n  paused: true\n`);
    const loaded = await loadSite(config, {});
    expect(loaded.sources.map(({ id, paused }) => [id, paused])).toEqual([
      ['known', undefined],
      ['packed', true],
    ]);
    await sources('resume', 'packed');
    expect((await loadSite(config, {})).sources[1]).toMatchObject({ id: 'packed', url: 'https://packed.example/feed' });
  });
});

describe('external text never contains environment variables', () => {
  const LEAK = 'KEY_OF_THE_HOUSE';
  const secret = 'a-key-that-must-stay-here';
  const reference = `\${${LEAK}}`;
  const settings = () => loadSite(config, { [LEAK]: secret }, 'fresh');
  const paper = rss('Paper', [{ title: 'Ferry sails' }]);

  it.each([
    { what: "a page's link", path: '/page', status: 200, headers: {} },
    { what: 'a redirect', path: '/moved', status: 301, headers: { Location: `/kept?for=${reference}` } },
    {
      what: 'several references',
      path: '/many',
      status: 200,
      headers: {},
      link: `/kept?for=$${reference}$${reference}`,
    },
  ])('in $what', async ({ path, status, headers, link = `/kept?for=${reference}` }) => {
    const body = `<!doctype html><head><link rel="alternate" type="application/rss+xml" href="${link}">`;
    origin.pages.set(path, { body, type: 'text/html', status, headers });
    origin.pages.set(link, { body: paper });
    expect((await sources('add', origin.url + path, '--id', 'found')).status).toBe(0);
    const added = (await settings()).sources.find(({ id }) => id === 'found');
    expect(added?.url).toBe(`${origin.url}${link}`);
    expect((await sources('add', `${origin.url}${link}`)).err).toContain('already a source: "found"');
  });

  it('in an address or title of OPML', async () => {
    const file = join(site.root, 'theirs.opml');
    const url = `https://evil.example/?k=${reference}`;
    writeFileSync(file, `<opml><body><outline text="${reference} $${reference}" xmlUrl="${url}"/></body></opml>`);
    expect((await sources('import', file)).status).toBe(0);
    const added = (await settings()).sources.at(-1);
    expect(added).toMatchObject({ url, title: `${reference} $${reference}` });
    expect(JSON.stringify(await settings())).not.toContain(secret);
  });
});

describe('newsloom sources import and export', () => {
  it('writes only valid config, and prints no key', async () => {
    const file = join(site.root, 'odd.opml');
    const odd = 'xmlUrl="https://odd.example/a&#10;b&#x202e;?key=hunter2" title="Odd&#10;- id: more&#x202e;"';
    writeFileSync(file, `<opml><body><outline ${odd}/><outline xmlUrl="https://[odd&#10;"/></body></opml>`);
    const { status, out } = await sources('import', file);
    expect(status).toBe(0);
    expect(out).toContain('skipped (not an address): not an absolute http(s) URL');
    expect(out).not.toContain('hunter2');
    expect(written()).toContain('  url: https://odd.example/ab%E2%80%AE?key=hunter2\n  title: "Odd - id: more"\n');
    expect((await newsloom('check', '--config', config)).out).toContain('2 sources');
  });

  it('changes neither list if one of them is not writable', async () => {
    const file = join(site.root, 'other.opml');
    const feed = '<outline text="A" xmlUrl="https://a.example/rss"/>';
    writeFileSync(file, `<opml version="2.0"><body><outline text="News">${feed}</outline></body></opml>`);
    const before = readFileSync(config, 'utf8');
    mkdirSync(join(site.root, 'config', 'sources.yaml.newsloom-new'));
    const { status, err } = await sources('import', file);
    expect([status, err]).toEqual([78, expect.stringMatching(/sources\.yaml.* failed \(EISDIR\)/)]);
    expect([readFileSync(config, 'utf8'), written()]).toEqual([before, SOURCES]);
  });

  it('adds new sources and lists existing ones', async () => {
    const file = join(site.root, 'other.opml');
    writeFileSync(
      file,
      '<opml version="2.0"><body><outline text="News"><outline text="A &amp; B" xmlUrl="https://a.example/rss"/><outline text="Known" xmlUrl="http://www.known.example/feed/"/></outline><outline text="Odd" xmlUrl="gopher://x"/></body></opml>',
    );
    const { status, out } = await sources('import', file);
    expect(status).toBe(0);
    expect(out).toContain('added 1 source to');
    expect(out).toContain('skipped http://www.known.example/feed/: already a source: "known"');
    expect(out).toContain('not an absolute http(s) URL');
    expect(written()).toBe(
      `${SOURCES}- id: a-example\n  url: https://a.example/rss\n  title: A & B\n  topics:\n    - news\n`,
    );
    expect(out).toContain('topic news from the folder "News"');
    expect((await loadSite(config, {}, 'fresh')).topics).toMatchObject([{ id: 'news', label: 'News' }]);
    expect((await sources('import', file)).out).toContain('nothing to add');
    expect((await sources('import', join(site.root, 'nothing.opml'))).err).toContain('no such file');
  });

  it('maps folders to existing topics by id or label, else to new ones with their parents', async () => {
    const text = readFileSync(config, 'utf8');
    writeFileSync(config, `${text}topics: # ours\n  - { id: uk, label: { en: Ukraine }, any: [Kyiv] }\n`);
    const feed = (name: string) => `<outline text="${name}" xmlUrl="https://${name.toLowerCase()}.example/rss"/>`;
    const file = join(site.root, 'folders.opml');
    writeFileSync(
      file,
      `<opml><body>${feed('Alone')}<outline text="ukraine">${feed('First')}</outline>
        <outline text="World">${feed('Second')}<outline text="\${HOME} &amp; Gärten">${feed('Third')}${feed('First')}</outline></outline>
        <outline text="Світ">${feed('Fourth')}</outline><outline text="Empty"/></body></opml>`,
    );
    expect((await sources('import', file)).status).toBe(0);
    const { sources: read, topics } = await loadSite(config, {}, 'fresh');
    expect(read.map(({ id, topics }) => [id, ...topics])).toEqual([
      ['known'],
      ['alone-example'],
      ['first-example', 'uk', 'home-garten'],
      ['second-example', 'world'],
      ['third-example', 'home-garten'],
      ['fourth-example', 'folder-e21e5d3d'],
    ]);
    expect(topics.slice(1)).toMatchObject([
      { id: 'world', label: 'World' },
      { id: 'home-garten', label: `\${HOME} & Gärten`, parent: 'world' },
      { id: 'folder-e21e5d3d', label: 'Світ' },
    ]);
    expect(readFileSync(config, 'utf8')).toContain('topics: # ours\n  - { id: uk');
  });

  it('exports OPML that it can import again', async () => {
    await sources('add', `${origin.url}/feed`, '--id', 'paper', '--title', 'A "quoted" paper');
    writeFileSync(join(site.root, 'config', 'sources.yaml'), `${written()}- url: https://k.example/feed?key=secret\n`);
    const { out, err } = await sources('export');
    expect(out).toContain('title="A &quot;quoted&quot; paper"');
    expect(out).not.toContain('secret');
    expect(err).toContain('skipped');
    writeFileSync(join(site.root, 'own.opml'), out);
    writeFileSync(join(site.root, 'config', 'sources.yaml'), '- url: https://known.example/feed\n');
    expect((await sources('import', join(site.root, 'own.opml'))).out).toContain('added 1 source');
  });
});

describe('entries that a config cannot contain', () => {
  const opml = (outline: string) =>
    `<opml xmlns:miniflux="https://miniflux.app/opml" xmlns:frss="https://freshrss.org/opml"><body>${outline}</body></opml>`;
  const imported = async (outline: string) => {
    writeFileSync(join(site.root, 'a.opml'), opml(outline));
    return await sources('import', join(site.root, 'a.opml'), '--with-proxies');
  };

  it.each([
    ['headers', 'xmlUrl="https://x.example/feed" frss:CURLOPT_HTTPHEADER="X-A: Привіт"', 'headers.X-A'],
    ['a span', 'xmlUrl="https://x.example/feed" frss:ttl="99999999999999"', 'every'],
    ['an address', 'xmlUrl="https://x.example/%00feed"', 'url'],
  ])('skips a feed with %s, and the site still works', async (_, attributes, key) => {
    const { status, out } = await imported(`<outline ${attributes}/><outline xmlUrl="https://y.example/feed"/>`);
    expect([status, out]).toEqual([0, expect.stringContaining(`invalid ${key}`)]);
    expect(written()).toContain('url: https://y.example/feed');
    expect((await newsloom('check', '--config', config)).out).toContain('2 sources');
  });

  it('assigns no id that another source had', async () => {
    writeFileSync(join(site.root, 'config', 'sources.yaml'), SOURCES.replace('url:', 'formerly: [x-example]\n  url:'));
    expect((await imported('<outline xmlUrl="https://x.example/feed"/>')).status).toBe(0);
    expect(written()).toContain('- id: x-example-2\n');
    expect((await newsloom('check', '--config', config)).status).toBe(0);
  });

  it('maps a folder with the former id of a topic to that topic', async () => {
    const text = readFileSync(config, 'utf8').replace('topics: []\n', '');
    writeFileSync(config, `${text}topics: [{ id: sea, label: Sea, formerly: [boats], any: [ferry] }]\n`);
    expect((await imported('<outline text="Boats"><outline xmlUrl="https://x.example/feed"/></outline>')).status).toBe(
      0,
    );
    expect(written()).toContain('- sea\n');
    expect((await newsloom('check', '--config', config)).status).toBe(0);
  });

  it('adds no topics if the sources cannot be added', async () => {
    writeFileSync(join(site.root, 'config', 'feeds.opml'), opml('<outline xmlUrl="https://known.example/feed"/>'));
    const text = readFileSync(config, 'utf8').replace('sources.yaml', 'feeds.opml').replace('topics: []\n', '');
    writeFileSync(config, `${text}topics: [{ id: sea, label: Sea, any: [ferry] }]\n`);
    const before = readFileSync(config, 'utf8');
    const { status } = await imported('<outline text="Boats"><outline xmlUrl="https://x.example/feed"/></outline>');
    expect([status, readFileSync(config, 'utf8')]).toEqual([78, before]);
  });
});

describe('newsloom sources add <page without a feed>', () => {
  const list = (make: (title: string, i: number) => string) =>
    `<!doctype html><meta property="og:site_name" content="Council"><main><ul>${['Bridge opens again', 'Fair moves to the harbour', 'School gets a new roof', 'Budget passed at night', 'Storm closes the ferry'].map(make).join('')}</ul></main>`;
  const dated = list((title, i) => `<li><time datetime="2026-11-1${i}">then</time> <a href="/a${i}">${title}</a></li>`);
  const quick = () => {
    const text = readFileSync(config, 'utf8');
    if (!text.includes('spacing: 0s'))
      writeFileSync(config, `${text}\nfetch: { allowPrivateAddresses: true, spacing: 0s, timeout: 60s }\n`);
  };

  it('shows five headlines with their dates, and with --yes writes the selectors', async () => {
    quick();
    origin.pages.set('/news', { body: dated, type: 'text/html' });
    const asked = await sources('add', `${origin.url}/news`, '--id', 'council');
    expect(asked.status).toBe(2);
    expect(asked.err).toContain('  2026-11-10  Bridge opens again\n  2026-11-11  Fair moves to the harbour');
    expect(written()).toBe(SOURCES);
    const { status, out } = await sources('add', `${origin.url}/news`, '--id', 'council', '--yes');
    expect([status, out]).toEqual([0, expect.stringContaining('5 articles found in the page')]);
    expect(written()).toContain(
      `- id: council\n  url: ${origin.url}/news\n  title: Council\n  kind: page\n  page:\n    items: main li\n    date: time\n`,
    );
    expect((await newsloom('check', '--config', config)).status).toBe(0);
  });

  it('reads the page in its declared encoding', async () => {
    quick();
    const body = Buffer.from(dated.replace('<main>', '<meta charset="windows-1251"><main>').replace('Council', '\xd1\xee\xe2\xe5\xf2'), 'latin1'); // biome-ignore format: one page
    origin.pages.set('/news', { body, type: 'text/html' });
    expect((await sources('add', `${origin.url}/news`, '--yes')).status).toBe(0);
    expect(written()).toContain('title: Совет');
  });

  it('never trusts a list without dates, even with --yes', async () => {
    quick();
    origin.pages.set('/links', {
      body: list((title, i) => `<li><a href="/a${i}">${title}</a></li>`),
      type: 'text/html',
    });
    const { status, err } = await sources('add', `${origin.url}/links`, '--yes');
    expect([status, err]).toEqual([2, expect.stringContaining('This may be the wrong list')]);
    expect(written()).toBe(SOURCES);
  });

  it('prefers a feed at a usual address if it has the items of the page', async () => {
    quick();
    origin.pages.set('/news', { body: dated, type: 'text/html' }).delete('/feed');
    origin.pages.set('/rss', { body: rss('Elsewhere', [{ title: 'Another', link: 'https://else.example/1' }]) });
    expect((await sources('add', `${origin.url}/news`, '--id', 'a')).err).toContain('has no feed');
    origin.pages.set('/atom.xml', { body: rss('Council', [{ title: 'Bridge', link: `${origin.url}/a0` }]) });
    expect((await sources('add', `${origin.url}/news`, '--id', 'a')).status).toBe(0);
    expect(written()).toContain(`url: ${origin.url}/atom.xml\n`);
  });

  it('respects robots.txt', async () => {
    quick();
    origin.pages.set('/news', { body: dated, type: 'text/html' });
    origin.pages.set('/robots.txt', { body: 'User-agent: *\nDisallow: /news', type: 'text/plain' });
    const { status, err } = await sources('add', `${origin.url}/news`, '--yes');
    expect([status, err]).toEqual([4, expect.stringContaining('forbids programs to read')]);
  });

  it('suggests what to do if the page has no list', async () => {
    quick();
    const { status, err } = await sources('add', `${origin.url}/plain`);
    expect([status, err]).toEqual([4, expect.stringContaining('made by scripts')]);
  });

  it('uses the news sitemap in robots.txt if the page has no reliable list', async () => {
    quick();
    const entry = `<url><loc>${origin.url}/a1</loc><news:news><news:publication><news:name>Council</news:name></news:publication><news:publication_date>2026-11-20</news:publication_date><news:title>Bridge opens again</news:title></news:news></url>`;
    const news = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${entry}</urlset>`;
    const plain = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${origin.url}/a1</loc></url></urlset>`;
    origin.pages
      .set('/s/all.xml', { body: plain, type: 'text/xml' })
      .set('/s/news.xml', { body: news, type: 'text/xml' });
    origin.pages.set('/robots.txt', {
      body: `Sitemap: ${origin.url}/s/all.xml\nSitemap: /s/news.xml`,
      type: 'text/plain',
    });
    const { status, out } = await sources('add', `${origin.url}/plain`, '--id', 'council');
    expect([status, out]).toEqual([0, expect.stringContaining('  2026-11-20  Bridge opens again')]);
    expect(written()).toContain(`- id: council\n  url: ${origin.url}/s/news.xml\n  title: Council\n  kind: sitemap\n`);
    expect((await newsloom('check', '--config', config)).status).toBe(0);
  });

  const urls = (locs: readonly string[]) =>
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${locs.map((loc) => `<url><loc>${origin.url}${loc}</loc><lastmod>2026-11-20</lastmod></url>`).join('')}</urlset>`;

  it('proposes a given sitemap or index: its headlines, else those in its addresses', async () => {
    quick();
    const locs = ['/a/the-bridge-opens-again', '/a/fair-moves-to-the-harbour', '/a/school-gets-a-new-roof'];
    const index = `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${origin.url}/s/1.xml</loc></sitemap></sitemapindex>`;
    origin.pages.set('/s/1.xml', { body: urls(locs), type: 'text/xml' });
    origin.pages.set('/s.xml', { body: index, type: 'text/xml' });
    const asked = await sources('add', `${origin.url}/s.xml`, '--id', 'council');
    expect([asked.status, asked.err]).toEqual([2, expect.stringContaining('s.xml is a sitemap, not a feed; newsloom found 3 articles in it:\n  2026-11-20  The bridge opens again\n')]); // biome-ignore format: one line
    expect((await sources('add', `${origin.url}/s.xml`, '--id', 'council', '--yes')).status).toBe(0);
    expect(written()).toContain(`url: ${origin.url}/s.xml\n  kind: sitemap\n  sitemap:\n    titles: address\n`);
    expect((await newsloom('check', '--config', config)).status).toBe(0);
  });

  it('proposes the list of a page with feeds that cannot be read, and names them', async () => {
    quick();
    const link = '<link rel="alternate" type="application/rss+xml" href="/dead">';
    origin.pages.set('/news', { body: dated.replace('<main>', `${link}<main>`), type: 'text/html' });
    const { status, out } = await sources('add', `${origin.url}/news`, '--yes');
    expect([status, out]).toEqual([0, expect.stringContaining(`a feed that cannot be read: ${origin.url}/dead`)]);
    origin.pages.set('/help', { body: `<!doctype html>${link}<p>Words</p>`, type: 'text/html' });
    const { err } = await sources('add', `${origin.url}/help`);
    expect(err).toContain(`a feed that cannot be read: ${origin.url}/dead`);
  });

  it('reports a bot check only if the page has neither a feed nor a list', async () => {
    quick();
    const wall = '<!doctype html><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x"></script>';
    origin.pages.set('/wall', { body: wall, type: 'text/html' });
    const { status, err } = await sources('add', `${origin.url}/wall`);
    expect([status, err]).toEqual([4, expect.stringContaining('a bot check (CAPTCHA)')]);
    origin.pages.set('/news', { body: wall + dated, type: 'text/html' });
    expect((await sources('add', `${origin.url}/news`, '--yes')).status).toBe(0);
  });

  it('proposes paths for unknown JSON, even if its keys resemble a JSON Feed', async () => {
    const stories = ['Bridge opens again', 'Fair moves to the harbour', 'School gets a new roof'].map((title, i) => ({
      title,
      url: `/a${i}`,
      published_at: `2026-11-1${i}T08:00:00Z`,
    }));
    origin.pages.set('/api', { body: JSON.stringify({ data: { stories } }), type: 'application/json' });
    const asked = await sources('add', `${origin.url}/api`, '--id', 'wire');
    expect([asked.status, asked.err]).toEqual([2, expect.stringContaining('is JSON, but not a feed; newsloom found 3 articles in it:\n  2026-11-10  Bridge opens again\n')]); // biome-ignore format: one line
    const { status, out } = await sources('add', `${origin.url}/api`, '--id', 'wire', '--yes');
    expect([status, out]).toEqual([0, expect.stringContaining('3 articles found in')]);
    expect(written()).toContain(
      `- id: wire\n  url: ${origin.url}/api\n  kind: json\n  json:\n    items: data.stories\n    title: title\n    link: url\n    date: published_at\n`,
    );
    origin.pages.set('/items', { body: JSON.stringify({ items: stories }), type: 'application/json' });
    await sources('add', `${origin.url}/items`, '--id', 'items', '--yes');
    expect(written()).toContain('kind: json\n  json:\n    items: items\n');
    expect((await newsloom('check', '--config', config)).status).toBe(0);
  });

  it('suggests what to do with JSON that lists no articles', async () => {
    origin.pages.set('/api', { body: '{"ok":true}', type: 'application/json' });
    const { status, err } = await sources('add', `${origin.url}/api`, '--yes');
    expect([status, err]).toEqual([4, expect.stringContaining('write "kind: json" with your own paths')]);
  });

  const pty = spawnSync('python3', ['-c', 'import pty']).status === 0;

  const answers: [answer: string, said: string, isAdded: boolean][] = [
    ['y', 'added council to', true],
    ['', 'nothing was added', false],
    ['N', 'nothing was added', false],
  ];
  const tried = answers.slice(0, isThorough ? undefined : 2);
  it.skipIf(!pty).each(tried)(
    'asks for confirmation on a terminal; the answer is "%s"',
    { timeout: 300_000 },
    async (answer, said, isAdded) => {
      quick();
      origin.pages.set('/news', { body: dated, type: 'text/html' });
      const line = [
        process.execPath,
        fileURLToPath(module('main')),
        'sources',
        'add',
        `${origin.url}/news`,
        '--id',
        'council',
        '--config',
        config,
      ];
      const terminal = spawn('python3', ['-c', 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)', ...line]);
      let shown = '';
      let isAsked = false;
      terminal.stdout.on('data', (chunk: Buffer) => {
        shown += chunk;
        if (!isAsked && shown.includes('[y/N]')) terminal.stdin.write(`${answer}\n`);
        isAsked ||= shown.includes('[y/N]');
      });
      const [status] = await once(terminal, 'close');
      expect([status, shown]).toEqual([0, expect.stringContaining(said)]);
      expect(shown).toContain('2026-11-10  Bridge opens again');
      expect(written().includes('council')).toBe(isAdded);
    },
  );
});
