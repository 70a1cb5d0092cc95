/** Thirty days of an editor with eight newspapers and a desk: each action, what readers saw, what was written. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';
import { thorough } from '../support/thorough.js';

const PAPERS = ['courier', 'post', 'ledger', 'herald', 'echo', 'mirror', 'star', 'globe'];
const SUBJECTS = [
  'ferry',
  'tram',
  'harbour',
  'school',
  'market',
  'bridge',
  'museum',
  'library',
  'theatre',
  'forest',
  'river',
];
const home = (paper: string) => `https://${paper}.example/`;

let origin: FeedServer;
let site: TestSite;
const items = new Map<string, RssItem[]>(PAPERS.map((paper) => [paper, []]));

const moment = (day: number, hour: number) => new Date(Date.UTC(2026, 9, day, hour)).toISOString();
const addressOf = (paper: string, day: number, n = 1) => `${home(paper)}${day}-${n}`;

function print(paper: string, item: RssItem): void {
  items.set(paper, [item, ...items.get(paper)!]);
}

function serve(): void {
  for (const paper of PAPERS) {
    origin.pages.set(`/${paper}`, { body: rss(`The ${paper}`, items.get(paper)!.slice(0, 15), home(paper)) });
  }
}

/** Each paper prints two articles in the morning. */
async function morning(day: number) {
  PAPERS.forEach((paper, p) => {
    for (const n of [2, 1]) {
      const subject = SUBJECTS[(day * 7 + p * 3 + n * 5) % SUBJECTS.length]!;
      const title = `${paper} ${day}/${n}: what the ${subject} of ward ${(day * 31 + p * 17 + n) % 97} needs`;
      const link = addressOf(paper, day, n);
      print(paper, {
        title,
        link,
        guid: link,
        date: moment(day, 8 - n),
        description: `Report ${day}-${p}-${n} of the ${subject}.`,
      });
    }
  });
  serve();
  return await build(day, 9);
}

async function build(day: number, hour: number) {
  return (await site.run(moment(day, hour))).report;
}

const desk = async (...argv: string[]) => {
  const { status, err } = await newsloom('desk', ...argv, '--config', join(site.root, 'config', 'newsloom.yaml'));
  expect([status, err]).toEqual([0, '']);
};

interface Listed {
  readonly id: string;
  readonly title: string;
  readonly published: unknown;
  readonly modified: unknown;
}

/** What readers of the feeds see, with archives, in order. */
function readers(channel = 'all'): Listed[] {
  const documents = [`${channel}.json`];
  for (let n = 1; existsSync(join(site.feeds, 'archive', channel, `${n}.json`)); n++) {
    documents.splice(1, 0, `archive/${channel}/${n}.json`);
  }
  const seen = new Map<string, Listed>();
  for (const item of documents.flatMap((path) => site.json(path).items)) {
    const { id, title, date_published: published, date_modified: modified } = item;
    if (!seen.has(String(id))) seen.set(String(id), { id: String(id), title: String(title), published, modified });
  }
  return [...seen.values()];
}

const titleOf = (address: string, channel = 'all') => readers(channel).find(({ id }) => id === address)?.title;
const datesOf = (list: readonly Listed[]) => list.map(({ id, published, modified }) => [id, published, modified]);

/** Files with numbers of articles or dates of channels. */
const LISTS = ['manifest.json', 'feeds.opml', 'index.html', 'topics.html', 'sources.html', 'sitemap.xml'];

/**
 * Performs a desk action in the afternoon, and compares the written files with those that showed the articles before or
 * after.
 */
