/** A run whose clock is wrong by a year: it says so, and leaves nothing wrongly dated for good. */
import { afterEach, describe, expect, it } from 'vitest';
import { aSite } from '../support/a-site.js';
import { type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const item = (n: number, date: string | null): RssItem => ({
  title: `Ferry ${n} sails`,
  link: `https://a.example/${n}`,
  date,
});
const at = (hour: number, year = 2026) => `${year}-11-24T${String(hour).padStart(2, '0')}:07:00Z`;

function aListener() {
  const told: string[] = [];
  const observer = {
    start: () => {},
    done: () => {},
    published: () => {},
    clockJumped: (message: string) => told.push(message),
  };
  return { told, observer };
}

async function setUp() {
  const origin = await serveFeeds();
  const site = aSite({
    sources: [`{ id: a, url: "${origin.url}/a" }`],
    more: ['duplicates: keep', 'publish: { formats: [json], items: 3 }'],
  });
  open.push(site.remove, () => origin.close());
  const { told, observer } = aListener();
  const run = async (hour: number, year: number, items: readonly RssItem[]) => {
    const headers = { Date: new Date(at(hour)).toUTCString() };
    origin.pages.set('/a', { body: rss('Paper A', [...items]), headers });
    await site.run(at(hour, year), { observer });
    return told.splice(0);
  };
  const head = () =>
    site.json('all.json').items.map(({ url, date_published }) => [String(url).split('/').at(-1), date_published]);
  return { run, head };
}

const old = [item(2, at(8)), item(1, at(7))];
/** Dated, undated, and dated after the last right run. */
const fresh = [item(5, at(10)), item(4, null), item(3, '2026-11-24T08:30:00Z'), ...old];

describe.each([
  ['ahead of', 2027],
  ['behind', 2025],
])('a clock that is a year %s the last run', (where, year) => {
  it('is told, and what it brings stands in the head by its true time', async () => {
    const { run, head } = await setUp();
    expect(await run(9, 2026, old)).toEqual([]);
    expect(await run(10, year, fresh)).toEqual([expect.stringContaining(`365 days ${where} the last run`)]);
    expect(await run(11, 2026, [item(6, at(11)), ...fresh])).toEqual([]);
    const dates = new Map(head() as [string, string][]);
    expect([...dates.keys()].sort()).toEqual(['4', '5', '6']);
    for (const date of dates.values()) {
      expect(Date.parse(date)).toBeGreaterThanOrEqual(Date.parse(at(9)));
      expect(Date.parse(date)).toBeLessThanOrEqual(Date.parse(at(11)));
    }
  });
});

describe('a pause', () => {
  it('of a week is none worth telling, and after a longer one the servers tell the time', async () => {
    const { run, head } = await setUp();
    await run(9, 2024, old.slice(1));
    expect(await run(10, 2026, fresh)).toEqual([expect.stringContaining('730 days ahead of')]);
    expect(new Map(head() as [string, string][]).get('5')).toBe(at(10));
    expect(await run(11, 2026, fresh)).toEqual([]);
  });
});

describe('the clock of the machine', () => {
  const HOSTS = ['a.example', 'b.example', 'c.example', 'd.example'];

  /** Of four papers, each with its own idea of the time. */
  async function aWorld() {
    const origin = await serveFeeds();
    const { port } = new URL(origin.url);
    const site = aSite({
      sources: HOSTS.map((host) => `{ id: ${host[0]}, url: "http://${host}/${host[0]}" }`),
      more: ['duplicates: keep', 'publish: { formats: [json] }'],
    });
    open.push(site.remove, () => origin.close());
    const { told, observer } = aListener();
    /** Returns what was told. */
    const run = async (
      machine: string,
      servers: readonly (string | null)[],
      { isMachineTime = true, age = 0 }: { readonly isMachineTime?: boolean; readonly age?: number } = {},
    ) => {
      HOSTS.forEach((host, i) => {
        const date = servers[i] ?? null;
        const headers = {
          ...(date !== null && { Date: new Date(date).toUTCString() }),
          ...(age > 0 && { Age: `${age}` }),
        };
        if (date === null) origin.pages.set(`/${host[0]}`, null);
        else origin.pages.set(`/${host[0]}`, { body: rss(`Paper ${host}`, [item(i, at(7))]), headers });
      });
      const resolve = (host: string) => (HOSTS.includes(host) ? { address: '127.0.0.1', port: Number(port) } : null);
      await site.run(machine, { observer, isMachineTime, resolve });
      return told.splice(0);
    };
    return { run };
  }

  const all = (date: string) => HOSTS.map(() => date);
  const day = (n: number, hour = 9) => `2026-11-${n}T${String(hour).padStart(2, '0')}:07:00Z`;
  const wrong = (date: string) => [expect.stringContaining(`servers agree on ${date.replace('Z', '.000Z')}`)];

  it.each([
    ['a day ahead', day(26), day(25)],
    ['two days ahead', day(27), day(25)],
    ['an hour ahead', day(25, 10), day(25)],
    ['a day behind, after a pause', day(24, 10), day(25)],
  ])('that is %s is told', async (_, machine, servers) => {
    const { run } = await aWorld();
    await run(day(24), all(day(24)));
    expect(await run(machine, all(servers))).toEqual(wrong(servers));
  });

  it('that is wrong on the first run ever is told', async () => {
    const { run } = await aWorld();
    expect(await run(day(26), all(day(25)))).toEqual(wrong(day(25)));
    expect(await run(day(26), all(day(26)))).toEqual([]);
  });

  it('is believed where one server says otherwise, alone or among others, and where servers disagree', async () => {
    const { run } = await aWorld();
    await run(day(24), all(day(24)));
    expect(await run(day(25), [day(24), day(25), day(25), day(25)])).toEqual([]);
    expect(await run(day(26), [day(25), null, null, null])).toEqual([]);
    expect(await run(day(27), [day(24), day(25), day(26), day(28)])).toEqual([]);
  });

  it('is right where caches say how old their answers are, beside the time of then or of now', async () => {
    const { run } = await aWorld();
    expect(await run(day(25), all(day(25)), { age: 7200 })).toEqual([]);
    expect(await run(day(25), all(day(25, 7)), { age: 7200 })).toEqual([]);
  });

  it('is no concern of times that no clock shows', async () => {
    const { run } = await aWorld();
    expect(await run(day(25), all(day(24)), { age: 1e300 })).toEqual([]);
    expect(await run(day(25), all('+275000-01-01T00:00:00Z'))).toEqual([]);
  });

  it('is not looked at by a run whose time was chosen', async () => {
    const { run } = await aWorld();
    await run(day(24), all(day(24)));
    const chosen = { isMachineTime: false };
    expect(await run(day(26), all(day(25)), chosen)).toEqual([]);
  });
});
