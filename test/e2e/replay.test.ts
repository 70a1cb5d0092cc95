import { afterAll, beforeAll, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { Newspaper } from '../support/newspaper.js';
import { type FeedServer, serveFeeds } from '../support/serve-feeds.js';
import { isThorough } from '../support/thorough.js';

/**
 * Fourteen days with a run every six hours: three newspapers that post, correct, move and withdraw. Five days except in
 * CI.
 */
const START = Date.parse('2026-11-02T00:00:00Z');
const STEP = 6 * 3_600_000;
const DAYS = isThorough ? 14 : 5;
const RUNS = DAYS * 4;

interface Moment {
  readonly paper: number;
  readonly what: 'edit' | 'rename' | 'take-back' | 'https';
}
/**
 * By run. Withdrawn articles are missing from the document in this run and the next; the second read withdraws them.
 */
const MOMENTS: Readonly<Record<number, Moment>> = {
  7: { paper: 0, what: 'edit' },
  10: { paper: 1, what: 'rename' },
  13: { paper: 0, what: 'take-back' },
  18: { paper: 2, what: 'https' },
  22: { paper: 1, what: 'edit' },
  27: { paper: 2, what: 'take-back' },
  32: { paper: 0, what: 'https' },
  36: { paper: 2, what: 'edit' },
  41: { paper: 1, what: 'take-back' },
  46: { paper: 0, what: 'rename' },
};

let origin: FeedServer;
let site: TestSite;
beforeAll(async () => {
  origin = await serveFeeds();
});
afterAll(async () => {
  await origin.close();
  site.remove();
});

it(`publishes in ${DAYS} days exactly what was posted, corrected and withdrawn, with everything in the archive`, async () => {
  const papers = [new Newspaper('courier', 60, 1), new Newspaper('post', 45, 2), new Newspaper('ledger', 40, 3)];
  site = aSite({
    sources: papers.map(({ name }) => `{ id: ${name}, url: "${origin.url}/${name}" }`),
    topics: ['{ id: rails, label: Rails, any: [tram line, rail bridge, timetable] }'],
    more: ['publish: { items: 20 }', 'duplicates: keep'],
  });
  const firstIds = new Map<string, string>();
  const fullDocuments = new Map<string, string>();
  let withdrawNext = 0;
  for (let run = 0; run < RUNS; run++) {
    const now = new Date(START + run * STEP);
    const posted = papers.map((paper) => paper.post(new Date(now.getTime() - STEP), now));
    const expected = { added: posted.reduce((a, b) => a + b, 0), updated: 0, withdrawn: withdrawNext };
    withdrawNext = 0;
    const moment = MOMENTS[run];
    if (moment !== undefined) {
      const paper = papers[moment.paper] as Newspaper;
      const piece = paper.at(16); // seen by an earlier run, and far from the old end
      if (moment.what === 'edit') Object.assign(piece, { title: `${piece.title}, corrected` });
      if (moment.what === 'rename') Object.assign(piece, { link: `https://${paper.name}.example/renamed-${piece.n}` });
      if (moment.what === 'take-back') Object.assign(piece, { takenBack: true });
      if (moment.what === 'https') paper.moveToHttps();
      if (moment.what === 'edit') expected.updated = 1;
      if (moment.what === 'take-back') withdrawNext = 1;
    }
    for (const paper of papers) origin.pages.set(`/${paper.name}`, { body: paper.serve() });
    const { report } = await site.run(now.toISOString());
    expect({ run, ...pick(report.articles) }).toEqual({ run, ...expected });
    expect(report.failures).toEqual([]);
    for (const { id, url } of site.json('all.json').items as { id: string; url: string }[]) {
      const key = url.replace(/^https?:/, '').replace('renamed-', '');
      expect(firstIds.get(key) ?? id).toBe(id);
      firstIds.set(key, id);
    }
    rememberFull(fullDocuments, moment?.what === 'take-back' || expected.withdrawn > 0);
  }

  for (const channel of ['all', ...papers.map(({ name }) => `sources/${name}`)]) {
    const { seen, archived } = walk(channel);
    const wanted = papers
      .filter(({ name }) => channel === 'all' || channel.endsWith(name))
      .flatMap(({ pieces }) => pieces);
    const standing = wanted.filter(({ takenBack }) => !takenBack).map(({ title }) => title.replace(', corrected', ''));
    expect(new Set(archived).size).toBe(archived.length);
    const passedOver = new Set(channel === 'all' ? listPassedOver(papers.map(({ name }) => name)) : []);
    expect([...seen].sort()).toEqual(standing.filter((title) => seen.has(title) || !passedOver.has(title)).sort());
  }
}, 300_000);

function pick({ added, updated, withdrawn }: { added: number; updated: number; withdrawn: number }) {
  return { added, updated, withdrawn };
}

/** Once the next one exists, a full archive document never changes, except for withdrawals. */
function rememberFull(known: Map<string, string>, mayChange: boolean): void {
  const files = site.files('archive');
  for (const [path, text] of files) {
    if (!path.endsWith('.json')) continue;
    const next = path.replace(/(\d+)\.json$/, (_, n) => `${Number(n) + 1}.json`);
    if (!files.has(next)) continue;
    const before = known.get(path);
    if (before !== undefined && !mayChange) expect(text, path).toBe(before);
    known.set(path, text);
  }
}

/** Titles of the newest articles that the head leaves to the feeds of their sources, because each source has its third. */
function listPassedOver(names: readonly string[]): string[] {
  const oldest = String(site.json('all.json').items.at(-1)!.date_published);
  const dates = names.flatMap((name) => [...walk(`sources/${name}`).dates]);
  return dates.flatMap(([title, date]) => (date >= oldest ? title : []));
}

/** Collected from the head through every archive document, as a client would. */
function walk(channel: string): { seen: Set<string>; archived: string[]; dates: Map<string, string> } {
  const seen = new Set<string>();
  const dates = new Map<string, string>();
  const archived: string[] = [];
  const titleOf = (item: Record<string, unknown>) => String(item.title).replace(', corrected', '');
  for (let path: string | undefined = `${channel}.json`; path !== undefined; ) {
    const document: ReturnType<TestSite['json']> = site.json(path);
    for (const item of document.items) {
      seen.add(titleOf(item));
      dates.set(titleOf(item), String(item.date_published));
      if (path.startsWith('archive/')) archived.push(String(item.id));
    }
    path = (document.next_url as string | undefined)?.replace('https://news.example.org/feeds/', '');
  }
  return { seen, archived, dates };
}