async function act(day: number, articles: readonly string[], ...argv: string[]): Promise<string[]> {
  for (const address of articles) pageOf(address); // if it exists
  const before = site.files();
  const dates = datesOf(readers());
  await desk(...argv);
  await build(day, 15);
  const after = site.files();
  const written = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  const gone = [...before.keys()].filter((path) => !after.has(path));
  // A story with only one remaining publication has no feeds; its page redirects.
  expect(gone.filter((path) => !/^stories\/.*(?:rss|atom|json)$/.test(path))).toEqual([]);
  const own = [...articles, ...articles.map((address) => pageOf(address))];
  // Pages of related stories link to the article's story.
  const stories = [...before, ...after].filter(([path, text]) => /^stories\/.*html/.test(path) && own.some((name) => text.includes(name))); // biome-ignore format: one list
  const names = [...own, ...stories.map(([path]) => path.slice('stories/'.length))];
  const shows = (path: string) =>
    names.some((name) => before.get(path)?.includes(name) || after.get(path)?.includes(name));
  // A head with the article moves its last article to the archive; lists of topics and publications count their
  // articles.
  const grows = (path: string) =>
    /^archive\/(.*)\/\d+\.\w+$/.test(path) && shows(path.replace(/^archive\/(.*)\/\d+\.\w+$/, '$1.json'));
  const strangers = written.filter((path) => !shows(path) && !grows(path));
  expect(strangers.filter((path) => !LISTS.includes(path))).toEqual([]);
  // Ids, dates and order of all others are unchanged.
  const isOther = ([id]: readonly unknown[]) => !articles.includes(String(id));
  expect(datesOf(readers()).filter(isOther)).toEqual(dates.filter(isOther));
  expect((await build(day, 16)).files).toMatchObject({ written: 0, removed: 0 });
  return written.sort();
}

const pages = new Map<string, string>();
/** The slug of an article's page. */
function pageOf(address: string): string {
  const found = [...site.files('articles')].find(([, text]) => text.includes(`href="${address}"`))?.[0];
  if (found !== undefined) pages.set(address, found.slice('articles/'.length));
  return pages.get(address) ?? 'no such page';
}

beforeAll(async () => {
  origin = await serveFeeds();
  site = aSite({
    sources: PAPERS.map((paper) => `{ id: ${paper}, url: "${origin.url}/${paper}" }`),
    topics: [
      '{ id: transport, label: Transport, any: [ferry, tram, bridge] }',
      '{ id: culture, label: Culture, any: [museum, library, theatre] }',
    ],
    more: ['publish: { items: 40 }'],
  });
});
afterAll(async () => {
  await origin.close();
  site.remove();
});

const HIDDEN = addressOf('courier', 3);
const RETITLED = addressOf('post', 6);
const MOVED = addressOf('ledger', 9, 2);
const TAKEN = addressOf('herald', 4);
const PINNED = [addressOf('echo', 14), addressOf('star', 13)];

