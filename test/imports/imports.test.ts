/** Exports in the formats that other programs write. */
import { describe, expect, it } from 'vitest';
import { findImportFormat } from '../../src/imports/import-formats.js';
import type { ImportedSite } from '../../src/imports/imported-site.js';
import { proposePhrases } from '../../src/imports/propose-phrases.js';

function imported(name: string, text: string): ImportedSite & { readonly format: string } {
  const format = findImportFormat({ name, text });
  expect(format, `nothing recognizes ${name}`).not.toBeNull();
  return { format: format!.name, ...format!.read({ name, text }) };
}

describe('OPML', () => {
  const opml = (body: string, head = '<title>The Harbour Post</title>') =>
    `<?xml version="1.0"?><opml version="2.0"><head>${head}</head><body>${body}</body></opml>`;

  it('imports folders as topics and ignores titles that name a program', () => {
    const read = imported(
      'feeds.opml',
      opml(
        '<outline text="Boats"><outline title="Ferry News" xmlUrl="https://ferry.example/rss"/></outline><outline text="Alone" xmlUrl="https://alone.example/rss"/>',
      ),
    );
    expect(read).toMatchObject({
      format: 'opml',
      title: 'The Harbour Post',
      folders: [{ id: 'boats', label: 'Boats' }],
      sources: [
        { url: 'https://ferry.example/rss', title: 'Ferry News', topics: ['boats'] },
        { url: 'https://alone.example/rss', title: 'Alone' },
      ],
      leftOut: [],
    });
    for (const title of ['Miniflux', 'Feedly Cloud', 'My subscriptions in Reader', 'Fever // News', 'feeds'])
      expect(imported('feeds.opml', opml('', `<title>${title}</title>`)).title).toBeNull();
  });

  it('creates no topic from default folders', () => {
    const { sources, folders } = imported(
      'a.opml',
      opml(
        '<outline text="Uncategorized"><outline text="A" xmlUrl="https://a.example/"/></outline><outline text="All"><outline text="Boats"><outline text="B" xmlUrl="https://b.example/"/></outline></outline>',
      ),
    );
    expect(sources.map(({ topics }) => topics)).toEqual([undefined, ['boats']]);
    expect(folders).toEqual([{ id: 'boats', label: 'Boats' }]);
  });

  it('uses tags if a feed is in no folder', () => {
    const { sources, folders } = imported(
      'a.opml',
      opml('<outline text="A" xmlUrl="https://a.example/" category="/News/Boats,Tides"/>'),
    );
    expect(sources[0]?.topics).toEqual(['boats', 'tides']);
    expect(folders.map(({ label }) => label)).toEqual(['Boats', 'Tides']);
  });

  it('imports included lists as sources', () => {
    const { sources } = imported(
      'a.opml',
      opml(
        `<outline type="include" text="Friends" url="https://friends.example/roll"/><outline type="link" text="A page" url="https://page.example/"/>
        <outline text="Dynamic" frss:opmlUrl="https://lists.example/x.opml"><outline text="In it" xmlUrl="https://in.example/"/></outline>`,
      ),
    );
    expect(sources).toEqual([
      { url: 'https://in.example/', title: 'In it', topics: ['dynamic'] },
      { url: 'https://friends.example/roll', kind: 'opml', title: 'Friends' },
      { url: 'https://lists.example/x.opml', kind: 'opml', title: 'Dynamic' },
    ]);
  });

  it('imports settings of miniflux', () => {
    const { sources, leftOut } = imported(
      'miniflux.opml',
      opml(`<outline text="All">
        <outline title="A" text="A" type="rss" xmlUrl="https://a.example/" miniflux:blocklistRules="(?i)sponsored" miniflux:keeplistRules="ferry|tide" miniflux:proxyUrl="http://proxy.example:8080" miniflux:crawler="true"/>
        <outline title="B" text="B" type="rss" xmlUrl="https://b.example/" miniflux:blockFilterEntryRules="EntryTitle=~advert&#10;EntryURL=promo" miniflux:keepFilterEntryRules="EntryTag=boats" miniflux:crawler="true"/>
        <outline title="C" text="C" type="rss" xmlUrl="https://c.example/" miniflux:disabled="true"/></outline>`),
    );
    const anywhere = (value: string) => ({ title: [value], category: [value], author: [value] });
    expect(sources).toEqual([
      {
        url: 'https://a.example/',
        title: 'A',
        proxy: 'http://proxy.example:8080',
        rules: [{ drop: anywhere('/sponsored/i') }, { drop: { title: ['/./'], unless: anywhere('/ferry|tide/') } }],
      },
      {
        url: 'https://b.example/',
        title: 'B',
        rules: [{ drop: { title: ['/advert/'] } }, { drop: { title: ['/./'], unless: { category: ['/boats/'] } } }],
      },
    ]);
    expect(leftOut.map(({ what }) => what)).toEqual(['miniflux:crawler (2 times)', 'filter "EntryURL=promo"', 'C']);
  });

  it('imports settings of miniflux without its prefix', () => {
    const prefixed = `<outline text="A" xmlUrl="https://a.example/" miniflux:blocklistRules="(?i)sponsored" miniflux:keepFilterEntryRules="EntryTag=boats" miniflux:proxyUrl="http://proxy.example:8080" miniflux:crawler="true"/>
      <outline text="B" xmlUrl="https://b.example/" miniflux:disabled="true"/><outline text="C" xmlUrl="https://c.example/"/>`;
    const bare = imported('miniflux.opml', opml(prefixed.replaceAll('miniflux:', '')));
    expect(bare).toEqual(imported('miniflux.opml', opml(prefixed)));
    expect(bare.sources.map(({ url, rules }) => [url, rules?.length])).toEqual([
      ['https://a.example/', 2],
      ['https://c.example/', undefined],
    ]);
    expect(bare.leftOut.map(({ what }) => what)).toEqual(['miniflux:crawler', 'B']);
  });

  it('imports settings of FreshRSS', () => {
    const { sources, leftOut } = imported(
      'freshrss.opml',
      opml(`<outline text="All">
        <outline text="A" type="rss" xmlUrl="https://a.example/#force_feed" frss:ttl="7200" frss:priority="important" frss:CURLOPT_HTTPHEADER="X-One: 1&#10;Authorization: Bearer abc"/>
        <outline text="B" type="JSON+DotNotation" xmlUrl="https://b.example/api" frss:jsonItem="data.items" frss:jsonItemTitle="head.text" frss:jsonItemUri="links[0]"/>
        <outline text="C" type="HTML+XPath" xmlUrl="https://c.example/" frss:xPathItem="//article"/>
        <outline text="D" type="rss" xmlUrl="https://d.example/" frss:ttl="-3600"/></outline>`),
    );
    expect(sources).toEqual([{ url: 'https://a.example/', title: 'A', every: '120m', headers: { 'X-One': '1' } }]);
    expect(leftOut.map(({ what }) => what)).toEqual(['header Authorization', 'frss:priority', 'B', 'C', 'D']);
    expect(JSON.stringify(leftOut)).not.toContain('Bearer');
  });
});

