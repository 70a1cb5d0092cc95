/** The desk in complete runs over loopback: the effect of each decision, and its restoration from a lost store. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aDesk, signIn } from '../support/a-desk.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';

const open: { close?(): Promise<void>; remove?(): void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) {
    await one.close?.();
    one.remove?.();
  }
});

const at = (hour: number, day = 24) => `2026-11-${day}T${String(hour).padStart(2, '0')}:07:00Z`;
const FERRY = 'https://paper.example/ferry-sails';
const NEWS: readonly RssItem[] = [
  { title: 'Ferry sails', date: '2026-11-24T08:00:00Z', description: 'The ferry of the harbour sails to the island.' },
  { title: 'Tram stops', date: '2026-11-24T07:00:00Z' },
  { title: 'Bridge opens', date: '2026-11-24T06:00:00Z' },
];

async function paper(more = '', news = NEWS): Promise<{ origin: FeedServer; site: TestSite }> {
  const origin = await serveFeeds({ '/a': rss('Paper A', news) });
  const site = aSite({
    sources: [`{ id: a, url: "${origin.url}/a"${more} }`],
    topics: ['{ id: transport, label: Transport, any: [ferry, tram] }', '{ id: sea, label: Sea, any: [harbour seal] }'],
  });
  open.push(origin, site);
  return { origin, site };
}

function write(site: TestSite, ...entries: string[]): void {
  writeFileSync(
    join(site.root, 'config', 'desk.yaml'),
    `# our desk\n${entries.map((entry) => `- ${entry}\n`).join('')}`,
  );
}

const explain = async (site: TestSite, ...articles: string[]) =>
  (await newsloom('explain', ...articles, '--config', join(site.root, 'config', 'newsloom.yaml'))).out;
const titles = (site: TestSite, path = 'all.json') => site.json(path).items.map(({ title }) => title);
const pageOf = (site: TestSite, text: string) =>
  [...site.files('articles')].find(
    ([, page]) => page.includes(`<h1 class="p-name" dir="auto">${text}`) || page.includes(text),
  );

describe('hide', () => {
  it('removes an article from every document, and restores the same bytes', async () => {
    const { site } = await paper();
    await site.run(at(9));
    const before = site.files();
    const [path] = pageOf(site, 'Ferry sails')!;
    write(site, `{ article: "${FERRY}", hide: true, note: not for us }`);
    const { report } = await site.run(at(10));
    expect(report.changed).toBe(true);
    expect(titles(site)).toEqual(['Tram stops', 'Bridge opens']);
    expect(titles(site, 'topics/transport.json')).toEqual(['Tram stops']);
    expect(site.read('all.atom')).toContain('<at:deleted-entry');
    expect(site.read('all.atom')).toContain('No longer shown here');
    expect(site.read(path)).toContain('<body class="withdrawn">');
    expect(site.read(path)).toContain('noindex');
    for (const [name, text] of site.files())
      expect([name, /ferry/i.test(text.replaceAll(FERRY, ''))]).toEqual([name, false]);
    expect((await site.run(at(11))).report.files).toMatchObject({ written: 0, removed: 0 });
    write(site);
    await site.run(at(12));
    expect(site.files()).toEqual(before);
  });

  it('hides an article before its first publication, without a trace', async () => {
    const { site } = await paper();
    write(site, `{ article: "${FERRY}/?utm_source=x", hide: true }`);
    const { report } = await site.run(at(9));
    expect(titles(site)).toEqual(['Tram stops', 'Bridge opens']);
    expect(site.read('all.atom')).not.toContain('deleted-entry');
    expect(site.files('articles').size).toBe(2);
    expect(report.warnings).toEqual([]);
    write(site);
    await site.run(at(10));
    expect(titles(site)).toEqual(['Ferry sails', 'Tram stops', 'Bridge opens']);
    expect(site.files('articles').size).toBe(3);
  });

  it('keeps it hidden after a correction and after a lost store', async () => {
    const { origin, site } = await paper();
    await site.run(at(9));
    write(site, `{ article: "${FERRY}", hide: true }`);
    await site.run(at(10));
    const hidden = site.files();
    origin.pages.set('/a', {
      body: rss('Paper A', [{ ...NEWS[0]!, title: 'Ferry sailed', link: FERRY, guid: FERRY }, ...NEWS.slice(1)]),
    });
    await site.run(at(11));
    expect(site.files()).toEqual(hidden);
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    const { report } = await site.run(at(12));
    expect(site.files()).toEqual(hidden);
    expect(report.files).toMatchObject({ written: 0, removed: 0 });
    write(site);
    await site.run(at(13));
    expect(titles(site)).toEqual(['Ferry sailed', 'Tram stops', 'Bridge opens']);
  });
});

describe('a hidden near-duplicate', () => {
  it('is replaced by its folded copy, and returns', async () => {
    const words = Array.from({ length: 60 }, (_, i) => `word${i} of the long report`).join(' ');
    const item = (hour: number) => ({
      title: 'Dam holds after a week of rain',
      date: `2026-11-24T0${hour}:00:00Z`,
      description: words,
    });
    const origin = await serveFeeds({
      '/a': rss('Paper A', [item(5)]),
      '/b': rss('Paper B', [item(6)], 'https://b.example/'),
    });
    const site = aSite({ sources: ['a', 'b'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`) });
    open.push(origin, site);
    await site.run(at(9));
    const before = site.files();
    const ids = () => site.json('all.json').items.map(({ id }) => id);
    expect(ids()).toEqual(['https://paper.example/dam-holds-after-a-week-of-rain']);
    write(site, '{ article: "https://paper.example/dam-holds-after-a-week-of-rain", hide: true }');
    await site.run(at(10));
    expect(ids()).toEqual(['https://b.example/dam-holds-after-a-week-of-rain']);
    write(site);
    await site.run(at(11));
    const after = site.files();
    for (const path of ['all.json', 'all.rss', 'index.html', 'sources/b.json'])
      expect(after.get(path)).toBe(before.get(path));
  });
});

describe('takedown', () => {
  it('deletes the text and never accepts the article again', async () => {
    const { origin, site } = await paper();
    await site.run(at(9));
    write(site, `{ article: "${FERRY}", takedown: true }`);
    await site.run(at(10));
    origin.pages.set('/b', {
      body: rss('Paper B', [{ ...NEWS[0]!, link: FERRY }, { title: 'Cat found' }], 'https://b.example/'),
    });
    site.configure({ sources: [`{ id: a, url: "${origin.url}/a" }`, `{ id: b, url: "${origin.url}/b" }`] });
    origin.pages.set('/a', { body: rss('Paper A', [{ ...NEWS[0]!, description: 'Another text.' }, ...NEWS.slice(1)]) });
    await site.run(at(11));
    expect(titles(site)).toEqual(expect.arrayContaining(['Tram stops', 'Cat found']));
    for (const [name, text] of site.files())
      expect([name, /ferry sails|Another text/i.test(text)]).toEqual([name, false]);
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    const taken = site.files();
    await site.run(at(12));
    expect(site.files()).toEqual(taken);
    write(site);
    await site.run(at(13));
    expect(titles(site)).not.toContain('Taken down');
  });
});

describe('the address of its page', () => {
  it.each([{ hide: true }, { takedown: true }])('hides an article that a lost store contained: %j', async (action) => {
    const { site } = await paper();
    await site.run(at(9));
    const page = [...site.files()].find(([name, text]) => /^articles\//.test(name) && text.includes('Ferry sails'))![0];
    write(
      site,
      `{ article: "https://news.example.org/${page}", ${JSON.stringify(action).slice(1, -1).replaceAll('"', '').replace(':', ': ')} }`,
    );
    await site.run(at(10));
    for (const hour of [11, 12]) {
      rmSync(join(site.root, '.newsloom'), { recursive: true });
      await site.run(at(hour));
      for (const [name, text] of site.files()) expect([name, text.includes('Ferry sails')]).toEqual([name, false]);
    }
  });
});

describe('a takedown that is lifted', () => {
  it('restores the article with the next read, even if its feed is unchanged', async () => {
    const { origin, site } = await paper();
    await site.run(at(9));
    const before = site.files();
    write(site, `{ article: "${FERRY}", takedown: true }`);
    await site.run(at(10));
    await site.run(at(11));
    write(site);
    await site.run(at(12));
    expect(titles(site)).not.toContain('Ferry sails');
    await site.run(at(13));
    expect(site.files()).toEqual(before);
    await site.run(at(14));
    expect(origin.requests.filter(({ path }) => path === '/a').map(({ status }) => status)).toEqual([
      200, 304, 304, 304, 200, 304,
    ]);
  });
});

describe('a desk with a missing file', () => {
  it('keeps its effect, with a warning in each run, until the file is back', async () => {
    const { origin, site } = await paper();
    const file = join(site.root, 'config', 'desk.yaml');
    write(
      site,
      `{ article: "${FERRY}", takedown: true }`,
      '{ article: "https://paper.example/fog-lifts", hide: true }',
    );
    await site.run(at(9));
    const taken = site.files();
    rmSync(file);
    for (const hour of [10, 11]) {
      const { report } = await site.run(at(hour));
      expect(report.warnings.map(({ message }) => message)).toEqual([
        expect.stringMatching(/desk\.yaml is missing: its 2 entries stay in force \(takedowns: 1\); .* with \[\]/),
      ]);
      expect(site.files()).toEqual(taken);
    }
    origin.pages.set('/a', {
      body: rss('Paper A', [{ ...NEWS[0]!, description: 'Another text.' }, { title: 'Fog lifts' }]),
    });
    await site.run(at(12));
    expect(titles(site)).toEqual(['Tram stops', 'Bridge opens']);
    writeFileSync(file, '[]\n');
    const { report } = await site.run(at(13));
    expect(report.warnings).toEqual([]);
    await site.run(at(14));
    expect(titles(site)).toEqual(expect.arrayContaining(['Ferry sails', 'Fog lifts']));
  });

  it('may be moved into the config, and its last entry removed there', async () => {
    const { origin, site } = await paper();
    const sources = [`{ id: a, url: "${origin.url}/a" }`];
    site.configure({ sources, more: [`desk: [{ article: "${FERRY}", hide: true }]`] });
    await site.run(at(9));
    expect(titles(site)).not.toContain('Ferry sails');
    site.configure({ sources });
    const { report } = await site.run(at(10));
    expect([report.warnings, titles(site)[0]]).toEqual([[], 'Ferry sails']);
  });
});

describe('the store’s file', () => {
  const words = (title: string, n: number) => ({
    title: `${title} ${n}`,
    date: `2026-11-24T0${n % 9}:00:00Z`,
    description: `Of the ${title.toLowerCase()} number ${n}. ${'What else was said there. '.repeat(n)}`,
  });
  const news = Array.from({ length: 60 }, (_, n) => words(n === 30 ? 'Witness of Quay Street' : 'Harbour notes', n));
  const told = (site: TestSite) => {
    const folder = join(site.root, '.newsloom');
    return readdirSync(folder).filter((name) => /quay street/i.test(readFileSync(join(folder, name), 'latin1')));
  };

  it('contains no text after a takedown, not even in moved pages of the database', async () => {
    const { origin, site } = await paper('', news);
    for (const hour of [9, 10, 11]) {
      origin.pages.set('/a', { body: rss('Paper A', [...news, ...NEWS.slice(0, hour - 8)]) });
      await site.run(at(hour));
    }
    expect(told(site)).toContain('newsloom.db');
    write(site, '{ article: "https://paper.example/witness-of-quay-street-30", takedown: true }');
    origin.pages.set('/a', { body: rss('Paper A', NEWS) });
    const { report } = await site.run(at(12));
    expect([report.warnings, told(site)]).toEqual([[], []]);
    expect((await site.run(at(13))).report.changed).toBe(false);
  });
});

describe('a changed headline', () => {
  it('is shown and marked in all formats and pages, and survives changes by the publisher and a lost store', async () => {
    const { origin, site } = await paper();
    await site.run(at(9));
    const plain = site.files();
    const ids = site.json('all.json').items.map(({ id, date_published: date }) => [id, date]);
    const [tram] = pageOf(site, 'Tram stops')!;
    write(site, `{ article: "${FERRY}", title: Ours, summary: In our words, image: none, topics: [+sea, -transport] }`);
    await site.run(at(10));
    const [item] = site.json('all.json').items;
    expect(item).toMatchObject({
      title: 'Ours',
      summary: 'In our words',
      tags: ['Sea'],
      _edited: {
        about: expect.stringContaining('changed'),
        by: 'The Section',
        what: ['title', 'summary', 'image', 'topics'],
      },
    });
    expect(item).not.toHaveProperty('date_modified');
    expect(site.read('all.rss')).toContain('<title>Ours</title>');
    expect(site.read('topics/sea.atom')).toContain('Ours');
    expect(titles(site, 'topics/transport.json')).toEqual(['Tram stops']);
    expect(pageOf(site, 'Headline by <bdi>The Section</bdi>')).toBeDefined();
    expect(site.json('all.json').items.map(({ id, date_published: date }) => [id, date])).toEqual(ids);
    const edited = site.files();
    expect(edited.get(tram)).not.toBe(plain.get(tram)); // it lists the ferry
    origin.pages.set('/a', {
      body: rss('Paper A', [{ ...NEWS[0]!, title: 'Ferry late', link: FERRY, guid: FERRY }, ...NEWS.slice(1)]),
    });
    await site.run(at(11));
    expect(titles(site)).toEqual(['Ours', 'Tram stops', 'Bridge opens']);
    origin.pages.set('/a', { body: rss('Paper A', NEWS) });
    await site.run(at(12));
    const before = site.files();
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    await site.run(at(13));
    expect(site.files()).toEqual(before);
  });
});

describe('a remark', () => {
  it('is published beside the article as the words of the section, and removed without a trace', async () => {
    const { site } = await paper();
    const config = join(site.root, 'config', 'newsloom.yaml');
    await site.run(at(9));
    const before = site.files();
    const said = 'We asked <the ministry>; "no" answer.';
    const { out } = await newsloom('desk', 'remark', FERRY, said, '--note', 'ask again', '--config', config);
    expect(out).toContain(`remark: ${said}`);
    await site.run(at(10));
    const [item] = site.json('all.json').items;
    expect(item).toMatchObject({ id: expect.anything(), _remark: { by: 'The Section', text: said, language: 'en' } });
    expect([item!._edited, item!.content_html]).toEqual([undefined, undefined]);
    expect(item!.content_text).toBe('The ferry of the harbour sails to the island.');
    const shown = '<p lang="en"><strong>The Section:</strong> We asked &lt;the ministry&gt;; "no" answer.</p>';
    const text = '<p>The ferry of the harbour sails to the island.</p>';
    expect(site.read('all.rss')).toContain(`<content:encoded><![CDATA[${shown}${text}]]></content:encoded>`);
    expect(site.read('topics/transport.atom')).toContain(`<content type="html"><![CDATA[${shown}${text}]]></content>`);
    const page = pageOf(site, 'Ferry sails')![1];
    expect(page).toContain('<strong><bdi>The Section</bdi>:</strong> We asked &lt;the ministry&gt;;');
    expect(site.read('index.html')).toContain('class="remark"');
    expect([...site.files().values()].join()).not.toContain('ask again');
    const dates = (files: ReadonlyMap<string, string>) => (files.get('all.rss')! + files.get('all.atom')!).match(/<(pubDate|updated|atom:updated|guid|id).*/g); // biome-ignore format: one list
    expect(dates(site.files())).toEqual(dates(before));
    const remarked = site.files();
    rmSync(join(site.root, '.newsloom'), { recursive: true, force: true });
    await site.run(at(11));
    expect(site.json('all.json').items[0]).toEqual(item);
    expect(site.read('all.rss')).toBe(remarked.get('all.rss'));
    await newsloom('desk', 'remark', FERRY, '--undo', '--config', config);
    await site.run(at(12));
    expect(site.files()).toEqual(before);
  });
});

