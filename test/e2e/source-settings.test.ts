/** Changed settings of a source are applied to stored articles, without changing ids and dates. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
const ITEMS = Array.from({ length: 6 }, (_, i) => ({
  title: `Ferry ${i} sails`,
  date: `2026-11-24T0${6 - i}:00:00Z`,
  xml: `<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>Whole text ${i}.</p>]]></content:encoded>`,
}));
const source = (more = '') => ({
  sources: [`{ id: a, url: "${origin.url}/a"${more} }`, `{ id: b, url: "${origin.url}/b" }`],
  more: ['publish: { items: 2 }'],
});
beforeEach(async () => {
  origin = await serveFeeds({
    '/a': rss('Paper A', ITEMS),
    '/b': rss('Beacon', [{ title: 'Tram stops' }], 'https://beacon.example/'),
  });
  site = aSite(source());
  await run('09:07');
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

const run = async (time: string) => (await site.run(`2026-11-24T${time}:00Z`, { force: false })).report;
/** Everything except the name of the publication. */
const marks = () =>
  ['all.json', 'sources/a.json', 'archive/all/1.json', 'archive/sources/a/1.json'].map((path) =>
    site
      .json(path)
      .items.map(({ id, date_published, date_modified, title }) => [id, date_published, date_modified, title]),
  );
const shows = (text: string) => [...site.files()].filter(([, file]) => file.includes(text)).map(([path]) => path);

describe('the title of a source', () => {
  it('is applied to all its articles in the next run, also in archives and on pages, and reverted', async () => {
    const before = marks();
    const written = site.files();
    site.configure(source(', title: The Anchor'));
    const report = await run('09:10');
    expect(report.sources).toMatchObject({ notDue: 2 });
    expect(marks()).toEqual(before);
    expect(shows('Paper A').filter((path) => !/^sources\.opml|^status/.test(path))).toEqual([]);
    expect(shows('The Anchor')).toEqual(expect.arrayContaining(['all.rss', 'archive/all/1.atom', 'index.html']));
    expect(site.read('sources/b.rss')).toBe(written.get('sources/b.rss'));
    const files = site.files();
    await run('09:15');
    expect(site.files()).toEqual(files);
    site.configure(source());
    await run('09:20');
    expect(site.files()).toEqual(written);
  });
});

describe('the volume of sources', () => {
  it('is shown by status: articles of seven days, the median day, and the share of the newest articles', async () => {
    const config = join(site.root, 'config', 'newsloom.yaml');
    const status = await newsloom('status', '--volume', '--config', config, '--now', '2026-11-24T09:00:00Z');
    expect(status.out).toMatch(/^source +seven days +per day \(median\) +share of newest$/m);
    expect(status.out).toMatch(/^a +6 +0 +\d+ %$/m);
    const { out } = await newsloom('status', '--volume', '--json', '--config', config, '--now', '2026-11-24T09:00:00Z');
    const { volume } = JSON.parse(out) as { volume: { id: string; articles: number; share: number }[] };
    expect(volume.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(volume.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect((await newsloom('status', '--config', config)).out).not.toContain('seven days');
  });
});

describe('a paused source', () => {
  const asked = () => origin.requests.filter(({ path }) => path === '/a').length;
  const at = (time: string) => site.run(time, { force: true });

  it('is not polled, and keeps its feed and articles, until its day', async () => {
    const written = site.files();
    const before = asked();
    site.configure(source(', paused: 2026-11-26'));
    const { report } = await at('2026-11-25T23:50:00Z');
    expect(asked()).toBe(before);
    expect(report.changed).toBe(false);
    expect(site.files()).toEqual(written);
    const status = await newsloom('status', '--config', join(site.root, 'config', 'newsloom.yaml'), '--now', '2026-11-25T23:50:00Z'); // biome-ignore format: one call
    expect(status.out).toMatch(/^a +paused .* 2026-11-26 +paused until 2026-11-26$/m);
    expect(status.out).toContain('1 paused');
    await at('2026-11-26T00:10:00Z');
    expect(asked()).toBe(before + 1);
    site.configure(source(', paused: true'));
    await at('2026-12-26T00:10:00Z');
    expect(asked()).toBe(before + 1);
    expect(site.json('sources/a.json').items.length).toBe(2);
    site.configure(source(', paused: false'));
    await at('2026-12-26T00:20:00Z');
    expect(asked()).toBe(before + 2);
  });

  it('is refused with an invalid day, with file and line', async () => {
    site.configure(source(', paused: 2026-02-31'));
    const { status, out } = await newsloom('check', '--config', join(site.root, 'config', 'newsloom.yaml'));
    expect([status, out]).toEqual([78, expect.stringMatching(/newsloom\.yaml:6:\d+ sources\[0\]\.paused: not a day/)]);
  });
});

describe('how much of a source may be republished', () => {
  it('is applied in the next run: its document is read again completely', async () => {
    const before = marks();
    expect(shows('Whole text')).toEqual([]);
    site.configure(source(', content: full'));
    expect((await run('09:10')).sources).toMatchObject({ fetched: 1, notDue: 1 });
    expect(marks()).toEqual(before);
    expect(site.read('all.atom')).toContain('Whole text 0');
    expect((await run('09:15')).sources).toMatchObject({ notDue: 2 });
    site.configure(source(', content: none'));
    await run('09:20');
    expect([shows('Whole text'), shows('All about it: Ferry')]).toEqual([[], []]);
    expect(marks()).toEqual(before);
  });
});
