/** Digests with changed days, time zone and runs: no article twice, none lost, closed issues unchanged. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type SiteParts, type TestSite } from '../support/a-site.js';
import { type FeedServer, type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';
import { thorough } from '../support/thorough.js';

let origin: FeedServer;
let site: TestSite;

/** Monday, 2 November 2026, 00:00. */
const MONDAY = Date.UTC(2026, 10, 2);
const HOUR = 3_600_000;
const at = (hours: number) => new Date(MONDAY + hours * HOUR).toISOString();
const DAY = 24;
const WEEK = 7 * DAY;

const told: RssItem[] = [];
/** In the feed from now on, with any date. */
function tell(title: string, hours: number): void {
  told.unshift({
    title,
    link: `https://wire.example/${title.replaceAll(' ', '-')}`,
    date: at(hours),
    description: `${title}.`,
  });
  publish();
}
function publish(): void {
  origin.pages.set('/wire', { body: rss('The wire', told, 'https://wire.example/') });
}

const parts = (every: string, timezone = 'UTC'): SiteParts => ({
  sources: [`{ id: wire, url: "${origin.url}/wire", title: The wire }`],
  site: [`timezone: ${timezone}`],
  more: ['digests:', `  - { id: letter, title: The letter, every: "${every}", items: 100, by: newest }`],
});

beforeEach(async () => {
  origin = await serveFeeds();
  told.length = 0;
  tell('Opening words', -30);
  site = aSite(parts('monday 06:00'));
  await site.run(at(0));
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

/** Adds an article every nine hours of the period to the feed. */
function news(from: number, to: number): string[] {
  const titles: string[] = [];
  for (let hours = Math.ceil(from / 9) * 9; hours < to; hours += 9) {
    titles.push(`Report of hour ${hours}`);
    tell(titles.at(-1)!, hours);
  }
  return titles;
}

interface Published {
  readonly number: number;
  readonly closed: string;
  readonly titles: readonly string[];
}

function issues(): Published[] {
  const all: Published[] = [];
  for (let number = 1; site.files('digests/letter').has(`digests/letter/${number}.json`); number += 1) {
    const { closedAt, items } = site.json(`digests/letter/${number}.json`);
    all.push({ number, closed: String(closedAt), titles: items.map(({ title }) => String(title)) });
  }
  return all;
}

/** Runs, and expects unchanged existing issues. */
async function run(hours: number): Promise<void> {
  const before = site.files('digests/letter');
  await site.run(at(hours));
  for (const [path, text] of before) expect(site.read(path)).toBe(text);
}

/** Each article before the end of the last issue is in one issue. */
function expectOnceEach(titles: readonly string[]): void {
  const all = issues();
  const last = all.at(-1)!.closed;
  const due = titles.filter((title) => Date.parse(at(Number(title.split(' ').at(-1)))) <= Date.parse(last));
  const shown = all.flatMap((issue) => issue.titles).filter((title) => title !== 'Opening words');
  expect(shown.sort()).toEqual([...due].sort());
  expect(new Set(all.map(({ closed }) => closed)).size).toBe(all.length);
}

describe('a digest', () => {
  it('closes an issue for each of three missed weeks in the next run', async () => {
    const before = news(8, 50);
    await run(50);
    const titles = [...before, ...news(50, 3 * WEEK + 20)];
    await run(3 * WEEK + 20);
    expect(issues().map(({ closed }) => closed)).toEqual([0, WEEK, 2 * WEEK, 3 * WEEK].map((hours) => at(hours + 6)));
    expectOnceEach(titles);
  });

  it('closes the issues of the weeks in which it was not configured, once it is again', async () => {
    const away = { ...parts('monday 06:00'), more: [] };
    for (let week = 1; week <= 5; week++) {
      site.configure(week === 2 || week === 3 ? away : parts('monday 06:00'));
      news((week - 1) * WEEK, week * WEEK);
      await site.run(at(week * WEEK));
      tell(`Late on the Monday of week ${week}`, week * WEEK + 7);
      await site.run(at(week * WEEK + 8));
    }
    const weeks = ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30', '2026-12-07'];
    expect(issues().map(({ closed }) => closed.slice(0, 10))).toEqual(weeks);
    expect(issues()[3]!.titles).toContain('Late on the Monday of week 2');
  });

  thorough('continues when its days change, and change back', async () => {
    const titles: string[] = [];
    const goOn = async (from: number, to: number) => {
      for (let hours = from; hours < to; hours += 45) {
        titles.push(...news(hours, Math.min(hours + 45, to)));
        await run(Math.min(hours + 45, to));
      }
    };
    await goOn(8, WEEK + 3 * DAY);
    site.configure(parts('daily 06:00'));
    await goOn(WEEK + 3 * DAY, WEEK + 6 * DAY);
    site.configure(parts('daily 18:00'));
    await goOn(WEEK + 6 * DAY, 2 * WEEK + 2 * DAY);
    site.configure(parts('monday 06:00'));
    await goOn(2 * WEEK + 2 * DAY, 4 * WEEK + DAY);
    site.configure(parts('monthly 06:00'));
    await goOn(4 * WEEK + DAY, 4 * WEEK + 6 * DAY);
    site.configure(parts('monday thursday 12:00'));
    await goOn(4 * WEEK + 6 * DAY, 5 * WEEK + DAY);
    expectOnceEach(titles);
  });

  thorough('continues when the time zone changes, and changes back', async () => {
    const titles: string[] = [];
    site.configure(parts('daily 06:00'));
    let from = 8;
    for (const [days, zone] of [
      [2, 'Pacific/Auckland'],
      [4, 'America/Los_Angeles'],
      [6, 'Pacific/Auckland'],
      [8, 'Asia/Kathmandu'],
      [10, 'UTC'],
    ] as const) {
      for (; from < days * DAY; from += 7) {
        titles.push(...news(from, from + 7));
        await run(from + 7);
      }
      site.configure(parts('daily 06:00', zone));
    }
    titles.push(...news(from, from + 30));
    await run(from + 30);
    expectOnceEach(titles);
  });

  it('does not repeat an article with a new date', async () => {
    site.configure(parts('daily 06:00'));
    const titles = news(8, 40);
    await run(40);
    const first = told.findIndex(({ title }) => title === titles[0]);
    told[first] = { ...told[first]!, date: at(45), description: 'Corrected.' };
    titles.push(...news(40, 60));
    await run(60);
    titles.push(...news(60, 90));
    await run(90);
    expectOnceEach(titles);
  });

  it('includes a late article once, even with one run per week', async () => {
    site.configure(parts('daily 06:00'));
    const titles = news(8, 40);
    await run(40);
    tell('Report of hour 28', 28);
    titles.push('Report of hour 28', ...news(40, 5 * DAY));
    await run(5 * DAY);
    titles.push(...news(5 * DAY, 7 * DAY));
    await run(7 * DAY);
    expectOnceEach(titles);
  });
});