describe('a topic without phrases', () => {
  it('contains what the desk adds to it', async () => {
    const { site } = await paper();
    const { sources } = {
      sources: [readFileSync(join(site.root, 'config', 'newsloom.yaml'), 'utf8').match(/- (\{ id: a.*)/)![1]!],
    };
    site.configure({ sources, topics: [`{ id: picks, label: "Editors' picks" }`] });
    await site.run(at(9));
    const before = site.json('all.json').items.map(({ id, date_published }) => [id, date_published]);
    write(site, `{ article: "${FERRY}", topics: [+picks] }`);
    await site.run(at(10));
    expect(titles(site, 'topics/picks.json')).toEqual(['Ferry sails']);
    expect(site.read('topics/picks.html')).toContain('Editors’ picks'.replace('’', '&#39;'));
    expect(site.json('all.json').items.map(({ id, date_published }) => [id, date_published])).toEqual(before);
    write(site);
    await site.run(at(11));
    expect(titles(site, 'topics/picks.json')).toEqual([]);
  });
});

describe('review', () => {
  it('holds new articles until the desk approves or rejects them', async () => {
    const { origin, site } = await paper(', review: hold', NEWS.slice(1));
    await site.run(at(9));
    expect(site.files('sources').size).toBe(0);
    write(
      site,
      '{ article: "https://paper.example/tram-stops", approve: true }',
      '{ article: "https://paper.example/bridge-opens", hide: true }',
    );
    await site.run(at(10));
    expect(titles(site)).toEqual(['Tram stops']);
    origin.pages.set('/a', { body: rss('Paper A', NEWS) });
    await site.run(at(11));
    expect(titles(site)).toEqual(['Tram stops']);
    expect(site.read('all.atom')).not.toContain('deleted-entry');
    site.configure({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
    await site.run(at(12));
    expect(titles(site)).toEqual(['Ferry sails', 'Tram stops']);
  });
});

describe('a revoked approval', () => {
  const TRAM = 'https://paper.example/tram-stops';
  it('makes the article wait again, even after a lost store, until a new approval', async () => {
    const { site } = await paper(', review: hold');
    const approved = `{ article: "${TRAM}", approve: true }`;
    const queue = async () =>
      (await newsloom('desk', 'queue', '--config', join(site.root, 'config', 'newsloom.yaml'))).out;
    await site.run(at(9));
    write(site, approved, `{ article: "${FERRY}", approve: true }`);
    await site.run(at(10));
    expect(titles(site)).toEqual(['Ferry sails', 'Tram stops']);
    write(site, `{ article: "${FERRY}", approve: true }`);
    await site.run(at(11));
    expect(titles(site)).toEqual(['Ferry sails']);
    expect(site.read('all.atom')).toContain('<at:deleted-entry');
    expect(await queue()).toContain('Tram stops');
    const waiting = site.files();
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    await site.run(at(12));
    expect(site.files()).toEqual(waiting);
    expect(await queue()).toContain('Tram stops');
    write(site, approved, `{ article: "${FERRY}", approve: true }`);
    await site.run(at(13));
    expect(titles(site).sort()).toEqual(['Ferry sails', 'Tram stops']);
  });

  it('changes nothing if review is off or the article was rejected', async () => {
    const { origin, site } = await paper(', review: hold');
    await site.run(at(9));
    write(site, `{ article: "${TRAM}", approve: true }`, `{ article: "${FERRY}", approve: true }`);
    await site.run(at(10));
    write(site, `{ article: "${FERRY}", hide: true }`);
    site.configure({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
    await site.run(at(11));
    expect(titles(site)).toEqual(['Tram stops', 'Bridge opens']);
  });
});

describe('stories', () => {
  const told = (site: TestSite) => {
    if (!site.files('.').has('stories.json')) return [];
    return site
      .json('stories.json')
      .items.map(({ title, _related: more }) => [
        title,
        ...((more as { items: { title: string }[] } | undefined)?.items ?? []).map((other) => other.title),
      ]);
  };
  const STORM = 'Storm floods the old harbour of Northport';

  async function threePapers() {
    const text = 'The storm flooded the old harbour of Northport; boats sank and forty people left their houses.';
    const item = (title: string, hour: number, description: string) => ({
      title,
      date: `2026-11-24T0${hour}:00:00Z`,
      description,
    });
    const pages = {
      '/a': rss('Paper A', [item(STORM, 5, text), item('Cat found on a roof', 3, 'A cat sat on a roof.')]),
      '/b': rss(
        'Paper B',
        [item('Northport harbour flooded by storm', 6, `${text} The mayor spoke.`)],
        'https://b.example/',
      ),
      '/c': rss(
        'Paper C',
        [item('Mayor speaks of a bad night', 7, 'She thanked all who helped with sandbags.')],
        'https://c.example/',
      ),
    };
    const origin = await serveFeeds(pages);
    const site = aSite({ sources: ['a', 'b', 'c'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`) });
    open.push(origin, site);
    await site.run(at(9));
    return { origin, site };
  }
  const MAYOR = 'https://c.example/mayor-speaks-of-a-bad-night';
  const HARBOUR = 'https://b.example/northport-harbour-flooded-by-storm';
  const BRANDT = 'https://c.example/ostmark-parliament-elects-brandt-chancellor';
  const FLOOD = 'https://paper.example/storm-floods-the-old-harbour-of-northport';

  it('is shown once on the front page if several of its reports are pinned', async () => {
    const { site } = await threePapers();
    const config = join(site.root, 'config', 'newsloom.yaml');
    await newsloom('desk', 'pin', HARBOUR, MAYOR, FLOOD, '--config', config);
    await site.run(at(10));
    const [top = ''] = site.read('index.html').split('id="latest"');
    expect(top.match(/class="pinned"/g)).toHaveLength(2);
    expect(top.indexOf('Northport harbour flooded by storm')).toBeLessThan(top.indexOf('Mayor speaks'));
  });

  it('is explained with its hidden articles', async () => {
    const { site } = await threePapers();
    const explained = async () =>
      (await newsloom('explain', HARBOUR, '--config', join(site.root, 'config', 'newsloom.yaml'))).out;
    expect(await explained()).toMatch(/story +\w+\n +page: https:.*\n +Paper A: .*northport>\n/);
    write(site, `{ article: "${FLOOD}", hide: true }`);
    await site.run(at(10));
    expect(await explained()).toMatch(/ +Paper A: .*northport> \(not shown: hidden by the desk\)\n/);
  });

  it('is shown by the first pin in the file', async () => {
    const { site } = await threePapers();
    const config = join(site.root, 'config', 'newsloom.yaml');
    write(site, `{ article: "${FLOOD}", note: on top }`);
    await newsloom('desk', 'pin', HARBOUR, FLOOD, '--config', config);
    await site.run(at(10));
    const [top = ''] = site.read('index.html').split('id="latest"');
    expect(top.match(/class="pinned"/g)).toHaveLength(1);
    expect(top).toContain(STORM);
  });

  it.each([
    ['is hidden', '', 'hide: true', []],
    ['waits again', ', review: hold', 'approve: true', ['approve', FLOOD, '--undo']],
  ])('is not shown by a pin that %s, as the desk reports before the build', async (_, source, decision, then) => {
    const { origin, site } = await threePapers();
    const sources = [
      `{ id: a, url: "${origin.url}/a"${source} }`,
      ...['b', 'c'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`),
    ];
    site.configure({ sources });
    write(
      site,
      `{ article: "${FLOOD}", pin: true, ${decision} }`,
      `{ article: "${MAYOR}", story: { with: "${HARBOUR}" } }`,
    );
    await site.run(at(10));
    const desk = async (...argv: string[]) =>
      (await newsloom('desk', ...argv, '--config', join(site.root, 'config', 'newsloom.yaml'))).out;
    if (then.length > 0) await desk(...then);
    expect(await desk('pin', HARBOUR)).toContain('pinned to the front page; run `newsloom');
    await site.run(at(11));
    const [top = ''] = site.read('index.html').split('id="latest"');
    expect(top.match(/class="pinned"/g)).toHaveLength(1);
    expect(top).toContain('Northport harbour flooded by storm');
    expect(top).not.toContain(STORM);
  });

  it('shows a joined article, even one that looks like a correction of its own source', async () => {
    const { origin, site } = await threePapers();
    const text = 'The storm flooded the old harbour of Northport; boats sank and forty people left their houses.';
    const again = { title: 'Storm floods old harbour of Northport', date: '2026-11-24T09:30:00Z', description: text };
    const first = { title: STORM, date: '2026-11-24T05:00:00Z', description: text };
    origin.pages.set('/a', { body: rss('Paper A', [again, first]) });
    await site.run(at(10));
    expect(told(site)[0]).not.toContain(again.title);
    const AGAIN = 'https://paper.example/storm-floods-old-harbour-of-northport';
    write(site, `{ article: "${AGAIN}", story: { with: "${HARBOUR}" } }`);
    await site.run(at(11));
    expect(told(site)[0]).toContain(again.title);
    const joined = told(site);
    await site.run(at(12));
    expect(told(site)).toEqual(joined);
  });

  it('contains joined articles until the join is removed', async () => {
    const { site } = await threePapers();
    const before = site.files();
    expect(told(site)).toEqual([[expect.stringContaining('Northport'), expect.stringContaining('Northport')]]);
    write(site, `{ article: "${MAYOR}", story: { with: "${FLOOD}" } }`);
    await site.run(at(10));
    expect(told(site)[0]).toContain('Mayor speaks of a bad night');
    const joined = site.files();
    const page = [...joined].find(
      ([path, text]) => path.startsWith('articles/') && text.includes('<h1 class="p-name" lang="en" dir="ltr">Mayor'),
    )!;
    expect(page[1]).toContain(STORM);
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    await site.run(at(11));
    expect(site.files()).toEqual(joined);
    write(site);
    await site.run(at(12));
    expect(site.files()).toEqual(before);
  });

  it('merges the story that a joined article leads, with redirects, and splits both again', async () => {
    const { origin, site } = await threePapers();
    const text = 'The parliament of Ostmark elected Ilse Brandt chancellor after eleven ballots and a night of talks.';
    origin.pages.set('/c', {
      body: rss(
        'Paper C',
        [{ title: 'Ostmark parliament elects Brandt chancellor', date: at(8), description: `${text} At last.` }],
        'https://c.example/',
      ),
    });
    origin.pages.set('/b', {
      body: rss(
        'Paper B',
        [{ title: 'Brandt elected chancellor by Ostmark parliament', date: at(8), description: text }],
        'https://b.example/',
      ),
    });
    await site.run(at(10));
    expect(told(site)).toHaveLength(2);
    const before = site.files();
    const slug = (path: string) => path.slice('stories/'.length).replace(/\..*/, '');
    const story = [...site.files('stories')].find(([path, page]) => path.endsWith('.json') && page.includes('Brandt'))!;
    write(site, `{ article: "${BRANDT}", story: { with: "${FLOOD}" } }`);
    await site.run(at(11));
    expect(told(site)).toHaveLength(1);
    expect(told(site)[0]).toHaveLength(3); // a publication's newer report replaces its older one
    expect(await explain(site, HARBOUR, BRANDT)).toMatch(/^One story: decided by the desk \(.*desk\.yaml:2\)\n/);
    const old = `stories/${slug(story[0])}`;
    expect(site.read(`${old}.html`)).toContain('http-equiv="refresh"');
    expect(site.json(`${old}.json`).items).toHaveLength(4);
    write(site);
    await site.run(at(12));
    expect(site.files()).toEqual(before);
  });

  it('counts a correction that the editor joins', async () => {
    const { origin, site } = await threePapers();
    const text = Array.from({ length: 40 }, (_, i) => `word${i} of the report on bees`).join(' ');
    const item = (title: string, hour: number) => ({ title, date: at(hour), description: text });
    origin.pages.set('/c', {
      body: rss('Paper C', [item('Bees return', 7), item('Bees return to town', 8)], 'https://c.example/'),
    });
    await site.run(at(10));
    const page = (title: string) => [...site.files('stories')].some(([, html]) => html.includes(title));
    const before = site.files();
    write(site, `{ article: "https://c.example/bees-return-to-town", story: { with: "${FLOOD}" } }`);
    await site.run(at(11));
    expect(told(site)[0]).toContain('Bees return to town');
    expect(page('Bees return to town')).toBe(true);
    write(site);
    await site.run(at(12));
    expect(site.files()).toEqual(before);
  });

  it('stays split as the editor decided, even with new reports', async () => {
    const { origin, site } = await threePapers();
    write(site, `{ article: "${HARBOUR}", story: { apart: "${FLOOD}" } }`);
    await site.run(at(10));
    expect(told(site)).toEqual([]);
    expect(await explain(site, FLOOD, HARBOUR)).toMatch(/^Not one story: decided by the desk \(.*desk\.yaml:2\)\n/);
    expect(await explain(site, HARBOUR)).toMatch(
      /desk +shown\n +kept out of the story of "Storm floods the old harbour/,
    );
    const text =
      'The storm flooded the old harbour of Northport; boats sank and forty people left their houses. Schools are shut.';
    origin.pages.set('/c', {
      body: rss(
        'Paper C',
        [{ title: 'Storm: Northport harbour flooded', date: '2026-11-24T10:00:00Z', description: text }],
        'https://c.example/',
      ),
    });
    await site.run(at(11));
    expect(told(site).flat()).not.toContain('Northport harbour flooded by storm');
    expect(told(site)).toHaveLength(1);
  });

  describe('of one text in three papers', () => {
    const page = (host: string) => `https://${host}.example/dam-breaks-above-lower-velm`;
    const shown = (site: TestSite) => site.json('all.json').items.map(({ url }) => url);

    async function oneText(): Promise<TestSite> {
      const text = Array.from({ length: 30 }, (_, i) => `word${i} of the broken dam`).join(' ');
      const wire = (host: string) =>
        rss(`Paper ${host}`, [{ title: 'Dam breaks above Lower Velm', date: at(5), description: text }], `https://${host}.example/`); // biome-ignore format: one item
      const origin = await serveFeeds({ '/a': wire('a'), '/b': wire('b'), '/c': wire('c') });
      const site = aSite({
        sources: ['a', 'b', 'c'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`),
      });
      open.push(origin, site);
      await site.run(at(9));
      expect(shown(site)).toEqual([page('a')]);
      return site;
    }

    it('folds a split copy again after the split is removed', async () => {
      const site = await oneText();
      const before = site.files();
      write(site, `{ article: "${page('b')}", story: { apart: "${page('a')}" } }`);
      await site.run(at(10));
      expect(shown(site).sort()).toEqual([page('a'), page('b')]);
      write(site);
      await site.run(at(11));
      expect(shown(site)).toEqual([page('a')]);
      expect(site.files()).toEqual(before);
    });

    it('shows one of the remaining copies if the first is split off', async () => {
      const site = await oneText();
      write(site, `{ article: "${page('a')}", story: { apart: "${page('b')}" } }`);
      await site.run(at(10));
      expect(shown(site).sort()).toEqual([page('a'), page('b')]);
      write(site);
      await site.run(at(11));
      expect(shown(site)).toHaveLength(1);
    });
  });

  it('follows the first of two contradicting entries in every run', async () => {
    const { origin, site } = await threePapers();
    const news = (n: number) =>
      origin.pages.set('/c', {
        body: rss('Paper C', [{ title: `Bees ${n} return`, date: at(n) }], 'https://c.example/'),
      });
    const [together, apart] = [
      `{ article: "${FLOOD}", story: { with: "${HARBOUR}" } }`,
      `{ article: "${HARBOUR}", story: { apart: "${FLOOD}" } }`,
    ];
    const isTold = async (hour: number, ...entries: string[]) => {
      write(site, ...entries);
      news(hour);
      const { report } = await site.run(at(hour));
      return [told(site).length, report.warnings.map(({ message }) => message)];
    };
    const refused = [expect.stringMatching(/desk\.yaml:3: contradicts "story" in line 2: the first entry counts/)];
    expect(await isTold(10, together, apart)).toEqual([1, refused]);
    expect(await isTold(11, together, apart)).toEqual([1, []]);
    expect(await isTold(12, together, apart)).toEqual([1, []]);
    expect(await isTold(13, apart, together)).toEqual([0, refused]);
    expect(await isTold(14, apart, together)).toEqual([0, []]);
    const third = `{ article: "https://c.example/bees-14-return", story: { with: "${FLOOD}" } }`;
    const chained = [
      third,
      `{ article: "${FLOOD}", story: { with: "${HARBOUR}" } }`,
      `{ article: "${HARBOUR}", story: { apart: "https://c.example/bees-14-return" } }`,
    ];
    expect(await isTold(15, ...chained)).toEqual([
      1,
      [expect.stringMatching(/desk\.yaml:4: contradicts "story" in line 3/)],
    ]);
    expect(await isTold(16, chained[2]!, chained[0]!, chained[1]!)).toEqual([
      1,
      [expect.stringMatching(/desk\.yaml:4: contradicts "story" in line 2/)],
    ]);
  });

  it('is led by the editor’s choice', async () => {
    const { site } = await threePapers();
    const [first = []] = told(site);
    write(site, `{ article: "${first[0] === STORM ? HARBOUR : FLOOD}", lead: true }`);
    const id = site.json('stories.json').items[0]!.id;
    await site.run(at(10));
    expect(told(site)).toEqual([[first[1], first[0]]]);
    expect(site.json('stories.json').items[0]!.id).toBe(id);
    write(site);
    await site.run(at(11));
    expect(told(site)).toEqual([first]);
  });
});

describe('a desk with errors', () => {
  it('reports the line once, and applies the rest', async () => {
    const { site } = await paper();
    await site.run(at(9));
    write(
      site,
      '{ article: "https://paper.example/nowhere", hide: true }',
      `{ article: "${FERRY}", hide: true }`,
      `{ article: "${FERRY}?utm_source=x", title: Ours }`,
    );
    const { report } = await site.run(at(10));
    expect(report.warnings.map(({ message }) => message.replace(site.root, ''))).toEqual([
      expect.stringMatching(/desk\.yaml:4: .* \(line 3\) and .* are the same article: the first entry counts/),
      expect.stringMatching(
        /desk\.yaml:2: unknown article https:\/\/paper\.example\/nowhere: the entry applies when the article arrives/,
      ),
    ]);
    expect(titles(site)).toEqual(['Tram stops', 'Bridge opens']);
    expect((await site.run(at(11))).report.warnings).toEqual([]);
  });
});

describe('pin', () => {
  it('puts articles first on the front page, in the order of the file, and changes nothing else', async () => {
    const { site } = await paper();
    await site.run(at(9));
    const before = site.files();
    write(site, '{ article: "https://paper.example/bridge-opens", pin: true }', `{ article: "${FERRY}", pin: true }`);
    await site.run(at(10));
    const after = site.files();
    const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(changed.sort()).toEqual(['fragments/top.html', 'index.html', 'manifest.json']);
    const index = after.get('index.html')!;
    expect(index.indexOf('Bridge opens')).toBeLessThan(index.indexOf('Ferry sails'));
    expect(index.indexOf('id="latest"')).toBeGreaterThan(index.indexOf('Ferry sails'));
    write(site);
    await site.run(at(11));
    expect(site.files()).toEqual(before);
  });

  it('ends when the newest article is from its day or later', async () => {
    const { origin, site } = await paper();
    const config = join(site.root, 'config', 'newsloom.yaml');
    await site.run(at(9));
    const pinned = await newsloom('desk', 'pin', 'https://paper.example/bridge-opens', '--until', '2026-11-26', '--config', config); // biome-ignore format: one call
    expect(pinned.out).toContain('pinned to the front page until 2026-11-26');
    await site.run(at(10));
    const [top] = site.read('index.html').split('id="latest"');
    expect(top).toContain('Bridge opens');
    const files = site.files();
    await site.run(at(10, 27)); // time alone changes nothing
    expect(site.files()).toEqual(files);
    const news = (day: number) => ({ title: `Quay ${day} closes`, date: `2026-11-${day}T05:00:00Z` });
    origin.pages.set('/a', { body: rss('Paper A', [news(25), ...NEWS]) });
    await site.run(at(11, 27));
    expect(site.read('index.html').split('id="latest"')[0]).toContain('Bridge opens');
    origin.pages.set('/a', { body: rss('Paper A', [news(26), news(25), ...NEWS]) });
    await site.run(at(12, 27));
    expect(site.read('index.html')).not.toContain('Pinned');
    expect((await newsloom('desk', 'list', '--config', config)).out).toContain('until 2026-11-26 (ended)');
    const desk = await aDesk(site.root);
    try {
      expect(await (await (await signIn(desk)).get('/front')).text()).toContain('No article is pinned.');
    } finally {
      await desk.stop();
    }
    writeFileSync(join(site.root, 'config', 'desk.yaml'), '- { article: x, pin: { until: soon } }\n');
    expect((await newsloom('check', '--config', config)).out).toMatch(/desk\.yaml:1:\d+ desk\[0\]\.pin/);
  });

  it('ends for a withdrawn article', async () => {
    const more = ['Quay closes', 'Buoy drifts'].map((title, n) => ({ title, date: `2026-11-24T0${5 - n}:00:00Z` }));
    const { origin, site } = await paper(', withdrawn: mark', [...NEWS, ...more]);
    write(site, '{ article: "https://paper.example/tram-stops", pin: true }');
    await site.run(at(9));
    origin.pages.set('/a', { body: rss('Paper A', [NEWS[0]!, NEWS[2]!, ...more]) });
    await site.run(at(10));
    await site.run(at(11));
    const [top, latest] = site.read('index.html').split('id="latest"');
    expect(latest).toContain('Withdrawn: Tram stops');
    expect(top).not.toContain('Tram stops');
  });
});
