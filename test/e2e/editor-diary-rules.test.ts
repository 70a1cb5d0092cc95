/** Thirty days of an editor with rules and eight newspapers: each action, what readers saw, what was written. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toSlug } from '../../src/text/slug.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';
import { thorough } from '../support/thorough.js';

const PAPERS = ['atlas', 'county', 'gazette', 'harbour', 'kurier', 'meridian', 'radio', 'shopper'] as const;
type Paper = (typeof PAPERS)[number];
const SUBJECTS = ['ferry', 'lighthouse', 'school', 'bridge', 'clinic', 'market', 'tram', 'library', 'river', 'theatre'];
const DEEDS = [
  'opens its doors',
  'needs repairs',
  'waits for money',
  'is talked about',
  'closes early',
  'gets a new roof',
];

interface Written extends RssItem {
  readonly link: string;
  title: string;
}

/** Two articles of each newspaper a day. */
function piecesOf(paper: Paper, day: number): Written[] {
  return [0, 1].map((n) => {
    const at = day * 2 + n + PAPERS.indexOf(paper);
    const subject = SUBJECTS[at % SUBJECTS.length];
    const plain = `The ${subject} of ${paper} ${DEEDS[(at * 5) % DEEDS.length]}, day ${day}`;
    const section = paper === 'shopper' && n === 0 ? 'deals' : 'news';
    return {
      title: special(paper, day, n) ?? plain,
      link: `https://${paper}.example/${section}/${day}-${n}`,
      date: dateOf(day, 7 - n),
      description: `${plain}. What ${paper} has found out number ${at} about the ${subject}.`,
      ...(paper === 'harbour' && n === 1 && { category: 'Sponsored content' }),
      ...(paper === 'radio' && {
        xml: `<enclosure url="https://radio.example/${day}-${n}.mp3" type="audio/mpeg" length="100"/>`,
      }),
    };
  });
}

function special(paper: Paper, day: number, n: number): string | null {
  if (paper === 'county' && n === 0) return `Your horoscope for day ${day}`;
  if (paper === 'atlas' && n === 0) return `Opinion | Why ${SUBJECTS[day % SUBJECTS.length]} matters on day ${day}`;
  if (paper === 'meridian' && n === 0) return `Live: council debate of day ${day}`;
  return null;
}

const dateOf = (day: number, hour: number) => new Date(Date.UTC(2026, 9, day, hour)).toISOString();

let origin: FeedServer;
let site: TestSite;
const archive = new Map<Paper, Written[]>(PAPERS.map((paper) => [paper, []]));
beforeAll(async () => {
  origin = await serveFeeds();
  site = aSite({ sources: [] });
});
afterAll(async () => {
  await origin.close();
  site.remove();
});

function serve(): void {
  for (const paper of PAPERS) {
    const items = archive.get(paper)!.slice(0, 14);
    origin.pages.set(`/${paper}`, { body: rss(paper, items, `https://${paper}.example/`) });
  }
}

/** The current config. */
const desk = { common: [] as string[], own: new Map<Paper, string>(), publish: '{ items: 30 }', remark: '' };

function save(): void {
  site.configure({
    sources: PAPERS.map((id) => `{ id: ${id}, url: "${origin.url}/${id}"${ownRules(desk.own.get(id))} }`),
    topics: ['{ id: water, label: Water, any: [ferry, river, bridge] }'],
    more: [
      `publish: ${desk.publish}`,
      ...(desk.remark === '' ? [] : [desk.remark]),
      ...(desk.common.length === 0 ? [] : ['rules:', ...desk.common.map((rule) => `  - ${rule}`)]),
    ],
  });
}
const ownRules = (rule: string | undefined) => (rule === undefined ? '' : `, rules: [${rule}]`);

interface Seen {
  readonly title: string;
  readonly published: unknown;
  readonly modified: unknown;
}

/** All articles in `all` and its archive, by id. */
function readers(): Map<string, Seen> {
  const documents = [...site.files()].filter(([path]) => /^(?:all|archive\/all\/\d+)\.json$/.test(path));
  const items = documents.flatMap(([, text]) => JSON.parse(text).items as Record<string, unknown>[]);
  return new Map(
    items.map(({ id, title, date_published, date_modified }) => [
      String(id),
      { title: String(title), published: date_published, modified: date_modified },
    ]),
  );
}
const titles = () => [...readers().values()].map(({ title }) => title);
const matching = (pattern: RegExp) => titles().filter((title) => pattern.test(title));

/** Dates of each article when it was first published: they never change. */
const dates = new Map<string, Omit<Seen, 'title'>>();

function expectSameDates(): void {
  for (const [id, { published, modified }] of readers()) {
    const before = dates.get(id) ?? { published, modified };
    dates.set(id, before);
    expect({ id, published, modified }).toEqual({ id, ...before });
  }
}

let minute = 7;
async function run(day: number, hour = 9) {
  const at = new Date(Date.UTC(2026, 9, day, hour, minute)).toISOString();
  const { report } = await site.run(at);
  expectSameDates();
  return report;
}