describe('a planet', () => {
  it('of Venus has a section per feed', () => {
    const read = imported(
      'config.ini',
      `# ours
[Planet]
name = Planet Harbour
link: https://planet.example/
owner_email = keeper@planet.example
output_theme = classic
cache_directory = cache
facewidth = 64
output_dir = out
bill_of_materials:
  heads/#{face}
filter = (?i)boats
reading_lists =
  https://lists.example/a.opml
  https://lists.example/b.opml

[https://one.example/feed]
name = One
face = one.png
facewidth = 70
[https://two.example/feed?format=rss]
name = Two ; a friend
[subscriptions.xml]
content_type = opml
[index.html.tmpl]
items_per_page = 20
#[https://gone.example/feed]
`,
    );
    expect(read).toMatchObject({
      format: 'planet',
      title: 'Planet Harbour',
      url: 'https://planet.example/',
      contact: 'mailto:keeper@planet.example',
      files: ['subscriptions.xml'],
      rules: [{ drop: { title: ['/./'], unless: { text: ['/boats/i'] } } }],
    });
    expect(read.sources).toEqual([
      { url: 'https://one.example/feed', title: 'One', icon: 'one.png' },
      { url: 'https://two.example/feed?format=rss', title: 'Two' },
      { url: 'https://lists.example/a.opml', kind: 'opml' },
      { url: 'https://lists.example/b.opml', kind: 'opml' },
    ]);
    expect(read.leftOut.map(({ what }) => what)).toEqual(['[index.html.tmpl]']);
  });

  it('filters in any case, all feeds or one, and those of a list', () => {
    const { rules, sources } = imported(
      'planet.ini',
      '[Planet]\nexclude = advert\nfilter = boat\n  ferry\n[https://a.example/feed]\nexclude = (?i)Tide\n[https://b.example/l.opml]\ncontent_type = opml\nexclude = raffle\n',
    );
    const dropping = (text: string) => ({ drop: { text: [text] } });
    const keeping = (text: string) => ({ drop: { title: ['/./'], unless: { text: [text] } } });
    expect(rules).toEqual([dropping('/advert/i'), keeping('/boat/i'), keeping('/ferry/i')]);
    expect(sources).toEqual([
      { url: 'https://a.example/feed', rules: [dropping('/Tide/i')] },
      { url: 'https://b.example/l.opml', kind: 'opml', rules: [dropping('/raffle/i')] },
    ]);
  });

  it('imports feeds without a scheme, but not templates or its own feed', () => {
    const ini = `[Planet]
feed = https://planet.example/atom.xml
[feed:https://a.example/feed]
[b.example/feed.xml]
[c.example:8080/feed]
[dee]
feed = https://d.example/feed
[index.html.tmpl]
[themes/atom.xml.tmpl]
`;
    const { sources, leftOut } = imported('planet.ini', ini);
    expect(sources.map(({ id, url }) => [id, url])).toEqual([
      [undefined, 'feed:https://a.example/feed'],
      [undefined, 'b.example/feed.xml'],
      [undefined, 'c.example:8080/feed'],
      ['dee', 'https://d.example/feed'],
    ]);
    expect(leftOut.map(({ what }) => what)).toEqual(['[index.html.tmpl]', '[themes/atom.xml.tmpl]']);
  });

  it('names options without a counterpart once', () => {
    const { rules, leftOut, content } = imported(
      'planet.ini',
      '[Planet]\nname = P\nfilters = shorten.py\n[https://a.example/feed]\nnick = a\n[https://b.example/feed]\nnick = b\n',
    );
    expect([rules, content]).toEqual([[], 'full']);
    expect(leftOut.map(({ what }) => what)).toEqual(['filters', 'nick']);
  });

  it('imports excerpts as content: summary, for all feeds or one', () => {
    const feeds = (filters: string) =>
      `[https://a.example/feed]\nname = A\n${filters}\n[https://b.example/feed]\n[https://c.example/l.opml]\ncontent_type = opml\n`;
    const one = imported('planet.ini', `[Planet]\nname = P\n${feeds('filters = excerpt.py?width=300')}`);
    expect([one.content, one.sources.map(({ content }) => content), one.leftOut]).toEqual([
      'full',
      ['summary', undefined, undefined],
      [],
    ]);
    const all = imported('planet.ini', `[Planet]\nname = P\nfilters = filters/excerpt.py\n${feeds('')}`);
    expect([all.content, all.sources.map(({ content }) => content)]).toEqual(['summary', Array(3).fill('summary')]);
  });

  it('reads an unclosed heading and reports headings without a feed', () => {
    const { title, sources, leftOut } = imported(
      'planet.ini',
      '[Planet]\nname = P\n[https://a.example/feed]\nname = A\n[https://b.example/feed\nname = Bo\n[https://[2001:db8::1]/feed] ; a [friend]\nname = C\n[ ] ; a friend\nname = Cy\n[http:/d.example/rss]\nname = D\n[theme.tmpl]\n',
    );
    expect([title, sources]).toEqual([
      'P',
      [
        { url: 'https://a.example/feed', title: 'A' },
        { url: 'https://b.example/feed', title: 'Bo' },
        { url: 'https://[2001:db8::1]/feed', title: 'C' },
      ],
    ]);
    expect(leftOut.map(({ what, why }) => [what, why])).toEqual([
      ['[?]', 'not a feed'],
      ['[http:/d.example/rss]', 'not a feed'],
      ['[theme.tmpl]', 'not a feed'],
    ]);
  });

  it.each([
    ['planet.example', 'https://planet.example'],
    ['//planet.example:8080/a', 'https://planet.example:8080/a'],
    ['127.0.1.5:18080/a', 'http://127.0.1.5:18080/a'],
    ['127.0.1.5/a', 'https://127.0.1.5/a'],
    ['http://planet.example/', 'http://planet.example/'],
    ['mailto:a@planet.example', 'mailto:a@planet.example'],
  ])('is at %s', (link, url) => {
    expect(imported('planet.ini', `[Planet]\nlink = ${link}\n`).url).toBe(url);
  });

  it('reports unsupported lists', () => {
    const { leftOut } = imported('planet.ini', '[Planet]\nname = P\n[https://a.example/who]\ncontent_type = foaf\n');
    expect(leftOut).toEqual([{ what: '[https://a.example/who]', why: 'not a feed' }]);
  });

  it('of Pluto reads the feed from a key, indented or not', () => {
    const read = imported(
      'planet.ini',
      `title = Planet Harbour
url = https://planet.example/

[one]
  title  = One: the paper
  feed   = https://one.example/feed
  link   = https://one.example/
  avatar = one.png

[two]
feed = https://two.example/feed
avatar = two.png
`,
    );
    expect(read).toMatchObject({
      title: 'Planet Harbour',
      url: 'https://planet.example/',
      sources: [
        { id: 'one', url: 'https://one.example/feed', title: 'One: the paper', icon: 'one.png' },
        { id: 'two', url: 'https://two.example/feed', icon: 'two.png' },
      ],
      leftOut: [],
    });
  });
});

it.each([
  ['a letter', 'letter.txt', 'Dear harbour,\nsee https://a.example/ for it'],
  ['a list of addresses', 'feeds.txt', 'https://a.example/feed\nhttps://b.example/feed\n'],
  ['the config of another generator', 'osmosfeed.yaml', 'sources:\n  - href: https://a.example/feed\n'],
  ['an export of WordPress', 'harbour.xml', '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>'],
])('does not recognize %s', (_, name, text) => {
  expect(findImportFormat({ name, text })).toBeNull();
});

it('proposes the words of a folder name as phrases, except generic names', () => {
  const folders = [
    { id: 'boats', label: 'Boats & Tides' },
    { id: 'news', label: 'News' },
    { id: 'tech', label: 'Tech (English)' },
  ];
  expect(proposePhrases(folders).map(({ any }) => any)).toEqual([['Boats', 'Tides'], undefined, ['Tech']]);
});
