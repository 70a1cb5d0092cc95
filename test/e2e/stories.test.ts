/**
 * Stories on pages and in feeds over several days: they start, grow, merge, lose reports, and are restored from
 * published files.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { restoreSite } from '../../src/app/restore-site.js';
import { toSlug } from '../../src/text/slug.js';
import { aSite, type SiteParts, type TestSite } from '../support/a-site.js';
import { type FeedServer, type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';

const open: { close?(): Promise<void>; remove?(): void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) {
    await one.close?.();
    one.remove?.();
  }
});

const PAPERS = ['ledger', 'herald', 'courier', 'wire'] as const;
type Paper = (typeof PAPERS)[number];
const NAMES: Record<Paper, string> = {
  ledger: 'The Ledger',
  herald: 'The Herald',
  courier: 'The Courier',
  wire: 'Sea Wire',
};
const home = (paper: Paper) => `https://${paper}.example/`;
const at = (day: number, hour: number, minute = 0) => new Date(Date.UTC(2026, 10, day, hour, minute)).toISOString();
const link = (paper: Paper, name: string) => `${home(paper)}${name}`;
const pageOf = (paper: Paper, name: string) => `articles/${toSlug(link(paper, name))}.html`;

const FREIGHTER =
  'The freighter Malvina ran onto the Skerry reef off Northport in fog; twelve sailors were taken off by lifeboat.';
const item = (paper: Paper, name: string, title: string, date: string, description: string): RssItem => {
  return { title, link: link(paper, name), guid: link(paper, name), date, description };
};
const reef = {
  ledger: item('ledger', 'reef', 'Freighter Malvina runs onto Skerry reef off Northport', at(20, 6), FREIGHTER),
  herald: item(
    'herald',
    'reef',
    'Malvina aground: freighter strikes Skerry reef near Northport',
    at(20, 7),
    `Twelve sailors of the freighter Malvina were saved by lifeboat after she struck the Skerry reef off Northport.`,
  ),
  courier: item(
    'courier',
    'reef',
    'Tugs pull at the Malvina on the Skerry reef off Northport',
    at(20, 12),
    `Two tugs failed to free the freighter Malvina from the Skerry reef off Northport; her twelve sailors are ashore.`,
  ),
};

class News {
  readonly #items = new Map<Paper, RssItem[]>(PAPERS.map((paper) => [paper, []]));
  readonly server: FeedServer;
  site!: TestSite;

  constructor(server: FeedServer) {
    this.server = server;
  }

  parts(papers: readonly Paper[] = PAPERS, more: readonly string[] = []): SiteParts {
    return {
      sources: papers.map((paper) => `{ id: ${paper}, url: "${this.server.url}/${paper}" }`),
      topics: ['{ id: sea, label: Sea, any: [freighter, ferry, reef] }'],
      more,
    };
  }

  print(paper: Paper, ...items: readonly RssItem[]): void {
    this.#items.get(paper)!.unshift(...items);
    this.#serve(paper);
  }

  #serve(paper: Paper): void {
    this.server.pages.set(`/${paper}`, { body: rss(NAMES[paper], this.#items.get(paper)!, home(paper)) });
  }

  takeBack(paper: Paper, name: string): void {
    this.#items.set(
      paper,
      this.#items.get(paper)!.filter((one) => one.link !== link(paper, name)),
    );
    this.#serve(paper);
  }
}

async function news(more: readonly string[] = [], papers: readonly Paper[] = PAPERS): Promise<News> {
  const server = await serveFeeds();
  const made = new News(server);
  for (const paper of PAPERS)
    made.print(
      paper,
      item(
        paper,
        'daily',
        `${NAMES[paper]} opens an archive of ${paper} maps`,
        at(19, 5),
        `Old maps of the ${paper} are shown in the town hall.`,
      ),
    );
  made.site = aSite(made.parts(papers, more));
  open.push(server, made.site);
  return made;
}

const storiesOf = (site: TestSite) => [...site.files('stories').keys()].filter((path) => path.endsWith('.html'));
const told = (site: TestSite) => storiesOf(site).filter((path) => site.files().has(path.replace('.html', '.json')));
const titles = (html: string, start = '<ol id="course"') => {
  return [...html.slice(html.indexOf(start)).matchAll(/<h3 class="p-name"><a [^>]*>([^<]*)</g)].map(
    ([, title]) => title,
  );
};

async function lose(site: TestSite): Promise<void> {
  rmSync(join(site.root, '.newsloom'), { recursive: true });
  const settings = await loadSite(join(site.root, 'config', 'newsloom.yaml'), {});
  const report = await restoreSite(settings, new AbortController().signal);
  expect(report.problems).toEqual([]);
}

describe('a story', () => {
  it('starts with the second publication, grows, and lists its reports in order', async () => {
    const paper = await news();
    const { site } = paper;
    paper.print('ledger', reef.ledger);
    await site.run(at(20, 6, 30));
    expect(storiesOf(site)).toEqual([]);
    expect(site.files().has('stories.html')).toBe(false);
    expect(site.read('index.html')).not.toContain('id="top"');

    paper.print('herald', reef.herald);
    await site.run(at(20, 8));
    const [page, ...others] = storiesOf(site);
    expect(others).toEqual([]);
    expect(site.read(page!)).toContain('<p class="told">2 reports from 2 publications, first ');
    expect(titles(site.read(page!))).toEqual([reef.herald.title, reef.ledger.title]);
    const index = site.read('index.html');
    expect(index).toMatch(new RegExp(`<section id="top"[^]*<h2 class="p-name"><a class="u-url" href="${page}"`));
    expect(index).toContain(`<a href="${pageOf('ledger', 'reef')}"><bdi class="by">The Ledger</bdi>`);
    expect(site.read('stories.html')).toContain(`href="${page}"`);
    expect(site.read(pageOf('ledger', 'reef'))).toContain(`<a href="../${page}">All 2 reports</a>`);

    paper.print('courier', reef.courier);
    const { report } = await site.run(at(20, 13));
    expect(storiesOf(site)).toEqual([page]);
    expect(titles(site.read(page!))).toEqual([reef.courier.title, reef.herald.title, reef.ledger.title]);
    expect(site.read(pageOf('herald', 'reef'))).toContain('All 3 reports');
    expect(report.files.removed).toBe(0);
  });

  it('has its own feed, newest first, in each format', async () => {
    const paper = await news();
    const { site } = paper;
    for (const name of ['ledger', 'herald', 'courier'] as const) paper.print(name, reef[name]);
    await site.run(at(20, 13));
    const [page] = storiesOf(site);
    const feed = site.json(page!.replace('.html', '.json'));
    const links = feed.items.map(({ url }) => url);
    expect(links).toEqual((['courier', 'herald', 'ledger'] as const).map((name) => link(name, 'reef')));
    expect(feed).toMatchObject({
      home_page_url: `https://news.example.org/feeds/${page}`,
      _story: { lead: link('courier', 'reef') },
    });
    for (const format of ['rss', 'atom']) {
      const text = site.read(page!.replace('html', format));
      expect([...text.matchAll(/reef<\/(?:guid|id)>/g)]).toHaveLength(3);
      expect(site.read(page!)).toContain(`href="../${page!.replace('html', format)}"`);
    }
    expect(site.read('feeds.opml')).not.toContain(page!.replace('.html', ''));
  });

  it('counts copies as reports, not as entries of its feed', async () => {
    const paper = await news();
    const { site } = paper;
    const text = `${FREIGHTER} The harbour master closed the northern channel until the evening, and divers will look at the hull as soon as the sea is calm enough for them.`;
    paper.print('ledger', { ...reef.ledger, description: text });
    paper.print('wire', item('wire', 'reef', reef.ledger.title, at(20, 6, 30), text));
    paper.print('herald', reef.herald);
    await site.run(at(20, 8));
    const [page] = storiesOf(site);
    const html = site.read(page!);
    expect(html).toContain('Told by 3 publications');
    expect(titles(html)).toEqual([reef.herald.title, reef.ledger.title]);
    expect(html).toMatch(new RegExp(`The same text in <a href="../${pageOf('wire', 'reef')}"><bdi>Sea Wire</bdi>`));
    const feed = site.json(page!.replace('.html', '.json'));
    expect(feed.items).toHaveLength(2);
    expect(feed._story).toMatchObject({ copies: [{ id: link('wire', 'reef'), of: link('ledger', 'reef') }] });
    expect(site.read(pageOf('wire', 'reef'))).toContain('All 3 reports');
  });

  it('writes nothing without news, and one page and three feeds when it grows', async () => {
    const paper = await news();
    const { site } = paper;
    paper.print('ledger', reef.ledger);
    paper.print('herald', reef.herald);
    await site.run(at(20, 8));
    const quiet = await site.run(at(20, 9));
    expect(quiet.report).toMatchObject({ changed: false, files: { written: 0, removed: 0 } });
    const before = site.files('stories');
    paper.print(
      'wire',
      item('wire', 'goats', 'Goats graze the dyke at Elmhurst', at(20, 9), 'Forty goats graze the dyke.'),
    );
    await site.run(at(20, 10));
    expect(site.files('stories')).toEqual(before);
  });
});

describe('a story that loses reports', () => {
  it('redirects to the remaining article without feeds, and returns with the next report', async () => {
    const paper = await news();
    const { site } = paper;
    paper.print('ledger', reef.ledger);
    paper.print('herald', reef.herald);
    await site.run(at(20, 8));
    const [page] = storiesOf(site);
    const published = site.files('stories');
    hide(site, link('herald', 'reef'));
    await site.run(at(20, 9));
    expect([...site.files('stories').keys()]).toEqual([page]);
    expect(site.read(page!)).toContain(`content="0; url=../${pageOf('ledger', 'reef')}"`);
    expect(site.read(pageOf('ledger', 'reef'))).not.toContain('stories/');
    expect(site.read('stories.html')).toContain('Nothing here yet.');
    hide(site);
    await site.run(at(20, 10));
    expect(site.files('stories')).toEqual(published);
    hide(site, link('herald', 'reef'));
    await site.run(at(20, 11));
    await losesNothing(site, at(20, 11, 30));
    hide(site, link('herald', 'reef'), link('ledger', 'reef'));
    await site.run(at(20, 12));
    expect(site.read(page!)).toContain('<body class="withdrawn">');
    expect([...site.files().values()].filter((text) => text.includes('Malvina'))).toEqual([]);
    await losesNothing(site, at(20, 13));
  });

  it('leaves out withdrawn articles', async () => {
    const paper = await news();
    const { site } = paper;
    for (const name of ['herald', 'courier'] as const) paper.print(name, reef[name]);
    for (const hour of [1, 2, 3, 4]) {
      paper.print(
        'ledger',
        item('ledger', `fair-${hour}`, `Fair at Elmhurst, hour ${hour}`, at(20, hour), 'It opens.'),
      );
    }
    paper.print('ledger', reef.ledger);
    await site.run(at(20, 13));
    paper.takeBack('ledger', 'reef');
    for (const hour of [14, 15, 16]) {
      paper.print(
        'ledger',
        item('ledger', `fair-${hour}`, `Fair at Elmhurst, hour ${hour}`, at(20, hour), 'It goes on.'),
      );
      await site.run(at(20, hour, 30));
    }
    const [page] = storiesOf(site);
    expect(titles(site.read(page!))).toEqual([reef.courier.title, reef.herald.title]);
    expect(site.files().has(pageOf('ledger', 'reef'))).toBe(false);
    expect(site.json(page!.replace('.html', '.json')).items).toHaveLength(2);
  });
});

describe('an article that is rewritten', () => {
  const pills = 'Pills of every colour at half of the price that your doctor asks, delivered tonight.';
  const joined = async (more: readonly string[] = []) => {
    const paper = await news(['publish: { formats: [json] }', ...more]);
    const { site } = paper;
    for (const name of ['ledger', 'herald', 'courier'] as const) paper.print(name, reef[name]);
    await site.run(at(20, 13));
    const [path] = site.files('stories').keys();
    const links = () => site.json(path!).items.map(({ url }) => url);
    const lead = () => (site.json(path!)._story as { lead: string }).lead;
    expect(lead()).toBe(link('courier', 'reef'));
    const rewrite = async (title: string, description: string, hour = 14) => {
      paper.takeBack('courier', 'reef');
      paper.print('courier', { ...reef.courier, title, description });
      await site.run(at(20, hour));
    };
    const shown = () => site.json('sources/courier.json').items.find(({ url }) => url === link('courier', 'reef'));
    return { paper, site, path: path!, links, lead, rewrite, shown };
  };

  it('leaves its story, and keeps its id and date', async () => {
    const { paper, site, path, links, lead, rewrite, shown } = await joined();
    const before = shown();
    await rewrite('Buy pills here', pills);
    expect(links()).toEqual([link('herald', 'reef'), link('ledger', 'reef')]);
    expect(lead()).toBe(link('herald', 'reef'));
    const { id, url, date_published } = before!;
    expect(shown()).toMatchObject({ id, url, date_published, title: 'Buy pills here' });
    expect([...site.files('stories').keys()]).toEqual([path]);
    expect((await site.run(at(20, 15))).report.files).toMatchObject({ written: 0, removed: 0 });
    const title = 'Divers reach the hull of the freighter Malvina on the Skerry reef';
    paper.print('wire', item('wire', 'reef', title, at(20, 16), `Off Northport, divers saw the hull. ${FREIGHTER}`));
    await site.run(at(20, 17));
    expect(links()).toEqual([link('wire', 'reef'), link('herald', 'reef'), link('ledger', 'reef')]);
  });

  it('stays with a correction, and with an update', async () => {
    const { links, lead, rewrite } = await joined();
    await rewrite('Tugs pull at the Malvina on the Skerry reef', `Correction: ${reef.courier.description}`);
    await rewrite(
      'Malvina is afloat again off Northport',
      'A third tug pulled the freighter Malvina off the Skerry reef at high tide; she is under way to a dockyard.',
      15,
    );
    expect(links()).toHaveLength(3);
    expect(lead()).toBe(link('courier', 'reef'));
  });

  it('stays where the editor put it', async () => {
    for (const entry of ['lead: true', `story: { with: "${link('ledger', 'reef')}" }`]) {
      const { site, links, rewrite } = await joined();
      desk(site, [`{ article: "${link('courier', 'reef')}", ${entry} }`]);
      await rewrite('Buy pills here', pills);
      expect(links()).toContain(link('courier', 'reef'));
    }
  });

  it('may leave several stories that others joined', async () => {
    const { paper, site, links, rewrite } = await joined();
    const events = [
      [
        'Old cotton mill at Oakham burns down',
        'The old cotton mill at Oakham burned to the ground; nobody was inside.',
      ],
      [
        'Council of Wexley elects Ada Quay mayor',
        'The council of Wexley elected Ada Quay as mayor by nine votes to four.',
      ],
      [
        'Chess champion Ilves loses title in Tartu',
        'Ilves lost the chess title in Tartu after a rook endgame of six hours.',
      ],
      [
        'Snow closes Karwend pass for winter',
        'The Karwend pass closed for the winter after a metre of snow overnight.',
      ],
    ] as const;
    for (const [n, [title, text]] of events.entries()) {
      await rewrite(title, text, 14 + n);
      paper.print('herald', item('herald', `event-${n}`, title, at(20, 14 + n, 10), `${text} More soon.`));
      await site.run(at(20, 14 + n, 30));
    }
    expect(links()).toEqual([link('herald', 'reef'), link('ledger', 'reef')]);
    const stories = [...site.files('stories').keys()].map((path) => site.json(path).items.map(({ url }) => url));
    expect(stories).toContainEqual([link('courier', 'reef')]); // without the copy
  });

  it('gets no reports of its former text if it was alone', async () => {
    const paper = await news(['publish: { formats: [json] }']);
    const { site } = paper;
    paper.print('courier', reef.courier);
    await site.run(at(20, 13));
    paper.takeBack('courier', 'reef');
    paper.print('courier', { ...reef.courier, title: 'Buy pills here', description: pills });
    await site.run(at(20, 14));
    for (const name of ['ledger', 'herald'] as const) paper.print(name, reef[name]);
    await site.run(at(20, 15));
    const [path] = site.files('stories').keys();
    expect(site.json(path!).items).toHaveLength(2);
  });
});

describe('stories that the editor joins', () => {
  const fire = {
    ledger: item(
      'ledger',
      'fire',
      'Mill at Oakham burns down',
      at(20, 6),
      'The old cotton mill at Oakham burned to the ground; nobody was inside.',
    ),
    herald: item(
      'herald',
      'fire',
      'Oakham cotton mill burns to the ground',
      at(20, 7),
      'Fire took the cotton mill at Oakham, which stood empty.',
    ),
  };

  it('are one: the former address and feed redirect to the other', async () => {
    const paper = await news();
    const { site } = paper;
    paper.print('ledger', reef.ledger, fire.ledger);
    paper.print('herald', reef.herald, fire.herald);
    await site.run(at(20, 8));
    const pages = storiesOf(site);
    expect(pages).toHaveLength(2);
    desk(site, ['ledger', 'herald'].map((name) => `{ article: "${link(name as Paper, 'fire')}", story: { with: "${link('ledger', 'reef')}" } }`)); // biome-ignore format: one list
    await site.run(at(20, 9));
    const merged = pages.filter((path) => site.read(path).includes('http-equiv="refresh"'));
    const [left] = pages.filter((path) => !merged.includes(path));
    expect(merged).toHaveLength(1);
    expect(titles(site.read(left!))).toEqual([reef.herald.title, reef.ledger.title]);
    expect(JSON.parse(site.read(left!.replace('html', 'json'))).items).toHaveLength(4);
    expect(site.read(merged[0]!)).toContain(`url=${left!.slice('stories/'.length)}"`);
    expect(site.read(merged[0]!)).toContain(`<link rel="canonical" href="https://news.example.org/feeds/${left}">`);
    for (const format of ['rss', 'atom', 'json']) {
      expect(site.read(merged[0]!.replace('html', format))).toBe(site.read(left!.replace('html', format)));
    }
    await losesNothing(site, at(20, 10));
    desk(site, []);
    await site.run(at(20, 11));
    expect(told(site)).toEqual(pages);
  });
});

describe('the front page', () => {
  it('starts with pinned articles, and folds consecutive articles of one source', async () => {
    const paper = await news();
    const { site } = paper;
    paper.print('ledger', reef.ledger);
    paper.print('herald', reef.herald);
    const minutes = Array.from({ length: 9 }, (_, i) => item('wire', `minute-${i}`, `Council of Elmhurst, minute ${'abcdefghi'[i]}`, at(20, 8, i), `Drains of street ${i}.`)); // biome-ignore format: one list
    paper.print('wire', ...minutes);
    desk(site, [`{ article: "${link('wire', 'minute-3')}", pin: true }`]);
    await site.run(at(20, 9));
    const index = site.read('index.html');
    const top = index.slice(index.indexOf('<section id="top"'), index.indexOf('id="latest"'));
    expect([...top.matchAll(/<h2 class="p-name"><a class="u-url" href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      pageOf('wire', 'minute-3'),
      ...storiesOf(site),
    ]);
    const latest = index.slice(index.indexOf('id="latest"'));
    expect(latest).toContain('<li class="run"><a href="sources/wire.html">and 6 more from Sea Wire</a></li>');
    expect(titles(latest, '')).toHaveLength(2 + 2 + 4);
  });

  it('is independent of the order of sources', async () => {
    const paper = await news();
    const { site } = paper;
    for (const name of ['ledger', 'herald', 'courier'] as const) paper.print(name, reef[name]);
    await site.run(at(20, 13));
    for (const order of [
      ['wire', 'courier', 'herald', 'ledger'],
      ['herald', 'wire', 'ledger', 'courier'],
    ] as const) {
      const other = aSite(paper.parts(order));
      open.push(other);
      await other.run(at(20, 13));
      expect(other.files('stories')).toEqual(site.files('stories'));
      for (const path of ['index.html', 'stories.html']) expect(other.read(path)).toBe(site.read(path));
    }
  });
});

it('publishes feeds of stories without pages, and none if stories are off', async () => {
  const paper = await news(['publish: { formats: [json] }']);
  const { site } = paper;
  paper.print('ledger', reef.ledger);
  paper.print('herald', reef.herald);
  await site.run(at(20, 8));
  expect([...site.files('stories').keys()]).toEqual([expect.stringMatching(/^stories\/[a-z2-7]{12}\.json$/)]);
  await losesNothing(site, at(20, 9));
  site.configure(paper.parts(PAPERS, ['publish: { stories: false }']));
  await site.run(at(20, 10));
  expect([...site.files().keys()].filter((path) => path.startsWith('stories'))).toEqual([]);
  expect(site.read('index.html')).not.toMatch(/id="top"|stories/);
});

/** After a lost store, the next run publishes the same, byte for byte. */
async function losesNothing(site: TestSite, now: string): Promise<void> {
  const before = site.files();
  await lose(site);
  const { report } = await site.run(now);
  expect(site.files()).toEqual(before);
  expect(report.files).toMatchObject({ written: 0, removed: 0 });
}

function desk(site: TestSite, entries: readonly string[]): void {
  writeFileSync(join(site.root, 'config', 'desk.yaml'), `${entries.map((entry) => `- ${entry}`).join('\n') || '[]'}\n`);
}

function hide(site: TestSite, ...articles: readonly string[]): void {
  desk(site, articles.map((article) => `{ article: "${article}", hide: true }`)); // biome-ignore format: one call
}