async function newsOf(day: number) {
  for (const paper of PAPERS) archive.get(paper)!.unshift(...piecesOf(paper, day));
  serve();
  return await run(day);
}

/** Files with numbers of articles or dates of channels. */
const CHANGED_ANYWAY = /^(?:manifest\.json|status\.|topics\.html|sources\.html|sitemap\.xml)/;

/**
 * Slugs of the stories of these articles, and of their other reports. Pages link stories, and sort equally new articles
 * by the size of their story.
 */
function storiesOf(articles: readonly string[], files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) => {
    const slug = /^stories\/(\w+)\.html$/.exec(path)?.[1];
    if (slug === undefined || !articles.some((one) => text.includes(one))) return [];
    return [slug, ...[...text.matchAll(/articles\/(\w+)\.html/g)].map(([, report]) => report!)];
  });
}

/**
 * Saves the config and runs without news. Only documents with one of these articles, or another report of their story,
 * are written.
 */
async function decide(day: number, change: () => void) {
  const before = site.files();
  const seen = readers();
  change();
  save();
  minute++;
  const report = await run(day);
  const now = readers();
  const touched = [...new Set([...seen.keys(), ...now.keys()])].filter(
    (id) => seen.get(id)?.title !== now.get(id)?.title,
  );
  const after = site.files();
  const articles = touched.flatMap((id) => [id, toSlug(id)]);
  const marks = [...articles, ...storiesOf(articles, before), ...storiesOf(articles, after)];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (before.get(path) === after.get(path) || CHANGED_ANYWAY.test(path)) continue;
    const shown = `${path} ${before.get(path) ?? ''}${after.get(path) ?? ''}`;
    expect(
      marks.some((mark) => shown.includes(mark)),
      `day ${day}: ${path} shows none of them`,
    ).toBe(true);
  }
  return { report, touched, gone: touched.filter((id) => !now.has(id)), back: touched.filter((id) => !seen.has(id)) };
}

/** Without pages, which may recommend other articles after a restore. */
function feedsOf(files: ReadonlyMap<string, string>) {
  return Object.fromEntries(
    [...files].filter(([path]) => /\.(?:rss|atom|json|opml)$/.test(path) && path !== 'manifest.json'),
  );
}

it('is kept for six days', { timeout: 300_000 }, async () => {
  // Days 1 and 2. Eight papers, no rules: everything is shown.
  save();
  expect((await newsOf(1)).articles).toMatchObject({ added: 16, dropped: 0 });
  await newsOf(2);
  expect(matching(/horoscope/)).toHaveLength(2);

  // Day 3. Horoscopes are dropped. Those of the first days vanish too; feed readers receive tombstones.
  await newsOf(3);
  const third = await decide(3, () => desk.common.push('drop: { title: [horoscope, tarot] }'));
  expect(third.gone).toHaveLength(3);
  expect(third.back).toEqual([]);
  expect(matching(/horoscope/)).toEqual([]);
  for (const id of third.gone) expect(site.read('all.atom')).toContain(`ref="${id}"`);
  const horoscopePage = `articles/${toSlug(third.gone[0]!)}.html`;
  expect(site.read(horoscopePage)).toContain('<body class="withdrawn">');
  expect(site.read(horoscopePage)).not.toContain('horoscope');

  // Days 4 and 5. New horoscopes are not news: stored, counted, hidden.
  expect((await newsOf(4)).articles).toMatchObject({ added: 15, dropped: 1 });
  expect((await newsOf(5)).articles).toMatchObject({ added: 15, dropped: 1, withdrawn: 0 });
  expect([...site.files().values()].join('')).not.toContain('horoscope');

  // Day 6. Atlas begins its opinions with "Opinion | ": removed, also in published articles.
  await newsOf(6);
  const sixth = await decide(6, () => desk.common.push('retitle: { cut: ["/^Opinion \\\\| /"] }'));
  expect(sixth).toMatchObject({ gone: [], back: [] });
  expect(sixth.touched).toHaveLength(6);
  expect(matching(/Opinion/)).toEqual([]);
  expect(matching(/^Why \w+ matters/)).toHaveLength(6);
});

