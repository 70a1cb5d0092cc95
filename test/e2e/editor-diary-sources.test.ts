/** A month of an editor: sources are added and removed, topics are renamed, and no feed is lost. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';
import { thorough } from '../support/thorough.js';

const PAPERS = ['Anchor', 'Beacon', 'Compass', 'Dial', 'Ember', 'Fathom', 'Gale', 'Harbour'];
const WORDS = ['clinic', 'ferry', 'school', 'orchard', 'tram', 'library', 'quarry', 'museum'];

let origin: FeedServer;
let site: TestSite;
let config: string;
let day = 0;
const written: string[] = [];

beforeAll(async () => {
  origin = await serveFeeds();
  site = aSite({
    sources: PAPERS.map((paper) => `{ id: ${paper.toLowerCase()}, url: "${origin.url}/${paper}" }`),
    topics: ['{ id: health, label: Health, any: [clinic] }', '{ id: sea, any: [ferry] }'],
    more: ['publish: { items: 6 }', 'retention: 10d'],
  });
  config = join(site.root, 'config', 'newsloom.yaml');
});
afterAll(async () => {
  await origin.close();
  site.remove();
});

/** One headline per day and newspaper; its feed contains the last twelve. */
function print(): void {
  PAPERS.forEach((paper, p) => {
    const items = Array.from({ length: Math.min(day, 12) }, (_, i) => {
      const n = day - i;
      const title = `${paper} on ${WORDS[(n + p) % 8]} ${n * 8 + p}`;
      return { title, date: new Date(Date.UTC(2026, 10, n, 6, p)).toISOString() };
    });
    origin.pages.set(`/${paper}`, { body: rss(`The ${paper}`, items, `https://${paper.toLowerCase()}.example/`) });
  });
}

async function morning() {
  day++;
  print();
  return await build();
}

/** A run at eight; records what it wrote. */
async function build(minute = 0, options: Parameters<TestSite['run']>[1] = {}) {
  const before = site.files();
  const { report } = await site.run(new Date(Date.UTC(2026, 10, day, 8, minute)).toISOString(), options);
  const after = site.files();
  written.splice(
    0,
    written.length,
    ...[...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path),
  );
  return report;
}
const edit = (from: string, to: string) => {
  const text = readFileSync(config, 'utf8');
  expect(text).toContain(from);
  writeFileSync(config, text.replace(from, to));
};
const ids = (path: string) => site.json(path).items.map(({ id, date_published }) => [id, date_published]);
const everything = () => {
  const archives = [...site.files('archive/all').keys()].filter((path) => path.endsWith('.json'));
  return new Map([...archives, 'all.json'].flatMap((path) => ids(path).map(([id, date]) => [id, date] as const)));
};
const deskOf = (...words: string[]) => newsloom(...words, '--config', config);

it('the first week: eight papers, eight headlines a day', { timeout: 300_000 }, async () => {
  for (let n = 0; n < 7; n++) expect((await morning()).articles).toMatchObject({ added: 8, withdrawn: 0 });
  expect(everything().size).toBe(56);
});

it('day 8: "Health" becomes "Wellbeing"; subscribers of the old feed do not notice', async () => {
  const before = everything();
  const health = ids('topics/health.json');
  edit('{ id: health, label: Health,', '{ id: wellbeing, formerly: [health], label: Wellbeing,');
  await build(5, { force: false });
  expect([...everything()]).toEqual([...before]);
  expect(ids('topics/health.json')).toEqual(health);
  expect(site.read('topics/health.rss')).toBe(site.read('topics/wellbeing.rss'));
  // Feeds of single newspapers contain the topic's name only in its articles; those without such an article are
  // unchanged.
  expect(written.filter((path) => /^topics\/sea\.(?:rss|atom|json)$/.test(path))).toEqual([]);
});

it('day 10: the Dial has a new name; its old address continues', async () => {
  await morning();
  await morning();
  const before = everything();
  edit('{ id: dial,', '{ id: sundial, title: The Sundial, formerly: [dial],');
  expect((await build(5, { force: false })).articles).toMatchObject({ added: 0, withdrawn: 0 });
  expect([...everything()]).toEqual([...before]);
  expect(site.read('sources/dial.atom')).toBe(site.read('sources/sundial.atom'));
  expect([...site.files()].filter(([, text]) => text.includes('>The Dial<')).map(([path]) => path)).toEqual(
    ['sources.opml'].slice(1),
  );
  expect((await morning()).articles).toMatchObject({ added: 8 });
});

thorough('day 14: the Gale is removed with its articles', async () => {
  while (day < 14) await morning();
  const others = [...everything()].filter(([id]) => !String(id).includes('gale.example'));
  const quiet = ['sources/anchor.rss', 'sources/beacon.json', 'sources/sundial.atom'].map((path) => site.read(path));
  expect((await deskOf('sources', 'remove', 'gale', '--with-articles')).status).toBe(0);
  expect((await build(5, { force: false })).articles).toMatchObject({ added: 0, withdrawn: 14 });
  expect([...everything()]).toEqual(others);
  expect([...site.files()].filter(([, text]) => text.includes('Gale on '))).toEqual([]);
  expect(site.read('all.atom')).toContain('at:deleted-entry');
  expect(['sources/anchor.rss', 'sources/beacon.json', 'sources/sundial.atom'].map((path) => site.read(path))).toEqual(
    quiet,
  );
});

thorough(
  'day 25: old texts are pruned, and the site gets another title: all pages stay',
  { timeout: 300_000 },
  async () => {
    while (day < 25) await morning();
    const pages = [...site.files('articles').keys()];
    const before = everything();
    expect((await deskOf('prune', '--now', '2026-11-25T09:00:00Z')).out).toMatch(/^[1-9]\d+ articles .* pruned/);
    edit('title: The Section', 'title: The Weekday Section');
    await build(10, { force: false });
    expect([...site.files('articles').keys()]).toEqual(pages);
    expect([...site.files('articles').values()].filter((page) => !page.includes('The Weekday Section'))).toEqual([]);
    expect([...everything()]).toEqual([...before]);
  },
);

thorough(
  'day 30: a run without news writes nothing, and reports until when all sources wait',
  { timeout: 300_000 },
  async () => {
    while (day < 30) await morning();
    const report = await build(5, { force: false });
    expect([report.changed, written]).toEqual([false, []]);
    expect(report.allWait).toMatchObject({ notDue: 7, failed: 0 });
    expect(report.articles.total).toBeGreaterThan(7 * 10);
  },
);