describe('October at the desk', { timeout: 300_000 }, () => {
  it('days 1 to 3: news comes in; a report of the courier turns out to be false, and is hidden', async () => {
    for (const day of [1, 2, 3]) await morning(day);
    expect(readers()).toHaveLength(48);
    const written = await act(3, [HIDDEN], 'hide', HIDDEN, '--note', 'false, says the courier');
    expect(titleOf(HIDDEN)).toBeUndefined();
    expect(written).toContain('all.atom');
    expect(site.read('all.atom')).toMatch(new RegExp(`deleted-entry [^>]*ref="${HIDDEN}"`));
    expect(site.read(`articles/${pageOf(HIDDEN)}`)).toContain('<body class="withdrawn">');
    expect(site.read(`articles/${pageOf(HIDDEN)}`)).not.toMatch(/courier 3\/1/);
  });

  it('days 4 to 6: it stays hidden; the post gets a headline that people understand', async () => {
    for (const day of [4, 5, 6]) await morning(day);
    expect(titleOf(HIDDEN)).toBeUndefined();
    const written = await act(
      6,
      [RETITLED],
      'title',
      RETITLED,
      'What this means for you',
      '--summary',
      'In short: nothing changes.',
    );
    expect(titleOf(RETITLED)).toBe('What this means for you');
    expect(written).toEqual(
      expect.arrayContaining(['all.rss', 'all.json', 'sources/post.atom', `articles/${pageOf(RETITLED)}`]),
    );
    expect(site.read(`articles/${pageOf(RETITLED)}`)).toContain('Headline by <bdi>The Section</bdi>');
    expect(site.read(`articles/${pageOf(RETITLED)}`)).toContain('First published by <strong><bdi>The post</bdi>');
  });

  it('day 7: the post changes its own headline; ours stays', async () => {
    items.set(
      'post',
      items.get('post')!.map((item) => (item.link === RETITLED ? { ...item, title: 'A third wording' } : item)),
    );
    await morning(7);
    expect(titleOf(RETITLED)).toBe('What this means for you');
    expect([...site.files().values()].filter((text) => text.includes('A third wording'))).toEqual([]);
  });

  thorough('days 8 and 9: a report on a ferry was about a play', async () => {
    for (const day of [8, 9]) await morning(day);
    const topics = site.json('all.json').items.find(({ id }) => id === MOVED)?.tags ?? [];
    await act(9, [MOVED], 'topics', MOVED, '--add', 'culture', '--remove', 'transport');
    expect(titleOf(MOVED, 'topics/culture')).toBeDefined();
    expect(titleOf(MOVED, 'topics/transport')).toBeUndefined();
    expect(topics).not.toEqual(['Culture']);
  });

  thorough('days 10 to 12: the herald must take down what it printed on the fourth, from the archive too', async () => {
    for (const day of [10, 11, 12]) await morning(day);
    expect(titleOf(TAKEN)).toBeDefined();
    const written = await act(12, [TAKEN], 'takedown', TAKEN);
    expect(written.some((path) => path.startsWith('archive/all/'))).toBe(true);
    expect([...site.files().values()].filter((text) => text.includes('herald 4/1'))).toEqual([]);
  });

  thorough('day 13: the herald prints it again, and the globe links to it: it does not come back', async () => {
    const again = { title: 'herald 4/1: back again', link: TAKEN, guid: TAKEN, date: moment(13, 5) };
    print('herald', again);
    print('globe', { ...again, title: 'Read this in the herald' });
    await morning(13);
    expect(titleOf(TAKEN)).toBeUndefined();
    expect([...site.files().values()].filter((text) => /herald 4\/1|Read this in the herald/.test(text))).toEqual([]);
  });

  thorough('days 14 and 15: two reports are pinned for a day', async () => {
    await morning(14);
    const index = site.read('index.html');
    expect(await act(14, PINNED, 'pin', ...PINNED)).toEqual(['fragments/top.html', 'index.html', 'manifest.json']);
    const places = PINNED.map((address) => site.read('index.html').indexOf(pageOf(address)));
    expect(places[0]).toBeLessThan(places[1]!);
    expect(places[1]).toBeLessThan(site.read('index.html').indexOf('id="latest"'));
    await act(14, PINNED, 'pin', '--undo', ...PINNED);
    expect(site.read('index.html')).toBe(index);
    await morning(15);
  });

  thorough('days 16 to 18: a storm. One story is told by three, led by the ledger', async () => {
    const text =
      'The storm tore the roof off the northern market hall; forty stalls are lost and the road to the port is shut.';
    print('echo', {
      title: 'Storm tears roof off the northern market hall',
      link: `${home('echo')}storm`,
      guid: `${home('echo')}storm`,
      date: moment(16, 5),
      description: text,
    });
    print('ledger', {
      title: 'Northern market hall loses its roof in the storm',
      link: `${home('ledger')}roof`,
      guid: `${home('ledger')}roof`,
      date: moment(16, 6),
      description: `${text} The mayor came.`,
    });
    print('star', {
      title: 'What forty traders lost',
      link: `${home('star')}traders`,
      guid: `${home('star')}traders`,
      date: moment(16, 7),
      description: 'They tell of their nights and of what comes next.',
    });
    await morning(16);
    const storm = [`${home('echo')}storm`, `${home('ledger')}roof`, `${home('star')}traders`];
    const story = () => site.json('stories.json').items.find(({ title }) => /market hall/.test(String(title)))!;
    const { id } = story();
    await act(16, storm, 'join', storm[2]!, storm[0]!);
    expect(JSON.stringify(story())).toContain('What forty traders lost');
    await act(16, storm, 'lead', storm[1]!);
    expect(story()).toMatchObject({ id, title: 'Northern market hall loses its roof in the storm' });
    await morning(17);
    await morning(18);
    expect(story().id).toBe(id);
    await act(18, storm, 'split', storm[2]!, storm[0]!);
    expect(JSON.stringify(story())).not.toContain('What forty traders lost');
  });

  thorough('days 19 to 22: the mirror is read before it is printed', async () => {
    const reviewed = (review: string) =>
      site.configure({
        sources: PAPERS.map(
          (paper) =>
            `{ id: ${paper}, url: "${origin.url}/${paper}"${paper === 'mirror' ? `, review: ${review}` : ''} }`,
        ),
        topics: [
          '{ id: transport, label: Transport, any: [ferry, tram, bridge] }',
          '{ id: culture, label: Culture, any: [museum, library, theatre] }',
        ],
        more: ['publish: { items: 40 }'],
      });
    reviewed('hold');
    await morning(19);
    await morning(20);
    expect(readers('sources/mirror').filter(({ title }) => /mirror (19|20)/.test(title))).toEqual([]);
    const [yes, no] = [addressOf('mirror', 19, 1), addressOf('mirror', 19, 2)];
    await desk('approve', yes);
    await build(20, 12);
    await act(20, [no], 'reject', no, '--note', 'an advertisement');
    expect([titleOf(yes), titleOf(no)]).toEqual([expect.stringContaining('mirror 19/1'), undefined]);
    expect(site.read('sources/mirror.atom')).not.toContain('deleted-entry');
    reviewed('publish');
    await morning(21);
    await morning(22);
    expect(titleOf(addressOf('mirror', 20))).toContain('mirror 20/1');
    expect(titleOf(no)).toBeUndefined();
  });

  thorough('days 23 to 25: the disk with the store is lost; readers see nothing of it', async () => {
    for (const day of [23, 24, 25]) await morning(day);
    const before = site.files();
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    await build(25, 18);
    // Article pages may recommend others; feeds and archives are the same, byte for byte.
    const feeds = (files: Map<string, string>) =>
      [...files].filter(([path]) => /\.(?:rss|atom|json|opml)$/.test(path) && path !== 'manifest.json');
    expect(feeds(site.files())).toEqual(feeds(before));
    expect([...site.files().keys()]).toEqual([...before.keys()]);
    await morning(26);
    expect([titleOf(HIDDEN), titleOf(TAKEN)]).toEqual([undefined, undefined]);
    expect(titleOf(RETITLED)).toBe('What this means for you');
  });

  thorough('days 26 to 30: what was decided is taken back, and all else is as it always was', async () => {
    for (const day of [27, 28]) await morning(day);
    const late = addressOf('globe', 28);
    const [before, dates] = [titleOf(late), datesOf(readers())];
    await act(28, [late], 'title', late, 'For a day');
    await act(28, [late], 'title', late, '--undo');
    expect([titleOf(late), datesOf(readers())]).toEqual([before, dates]);
    await act(28, [addressOf('star', 27)], 'hide', addressOf('star', 27));
    await morning(29);
    await act(29, [addressOf('star', 27)], 'show', addressOf('star', 27));
    expect(datesOf(readers()).slice(16)).toEqual(dates);
    await morning(30);
    expect(readFileSync(join(site.root, 'config', 'desk.yaml'), 'utf8')).toContain(
      '# Decisions about single articles, one entry for each article.',
    );
    expect(new Set(readers().map(({ id }) => id)).size).toBe(readers().length);
  });
});