thorough('is kept for thirty days', { timeout: 300_000 }, async () => {
  // Day 9. Only Gazette's articles about water are kept.
  for (const day of [7, 8, 9]) await newsOf(day);
  const ninth = await decide(9, () => desk.own.set('gazette', '{ keep: { title: [ferry, river, bridge] } }'));
  expect(ninth.gone.length).toBeGreaterThan(5);
  expect(ninth.gone.every((id) => id.startsWith('https://gazette.example/'))).toBe(true);
  expect(matching(/of gazette/).every((title) => /ferry|river|bridge/.test(title))).toBe(true);

  // Day 12. No advertising: sponsored categories, a shop's deals.
  for (const day of [10, 11, 12]) await newsOf(day);
  const twelfth = await decide(12, () => desk.common.push('drop: { category: [Sponsored], url: ["/deals/"] }'));
  expect(twelfth.gone).toHaveLength(24);
  expect(twelfth.gone.every((id) => /harbour\.example|\/deals\//.test(id))).toBe(true);

  // Day 13. Links all entries to the section's own pages, which changes each page, and reverts it. Pages written one by
  // one equal those written all at once.
  await newsOf(13);
  const oneByOne = site.files();
  for (const publish of ['{ items: 30, link: section }', '{ items: 30 }']) {
    desk.publish = publish;
    save();
    minute++;
    await run(13);
  }
  expect(site.files()).toEqual(oneByOne);

  // Day 14. Tests a rule before the next run applies it; readers see nothing of that.
  await newsOf(14);
  const untouched = site.files();
  desk.common.push('drop: { title: ["/^Live[:,]/"], media: [audio] }');
  save();
  const trial = await newsloom('rules', 'test', 'meridian', '--config', join(site.root, 'config', 'newsloom.yaml'));
  expect(trial.out).toMatch(
    /^stored: 28 articles, 14 dropped, 0 with a changed headline\n {2}drop title: \/\^Live\[:,\]\//,
  );
  expect(site.files()).toEqual(untouched);

  // Day 15. Applied: live tickers and Radio's broadcasts are gone.
  const fifteenth = await decide(14, () => {});
  expect(fifteenth.gone).toHaveLength(14 + 28);
  await newsOf(15);
  expect(matching(/^Live:|of radio/)).toEqual([]);

  // Day 18. Too strict: Gazette's others and Radio's broadcasts return, with the same ids and dates.
  for (const day of [16, 17, 18]) await newsOf(day);
  desk.own.delete('gazette');
  desk.common[3] = 'drop: { title: ["/^Live[:,]/"] }';
  save();
  minute++;
  await run(18);
  expect(matching(/of radio/)).toHaveLength(36);
  expect(matching(/of gazette/)).toHaveLength(36);
  for (const id of ninth.gone) expect(readers().has(id)).toBe(true);

  // Day 20. A typing error: nothing changes, and the message has its position.
  for (const day of [19, 20]) await newsOf(day);
  const beforeSlip = site.files();
  desk.common.push('drop: { author: ["/(Partner/"] }');
  save();
  await expect(run(20)).rejects.toThrow(
    /newsloom\.yaml:\d+:\d+ rules\[4\]\.drop\.author\[0\]: not a valid RE2 expression.*missing closing \)/,
  );
  expect(site.files()).toEqual(beforeSlip);
  desk.common.pop();
  save();

  // Day 22. Rearranges the file: rules are on other lines, and no document is written.
  for (const day of [21, 22]) await newsOf(day);
  const tidied = await decide(22, () => {
    desk.remark = '# what we do not want';
  });
  expect(tidied.report.files).toMatchObject({ written: 0, removed: 0 });

  // Day 25. The machine and the store are lost. The next run restores everything, byte for byte in feeds and archives.
  for (const day of [23, 24, 25]) await newsOf(day);
  const beforeLoss = feedsOf(site.files());
  rmSync(join(site.root, '.newsloom'), { recursive: true });
  minute++;
  expect((await run(25)).articles).toMatchObject({ added: 0 });
  expect(feedsOf(site.files())).toEqual(beforeLoss);

  // Day 27. Kurier changes a headline to a horoscope, and reverts it on the next day.
  for (const day of [26, 27]) await newsOf(day);
  const piece = archive.get('kurier')![0]!;
  const plain = piece.title;
  piece.title = 'A horoscope for everyone';
  serve();
  minute++;
  await run(27);
  expect(titles()).not.toContain(plain);
  expect(titles()).not.toContain(piece.title);
  piece.title = plain;
  serve();
  dates.delete(piece.link); // corrected twice: its own date of change moves
  await newsOf(28);
  expect(titles()).toContain(plain);

  // Day 29. How many articles did each rule drop?
  await newsOf(29);
  const { out } = await newsloom('status', '--config', join(site.root, 'config', 'newsloom.yaml'));
  expect(out).toMatch(/all {2}drop {2}\d+ +drop title: horoscope \(\d+\)/);
  expect(out).toMatch(/all {2}drop {2}\d+ +drop url: \/deals\/ \(\d+\); drop category: Sponsored \(\d+\)/);
  const why = await newsloom(
    'explain',
    'https://shopper.example/deals/29-0',
    '--config',
    join(site.root, 'config', 'newsloom.yaml'),
  );
  expect(why.out).toMatch(/rules +dropped by drop url: \/deals\/ \(config\/newsloom\.yaml:\d+\)/);

  // Day 30. A new editor removes all rules. Articles that were never shown appear with their own date. Those that left
  // their publisher's document since day 25 stay as published, because their full text is lost.
  await newsOf(30);
  desk.common = [];
  save();
  minute++;
  await run(30);
  expect(matching(/^Live:/).length).toBeGreaterThanOrEqual(12);
  expect(matching(/^Opinion \|/)).toHaveLength(12);
  expect(matching(/^(?:Opinion \| )?Why \w+ matters/)).toHaveLength(30);
});
