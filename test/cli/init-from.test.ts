/** `newsloom init --from` and `--preset` create a working section. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { PACK_NAMES } from '../../src/config/packs/packs.js';
import { createTagger } from '../../src/tag/tag.js';
import { newsloom } from '../support/command-line.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';
import { siteFolder } from '../support/site-folder.js';

/** The new section, in a folder that also contains these files. */
async function begun(files: Readonly<Record<string, string>>, from: string, ...more: string[]) {
  const folder = siteFolder(files);
  const ended = await newsloom('init', join(folder, 'site'), '--from', join(folder, from), ...more);
  const config = join(folder, 'site/config/newsloom.yaml');
  return { ...ended, folder, config, settings: () => loadSite(config, {}, 'fresh') };
}

const SITE = 'site: { title: T, url: "https://n.example/" }\n';
/** A site with its own pack "house". */
function site(yaml: string, pack: Readonly<Record<string, string>> = {}): string {
  const files = Object.entries(pack).map(([name, text]) => [`config/house/${name}.yaml`, text] as const);
  const folder = siteFolder({ 'config/newsloom.yaml': `${SITE}${yaml}`, ...Object.fromEntries(files) });
  return join(folder, 'config/newsloom.yaml');
}

describe('newsloom init --from', () => {
  it('turns folders into topics, with the words of their names, and sends no requests', async () => {
    const outline = (name: string) => `<outline text="${name}" xmlUrl="http://127.0.0.1:1/${name}"/>`;
    const opml = `<opml><head><title>The Harbour</title></head><body><outline text="Boats">${outline('boats')}</outline><outline text="Tides">${outline('tides')}${outline('springs')}</outline></body></opml>`;
    const { status, out, err, settings } = await begun({ 'a.opml': opml }, 'a.opml', '--allow-private', '--json');
    expect([status, err]).toEqual([0, '']);
    expect(JSON.parse(out).imported).toEqual({
      formats: ['opml'],
      sources: 3,
      topics: 2,
      content: 'summary',
      leftOut: [],
    });
    const { site, sources, topics, fetch } = await settings();
    expect(site.title).toBe('The Harbour');
    expect(sources.map(({ topics }) => topics)).toEqual([['boats'], ['tides'], ['tides']]);
    expect(topics).toMatchObject([{ any: ['Boats'] }, { any: ['Tides'] }]);
    expect(fetch.allowPrivateAddresses).toBe(true);
  });

  it('writes no password, and lists what it skipped and what may be a key', async () => {
    const { status, out, settings, config } = await begun(
      {
        'a.opml': `<opml xmlns:miniflux="m" xmlns:frss="f"><body>
          <outline text="A" xmlUrl="http://ann:hunter2@a.example/feed"/>
          <outline text="B" xmlUrl="https://b.example/feed?token=hunter2345"/>
          <outline text="C" xmlUrl="https://c.example/feed" miniflux:proxyUrl="http://ann:hunter2@127.0.0.1:3128"/>
          <outline text="D" xmlUrl="https://d.example/feed" frss:CURLOPT_PROXY="ann:hunter2@127.0.0.1:3129" frss:CURLOPT_PROXYTYPE="0"/>
          <outline text="https://ann:hunter2@e.example/feed" xmlUrl="https://ann:hunter2@e.example/feed" miniflux:blocklistRules="(?=x)"/>
          <outline text="F" xmlUrl="https://f.example/feed?keyword=sea&amp;channel_id=UC1a2b3c4d5e6f7g8h9i0j1k"/>
        </body></opml>`,
      },
      'a.opml',
      '--with-proxies',
    );
    expect(status).toBe(0);
    const { sources } = await settings();
    expect(sources.map(({ url, proxy }) => [url, proxy])).toEqual([
      ['http://a.example/feed', null],
      ['https://b.example/feed?token=hunter2345', null],
      ['https://c.example/feed', 'http://127.0.0.1:3128'],
      ['https://d.example/feed', 'http://127.0.0.1:3129'],
      ['https://e.example/feed', null],
      ['https://f.example/feed?keyword=sea&channel_id=UC1a2b3c4d5e6f7g8h9i0j1k', null],
    ]);
    expect(readFileSync(join(config, '../sources.yaml'), 'utf8').match(/hunter\d+/g)).toEqual(['hunter2345']);
    expect(out).not.toContain('hunter2');
    expect(out).toContain(
      'skipped user name and password of A; user name and password of the proxy of C; user name and password of the proxy of D and 1 more: secrets; write them',
    );
    expect(out).toContain('check https://b.example/feed?token=***: the URL may contain a key');
  });

  it('skips and names sources behind a proxy other than http', async () => {
    const tor = '<outline text="Tor" xmlUrl="https://t.example/feed"';
    for (const proxied of [
      'miniflux:proxyUrl="socks5://127.0.0.1:9050"',
      'proxyUrl="socks5://127.0.0.1:9050"',
      'frss:CURLOPT_PROXY="127.0.0.1:9050" frss:CURLOPT_PROXYTYPE="7"',
      'frss:CURLOPT_PROXY="socks5://127.0.0.1:9050"',
    ]) {
      const text = `<opml xmlns:miniflux="m" xmlns:frss="f"><body>${tor} ${proxied}/>
        <outline text="Plain" xmlUrl="https://p.example/feed" frss:CURLOPT_PROXY="127.0.0.1:3128" frss:CURLOPT_PROXYTYPE="0"/>
        <outline text="None" xmlUrl="https://n.example/feed" frss:CURLOPT_PROXY="127.0.0.1:3128" frss:CURLOPT_PROXYTYPE="3"/></body></opml>`;
      const { status, out, settings } = await begun({ 'a.opml': text }, 'a.opml', '--with-proxies');
      expect([status, out]).toEqual([0, expect.stringContaining('skipped Tor: its proxy is not an http(s) proxy')]);
      const { sources } = await settings();
      expect(sources.map(({ url, proxy }) => [url, proxy])).toEqual([
        ['https://p.example/feed', 'http://127.0.0.1:3128'],
        ['https://n.example/feed', null],
      ]);
    }
  });

  it('imports proxies and headers only on request', async () => {
    const text = `<opml xmlns:frss="f"><body><outline text="A" xmlUrl="https://a.example/feed"
      frss:CURLOPT_PROXY="http://ann:hunter2@proxy.example:3128" frss:CURLOPT_HTTPHEADER="X-One: 1"/></body></opml>`;
    const plain = await begun({ 'a.opml': text }, 'a.opml');
    expect((await plain.settings()).sources).toMatchObject([
      { url: 'https://a.example/feed', proxy: null, headers: {} },
    ]);
    expect(plain.out).toContain(
      'skipped proxy http://proxy.example:3128/ of A; header X-One of A: the author of the file',
    );
    expect(plain.out).not.toContain('hunter2');
    const trusted = await begun({ 'a.opml': text }, 'a.opml', '--with-proxies');
    expect((await trusted.settings()).sources).toMatchObject([
      { proxy: 'http://proxy.example:3128', headers: { 'X-One': '1' } },
    ]);
  });

  it('imports only the address of the owner of a planet', async () => {
    const owner = (said: string) => `[Planet]\nname = P\nowner_email = ${said}\n[https://a.example/feed]\n`;
    const contactOf = async (said: string) => {
      const { settings } = await begun({ 'planet.ini': owner(said) }, 'planet.ini');
      return (await settings()).site.contact;
    };
    expect(await contactOf('Ana Dorn <ana@planet.example>')).toBe('mailto:ana@planet.example');
    expect(await contactOf('ana@planet.example, ben@planet.example')).toBe('mailto:ana@planet.example');
    expect(await contactOf('ana@плането.example')).toBe(null);
    expect(await contactOf("o'brien@planet.example")).toBe("mailto:o'brien@planet.example");
    expect(await contactOf('jürgen@planet.example')).toBe(null);
  });

  it('writes no login of a face, and names its source', async () => {
    const ini = '[Planet]\nname = P\n[https://a.example/feed]\nname = A\nface = https://ann:hunter2@a.example/a.png\n';
    const { out, settings } = await begun({ 'planet.ini': ini }, 'planet.ini');
    expect(out).toContain('skipped user name and password of the icon of A');
    expect((await settings()).sources[0]!.icon).toEqual({ url: 'https://a.example/a.png' });
  });

  it('reads a file in an old encoding, including damage by older programs', async () => {
    const ini = '[Planet]\nname = B\xe4rbel\nitems_per_page = 40\n[https://a.example/feed]\nname = Z\xfcrich\n';
    const latin1 = siteFolder({});
    writeFileSync(join(latin1, 'planet.ini'), Buffer.from(ini, 'latin1'));
    const { status, out, settings } = await begun({}, relative(siteFolder({}), join(latin1, 'planet.ini')));
    expect([status, out]).toEqual([
      0,
      expect.stringContaining('republished in full, as before ("content: full" for each source'),
    ]);
    const { site, sources, publish } = await settings();
    expect([site.title, sources[0]?.title, sources[0]?.content]).toEqual(['Bärbel', 'Zürich', 'full']);
    expect(publish.items).toBe(40);
  });

  it.each([
    ['planet.ini', '[Planet]\n[feed:https://a.example/feed]\n[b.example/feed]\n'],
    ['a.opml', '<opml><outline xmlUrl="feed://https://a.example/feed"/><outline xmlUrl="//b.example/feed"/></opml>'],
  ])('adds https:// to addresses of %s without a scheme, and reports it', async (name, text) => {
    const { out, settings } = await begun({ [name]: text }, name);
    const urls = (await settings()).sources.map(({ url }) => url);
    expect(urls).toEqual(['https://a.example/feed', 'https://b.example/feed']);
    expect(out).toContain('check https://b.example/feed: https:// was added\n');
    expect(out).not.toContain('a.example');
  });

  it('adds http:// to an IP address with a port, which rarely has a certificate', async () => {
    const { out, settings } = await begun(
      { 'a.opml': '<opml><outline xmlUrl="127.0.1.5:18080/rss"/></opml>' },
      'a.opml',
    );
    expect((await settings()).sources.map(({ url }) => url)).toEqual(['http://127.0.1.5:18080/rss']);
    expect(out).toContain('check http://127.0.1.5:18080/rss: http:// was added\n');
  });

  it('republishes full articles as the planet did, and summaries of later sources', async () => {
    const ini = '[Planet]\n[https://a.example/feed]\n[https://a.example/l.opml]\ncontent_type = opml\n';
    const { config, settings } = await begun({ 'planet.ini': ini }, 'planet.ini');
    appendFileSync(join(dirname(config), 'sources.yaml'), '\n- { id: later, url: "https://later.example/feed" }\n');
    expect((await settings()).sources.map(({ id, content }) => [id, content])).toEqual([
      ['a-example', 'full'],
      ['a-example-l', 'full'],
      ['later', 'summary'],
    ]);
  });

  it('republishes summaries if the planet showed excerpts', async () => {
    const ini = '[Planet]\n[https://a.example/feed]\nfilters = excerpt.py\n[https://b.example/feed]\n';
    const { out, settings } = await begun({ 'planet.ini': ini }, 'planet.ini');
    expect((await settings()).sources.map(({ content }) => content)).toEqual(['summary', 'full']);
    expect(out).not.toContain('skipped');
  });

  it.skipIf(process.platform === 'win32')('does not read a pipe that a planet names as a list', async () => {
    const pipe = join(siteFolder({}), 'pipe');
    spawnSync('mkfifo', [pipe]);
    const ini = '[Planet]\nname = P\n[https://ann.example/feed]\n[pipe]\ncontent_type = opml\n';
    const { status, out } = await begun({ 'planet.ini': ini }, 'planet.ini');
    expect([status, out]).toEqual([0, expect.stringContaining('skipped pipe')]);
  });

  it('names the faces of a planet, and where to copy their files', async () => {
    const faces = ['ann.png', 'http://dee.example/d.jpg', 'ftp://eve.example/e.png', 'bob'];
    const feeds = faces.map((face, n) => `[https://${n}.example/feed]\nface = ${face}\nfacewidth = 70\n`);
    const ini = `[Planet]\nlink = https://planet.example\n${feeds.join('')}`;
    const { out, settings, config } = await begun({ 'planet.ini': ini }, 'planet.ini');
    const root = join(dirname(config), '..');
    expect((await settings()).sources.map(({ icon }) => icon)).toEqual([
      { file: join(root, 'assets/icons/ann.png') },
      { url: 'http://dee.example/d.jpg' },
      { file: join(root, 'assets/icons/e.png') },
      undefined,
    ]);
    expect(out).toMatch(/check 2 icon files: copy them from the old site into assets\/icons\/\n/);
    expect(out).not.toContain('facewidth');
    expect(out).toMatch(/Next:[\s\S]*docs\/guides\/move\.md +redirect \/atom\.xml/);
  });

  it('explains a rule that keeps little, and prints one reason for many', async () => {
    const odd = ['a', 'b', 'c', 'd', 'e'].map((name) => `[https://${name}.example/]\nnick = ${name}\nmood = ${name}\n`);
    const { out, config } = await begun({ 'planet.ini': `[Planet]\nfilter = boats\n${odd.join('')}` }, 'planet.ini');
    const written = readFileSync(config, 'utf8');
    expect(written).toContain(
      '\nrules: # use /…/i to ignore case\n  - drop:\n      title:\n        - /./\n      unless:\n        text:\n          - /boats/i\n\n# publish:',
    );
    expect(out.match(/skipped/g)).toHaveLength(1);
  });

  it('turns the filters of a planet into rules of the section or of each source', async () => {
    const ini =
      '[Planet]\nexclude = lottery\n  (?<x)\n[https://a.example/feed]\n[https://b.example/l.opml]\ncontent_type = opml\n';
    const { folder, out, settings } = await begun({ 'planet.ini': ini }, 'planet.ini');
    const { rules, sources } = await settings();
    const dropped = [{ action: 'drop', when: { groups: [{ text: ['/lottery/i'] }], unless: {} } }];
    expect(rules).toMatchObject(dropped);
    expect(sources.map((source) => source.rules)).toEqual([undefined, undefined]);
    expect(out).toContain('skipped a filter of all: its expression is not valid RE2');
    const config = site('sources: []\n');
    await newsloom('sources', 'import', join(folder, 'planet.ini'), '--config', config);
    const there = await loadSite(config, {}, 'fresh');
    expect(there.rules).toBeUndefined();
    expect(there.sources.map((source) => source.rules)).toMatchObject([dropped, dropped]);
  });

  it('publishes at the address of the planet, so that redirects need no folder', async () => {
    const ini = '[Planet]\nlink = https://planet.example\n[https://a.example/feed]\n';
    const { site } = await (await begun({ 'planet.ini': ini }, 'planet.ini')).settings();
    expect([site.url, site.feedsUrl]).toEqual(['https://planet.example/', 'https://planet.example/']);
    const none = await begun({ 'planet.ini': ini.replace(/link.*\n/, '') }, 'planet.ini');
    expect((await none.settings()).site.feedsUrl).toMatch(/\/feeds\/$/);
  });

  it('rejects a folder, because it needs a file', async () => {
    const { err } = await begun({ 'old/planet.ini': '[Planet]\n[https://a.example/feed]\n' }, 'old');
    expect(err).toMatch(/old is a directory; name the file in it, such as \S+old\/planet\.ini\n/);
  });

  it('reports a missing file first', async () => {
    const { status, err } = await begun({ 'site/config/newsloom.yaml': '' }, 'nope.ini');
    expect([status, err]).toEqual([2, expect.stringContaining('nope.ini: no such file')]);
  });

  it("shortens long ids to names, and uses the planet's names of feeds", async () => {
    const ini = `[Planet]
[https://people.harbour.example/ann/blog/category/boats/feed]
name = Ann Ferry
[https://short.example/feed]
name = A name that is much longer than that
[http://127.0.0.1:8700/list.opml]
content_type = opml
[bobs]
feed = https://people.harbour.example/bob/feed?a=1&amp;b=2
[https://www.youtube.com/feeds/videos.xml?channel_id=UC1]
name = Akın Straße
`;
    const { sources } = await (await begun({ 'planet.ini': ini }, 'planet.ini')).settings();
    expect(sources.map(({ id }) => id)).toEqual(['ann-ferry', 'short-example', 'bobs', 'akin-strasse', 'list']);
    expect(sources[2]?.url).toBe('https://people.harbour.example/bob/feed?a=1&b=2');
  });

  it('reads names of people, and none if there is none', async () => {
    const outline = (title: string, n: number) => `<outline text="${title}" xmlUrl="https://${n}.example/"/>`;
    const titles = ['Ann&amp;#039;s &amp;amp; Bob', '&quot;Cid&quot;', '[Untitled]', '&lt;tide/&gt;'];
    const opml = `<opml><body><outline text="!Boats - News">${titles.map(outline).join('')}</outline><outline text="Odd" xmlUrl="https://[odd"/></body></opml>`;
    const { out, settings } = await begun({ 'a.opml': opml }, 'a.opml');
    const { sources, topics } = await settings();
    expect(sources.map(({ title }) => title)).toEqual(["Ann's & Bob", 'Cid', null, '<tide/>']);
    expect(topics).toMatchObject([{ label: 'Boats - News', any: ['Boats'] }]);
    expect(out).toContain('skipped Odd: not an absolute');
  });

  it('replaces characters that a file has lost', async () => {
    const lost = await begun({ 'lost.ini': '[Planet]\nname = B\uFFFDrbel\n[https://a.example/feed]\n' }, 'lost.ini');
    expect((await lost.settings()).site.title).toBe('B?rbel');
  });

  it('accepts a pack or an import, not both', async () => {
    const opml = '<opml><outline xmlUrl="https://a.example/feed"/></opml>';
    const { status, err } = await begun({ 'a.opml': opml }, 'a.opml', '--preset', 'local');
    expect([status, err]).toEqual([2, expect.stringContaining('--from and --preset exclude each other')]);
  });

  it('skips an expression that is not valid RE2, and keeps the others', async () => {
    const ini = `[Planet]\nname = "P" \${HOME}\n[https://a.example/feed]\nfilter = (?=boats)\nexclude = ads\n`;
    const { status, out, settings } = await begun({ 'planet.ini': ini }, 'planet.ini');
    expect([status, out]).toEqual([0, expect.stringMatching(/skipped a filter of https.*not valid RE2/)]);
    const { site, sources } = await settings();
    expect(site.title).toBe(`"P" \${HOME}`);
    expect(sources[0]?.rules).toHaveLength(1);
  });

  it('names a missing list', async () => {
    const ini = '[Planet]\nname = P\n[subs.xml]\ncontent_type = opml\n[https://a.example/feed]\n';
    expect((await begun({ 'planet.ini': ini }, 'planet.ini')).out).toContain(
      'skipped subs.xml: this list file is missing',
    );
  });

  it('reads no list outside the folder of the file', async () => {
    const list = '<opml><body><outline text="B" xmlUrl="https://b.example/feed"/></body></opml>';
    const ini = '[Planet]\nname = P\n[../subs.xml]\ncontent_type = opml\n[https://a.example/feed]\n';
    const { out, settings } = await begun({ 'subs.xml': list, 'old/planet.ini': ini }, 'old/planet.ini');
    expect(out).toContain('skipped ../subs.xml: it lies outside the folder of the imported file');
    expect((await settings()).sources.map(({ url }) => url)).toEqual(['https://a.example/feed']);
  });

  it.each([
    ['a list of addresses', 'https://a.example/feed\n', 'Export your feeds as OPML'],
    ['no feed', '<opml><body/></opml>', 'contains no feed: no <outline> has an xmlUrl'],
  ])('rejects %s', async (_, text, message) => {
    const { status, err } = await begun({ file: text }, 'file');
    expect([status, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('does not overwrite an existing config', async () => {
    const files = { 'a.opml': '<opml/>', 'site/config/topics.yaml': '' };
    const { status, err } = await begun(files, 'a.opml');
    expect([status, err]).toEqual([2, expect.stringContaining('newsloom sources import')]);
  });
});

/** A headline for each topic of a pack. */
const HEADLINES: Readonly<Record<string, readonly (readonly [topic: string, headline: string])[]>> = {
  world: [['ukraine', 'Kyiv says air defence shot down drones']],
  local: [
    ['council', 'City council votes on new planning application'],
    ['schools', 'High school opens its kindergarten to pupils'],
    ['roads-and-transport', 'Roadworks close the bridge to bus service'],
    ['police-and-courts', 'Man sentenced after burglary'],
  ],
  tech: [
    ['artificial-intelligence', 'A chatbot learns to say no'],
    ['security', 'Ransomware closes a hospital'],
    ['open-source', 'Linux kernel gets a new scheduler'],
    ['hardware', 'Chipmaker doubles its output'],
    ['startups', 'Startup raises Series B'],
  ],
  science: [
    ['space', 'Telescope finds an exoplanet'],
    ['physics', 'Physicists weigh the neutrino'],
    ['medicine', 'Clinical trial of a vaccine begins'],
    ['climate', 'Climate change moves the ice sheet'],
    ['palaeontology', 'A fossil of a dinosaur'],
  ],
};

describe('newsloom init --preset', () => {
  it.each(PACK_NAMES)('%s: creates a config that loads, with https sources and topics that match', async (name) => {
    const folder = siteFolder({});
    expect(await newsloom('init', folder, '--preset', name)).toMatchObject({ status: 0, err: '' });
    const config = join(folder, 'config/newsloom.yaml');
    // Publishers in a pack have not agreed to full articles.
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^# content: \S+/m, 'content: full'));
    const { sources, topics, withoutEffect } = await loadSite(config, {}, 'fresh');
    expect(withoutEffect).toEqual([]);
    expect(topics.length).toBeGreaterThanOrEqual(12);
    expect(sources.length >= 15).toBe(name !== 'local');
    for (const source of sources)
      expect(source).toMatchObject({
        content: 'summary',
        url: expect.stringMatching(/^https:/),
        title: expect.any(String),
      });
    expect(new Set(sources.map(({ url }) => new URL(url).hostname)).size).toBe(sources.length);
    const tagger = createTagger(topics, { defaults: new Map() });
    for (const [topic, title] of HEADLINES[name] ?? [])
      expect(
        tagger.tag({ title, language: 'en' }).map(({ topicId }) => topicId),
        title,
      ).toContain(topic);
    expect(HEADLINES[name]).toBeDefined();
  });

  it('none: leaves the lists to the editor', async () => {
    const folder = siteFolder({});
    expect((await newsloom('init', folder, '--preset', 'none')).out).toMatch(
      /newsloom\.yaml .*\n {2}newsloom sources add <address> .*\n {2}newsloom build /,
    );
    const config = join(folder, 'config/newsloom.yaml');
    expect((await newsloom('check', '--config', config)).out).toContain(
      'config valid: 0 sources (newsloom sources add <address>), 0 topics',
    );
    const origin = await serveFeeds({ '/boats': rss('Paper', [{ title: 'The ferry sails again' }]) });
    const adding = newsloom('sources', 'add', `${origin.url}/boats`, '--allow-private', '--config', config);
    const { status } = await adding.finally(() => origin.close());
    expect([status, readFileSync(join(folder, 'config/sources.yaml'), 'utf8')]).toEqual([
      0,
      expect.stringMatching(/schema=[\s\S]*# The sources, one [\s\S]*\n\n?- id: paper\n {2}url: /),
    ]);
  });

  it('rejects an unknown pack', async () => {
    const { status, err } = await newsloom('init', siteFolder({}), '--preset', 'sport');
    expect([status, err]).toEqual([
      2,
      expect.stringContaining('unknown pack "sport"; known packs: world, local, tech, science'),
    ]);
  });
});

describe('extends', () => {
  const HOUSE = {
    sources:
      '- { id: one, url: "https://one.example/feed", title: One, every: 30m }\n- { url: "https://two.example/feed" }\n',
    topics: '- { id: boats, label: Boats, any: [ferry] }\n- { id: tides, any: [tide] }\n',
  };

  it("puts the editor's entries before those of the pack and overrides keys", async () => {
    const config = site(
      'extends: house\nsources:\n  - { id: three, url: "https://three.example/feed" }\n  - { id: one, every: 1h }\ntopics:\n  - { id: boats, any: [boat] }\n',
      HOUSE,
    );
    const { sources, topics } = await loadSite(config, {}, 'fresh');
    expect(sources.map(({ id, title, every }) => [id, title, every])).toEqual([
      ['three', null, null],
      ['one', 'One', 60],
      ['two-example', null, null],
    ]);
    expect(topics).toMatchObject([{ id: 'boats', label: 'Boats', any: ['boat'] }, { id: 'tides' }]);
  });

  it('excludes entries in "without", and accepts several packs', async () => {
    const config = site('extends: [{ pack: house, without: [one, tides] }, science]\nsources: []\n', HOUSE);
    const { sources, topics } = await loadSite(config, {}, 'fresh');
    expect(sources[0]?.id).toBe('two-example');
    expect(sources.map(({ id }) => id)).toContain('nature');
    expect(topics.map(({ id }) => id)).toEqual(expect.arrayContaining(['boats', 'physics']));
    expect(topics.map(({ id }) => id)).not.toContain('tides');
  });

  it('reports every problem at once, each in its own file', async () => {
    const config = site(
      'extends: [house, tehc, { pack: house, without: [nobody] }]\nsources:\n  - { id: one, every: soon }\n',
      {
        sources: '- { id: one, url: ftp://one.example/, titel: One }\n',
        topics: '- { id: Boats, any: [boat] }\n',
      },
    );
    const { message } = await loadSite(config, {}, 'fresh').catch((error) => error);
    expect(message.replaceAll(`${dirname(config)}/`, '').split('\n')).toEqual([
      expect.stringMatching(/^newsloom\.yaml:2:18 extends\[1\]: unknown pack "tehc"; did you mean "tech"\?/),
      expect.stringMatching(/^newsloom\.yaml:2:\d+ extends\[2\]\.without\[0\]: unknown id "nobody" in the pack/),
      expect.stringMatching(/^newsloom\.yaml:4:\d+ sources\[0\]\.every: not a duration/),
      expect.stringMatching(/^house\/sources\.yaml:1:\d+ sources\[0\]\.url: not an absolute http\(s\) URL/),
      expect.stringMatching(/^house\/sources\.yaml:1:\d+ sources\[0\]\.titel: unknown key/),
      expect.stringMatching(/^house\/topics\.yaml:1:\d+ topics\[0\]\.id: /),
    ]);
  });

  it('is read again after a file of the pack changed', async () => {
    const config = site('extends: house\nsources: []\n', HOUSE);
    mkdirSync(join(dirname(config), '../.newsloom'));
    const ids = async () => (await loadSite(config, {})).sources.map(({ id }) => id);
    const { cacheSettings } = await import('../../src/config/settings-cache.js');
    const { version } = await import('../../src/observe/version.js');
    await cacheSettings(await loadSite(config, {}, 'fresh'), version);
    expect(await ids()).toEqual(['one', 'two-example']);
    writeFileSync(join(dirname(config), 'house/sources.yaml'), '- { id: four, url: "https://four.example/feed" }\n');
    expect(await ids()).toEqual(['four']);
  });

  it('is respected by "sources remove" and "sources add"', async () => {
    const config = site(
      'extends: house\nsources:\n  - { id: one, every: 1h }\n  - { id: five, url: "https://five.example/" }\n',
      HOUSE,
    );
    const before = readFileSync(config, 'utf8');
    const remove = (id: string) => newsloom('sources', 'remove', id, '--config', config);
    for (const id of ['two-example', 'one']) expect((await remove(id)).err).toContain('"without" of "extends"');
    expect(readFileSync(config, 'utf8')).toBe(before);
    expect((await remove('five')).status).toBe(0);
    const list = join(dirname(config), 'more.opml');
    const outlines = ['six', 'two'].map((name) => `<outline xmlUrl="https://${name}.example/feed"/>`);
    writeFileSync(list, `<opml><body>${outlines.join('')}</body></opml>`);
    const { out } = await newsloom('sources', 'import', list, '--config', config);
    expect(out).toContain('skipped https://two.example/feed: already a source: "two-example"');
    expect((await loadSite(config, {}, 'fresh')).sources.map(({ id }) => id)).toEqual([
      'one',
      'six-example',
      'two-example',
    ]);
  });
});
