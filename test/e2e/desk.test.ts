/** The desk in whole runs over loopback: what readers see of each decision, and what comes back from a lost store. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
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
  it('takes an article out of every document, and brings the same bytes back', async () => {
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

  it('knows an article that was hidden before it came, which leaves no trace', async () => {
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

  it('stays hidden when its publisher corrects it, when the store is lost, and after that', async () => {
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
  it('gives its place to the copy that was folded behind it, and takes it again', async () => {
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
  it('forgets the text and takes the article from no source again', async () => {
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
  it.each([{ hide: true }, { takedown: true }])('keeps an article out that a lost store knew: %j', async (action) => {
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
  it('brings the article back as it was with the next read, though its feed has not changed', async () => {
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

describe('a desk whose file is gone', () => {
  it('stays in force, and is told of in each run, until one is there again', async () => {
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
        expect.stringMatching(
          /desk\.yaml is gone: what its 2 entries say stays in force \(takedowns: 1\); .* write \[\]/,
        ),
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

  it('may have been moved into the config, where its last entry may go', async () => {
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

  it('has nothing of a text that was taken down, also where the database moved it about', async () => {
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
  it('is laid over in all formats and on the pages, says so, and outlives the publisher and the store', async () => {
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

describe('an approval that is taken back', () => {
  const TRAM = 'https://paper.example/tram-stops';
  it('lets the article wait again, also when the store is lost, until it is approved again', async () => {
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

  it('leaves what is reviewed no more, or was rejected, as it is', async () => {
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

  it('is shown once by the front page where several of its reports are pinned', async () => {
    const { site } = await threePapers();
    const config = join(site.root, 'config', 'newsloom.yaml');
    await newsloom('desk', 'pin', HARBOUR, MAYOR, FLOOD, '--config', config);
    await site.run(at(10));
    const [top = ''] = site.read('index.html').split('id="latest"');
    expect(top.match(/class="pinned"/g)).toHaveLength(2);
    expect(top.indexOf('Northport harbour flooded by storm')).toBeLessThan(top.indexOf('Mayor speaks'));
  });

  it('is explained with what readers do not see of it', async () => {
    const { site } = await threePapers();
    const explained = async () =>
      (await newsloom('explain', HARBOUR, '--config', join(site.root, 'config', 'newsloom.yaml'))).out;
    expect(await explained()).toMatch(/story +\w+\n +page: https:.*\n +Paper A: .*northport>\n/);
    write(site, `{ article: "${FLOOD}", hide: true }`);
    await site.run(at(10));
    expect(await explained()).toMatch(/ +Paper A: .*northport> \(not shown: hidden by the desk\)\n/);
  });

  it('is shown by the pin that is first in the file', async () => {
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
  ])('is not shown by a pin that %s, and the desk knows before the build', async (_, source, decision, then) => {
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

  it('shows what was joined to another report, also where it looked like a correction of its own source', async () => {
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

  it('takes in what the editor joins, and lets it go again', async () => {
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

  it('takes along the story that the joined article leads, whose addresses lead on, and parts both again', async () => {
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
    expect(told(site)[0]).toHaveLength(4);
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

  it('is parted where the editor parts it, also when more comes in', async () => {
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

    it('folds a copy again that was parted, once that is taken back', async () => {
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

    it('shows one of the copies that are left where the first is parted', async () => {
      const site = await oneText();
      write(site, `{ article: "${page('a')}", story: { apart: "${page('b')}" } }`);
      await site.run(at(10));
      expect(shown(site).sort()).toEqual([page('a'), page('b')]);
      write(site);
      await site.run(at(11));
      expect(shown(site)).toHaveLength(1);
    });
  });

  it('is told the same in every run where two wishes contradict each other: by the first', async () => {
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
    const refused = [expect.stringMatching(/desk\.yaml:3: line 2 wants the opposite .*: the first entry counts/)];
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
    expect(await isTold(15, ...chained)).toEqual([1, [expect.stringMatching(/desk\.yaml:4: line 3 wants/)]]);
    expect(await isTold(16, chained[2]!, chained[0]!, chained[1]!)).toEqual([
      1,
      [expect.stringMatching(/desk\.yaml:4: line 2 wants/)],
    ]);
  });

  it('is led by the article that the editor chose', async () => {
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

describe('a desk with slips', () => {
  it('says which line, goes on with the rest, and says it once', async () => {
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
      expect.stringMatching(/desk\.yaml:4: .* \(line 3\) and .* are one article: the first entry counts/),
      expect.stringMatching(
        /desk\.yaml:2: no article is known as https:\/\/paper\.example\/nowhere: the entry waits for it/,
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
    expect(changed.sort()).toEqual(['index.html', 'manifest.json']);
    const index = after.get('index.html')!;
    expect(index.indexOf('Bridge opens')).toBeLessThan(index.indexOf('Ferry sails'));
    expect(index.indexOf('id="latest"')).toBeGreaterThan(index.indexOf('Ferry sails'));
    write(site);
    await site.run(at(11));
    expect(site.files()).toEqual(before);
  });

  it('ends for an article that its publisher takes back', async () => {
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
