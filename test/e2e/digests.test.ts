/** Digests over four weeks: closing times, content, and unchanged closed issues. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type SiteParts, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';
import { inventedText } from '../support/wire.js';

let origin: FeedServer;
let site: TestSite;

const SOURCES = ['wire', 'post', 'herald'] as const;
/** Monday, 2 November 2026, 06:00. */
const MONDAY = Date.UTC(2026, 10, 2, 6);
const HOUR = 3_600_000;
const at = (hours: number) => new Date(MONDAY + hours * HOUR).toISOString();
const WEEK = 168;

const told: Record<(typeof SOURCES)[number], RssItem[]> = { wire: [], post: [], herald: [] };
function tell(source: (typeof SOURCES)[number], title: string, hours: number, slug = title): void {
  const link = `https://${source}.example/${slug.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  told[source].unshift({ title, link, date: at(hours), description: `What ${source} knows of it: ${title}.` });
  origin.pages.set(`/${source}`, { body: rss(`The ${source}`, told[source], `https://${source}.example/`) });
}

const parts = (more: Partial<Record<(typeof SOURCES)[number] | 'every', string>> = {}): SiteParts => ({
  sources: SOURCES.map((id) => `{ id: ${id}, url: "${origin.url}/${id}", title: The ${id}${more[id] ?? ''} }`),
  more: [
    'duplicates: keep',
    'digests:',
    `  - { id: weekly, title: The week, every: "${more.every ?? 'monday 06:00'}", items: 3 }`,
  ],
});

beforeEach(async () => {
  origin = await serveFeeds();
  for (const source of SOURCES) told[source] = [];
  for (const source of SOURCES) tell(source, `Opening words of ${source}`, -30);
  site = aSite(parts());
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

const FERRY = 'Ferry Aurora runs aground off Larkspur harbour, forty passengers rescued';
/** A week with a story of all publications, one of two, and single articles. */
function aWeek(week: number): void {
  const start = week * WEEK;
  for (const [i, source] of SOURCES.entries()) tell(source, `${FERRY} on day ${week}`, start + 10 + i, `ferry-${week}`);
  tell('wire', `Granite bridge of Tamarind valley collapses in storm ${week}`, start + 20, `bridge-${week}`);
  tell('post', `Granite bridge of Tamarind valley collapses in storm ${week}`, start + 21, `bridge-${week}`);
  tell('wire', `Bread prices rise in the ${week}th month`, start + 30, `bread-${week}`);
  tell('herald', `Choir of ${week} voices sings at dawn`, start + 40, `choir-${week}`);
}

const issues = () => site.json('digests/weekly.json').items;
const titles = (number: number) =>
  site.json(`digests/weekly/${number}.json`).items.map(({ title }) => String(title).slice(0, 12));

describe('a digest', () => {
  it('puts pinned articles first, and takes at most so many of one source', async () => {
    const own = parts();
    const digest = '  - { id: weekly, title: The week, every: "monday 06:00", items: 3, perSource: 1 }';
    const pin = '- { article: "https://herald.example/choir-0", pin: true }\n';
    site.configure({ ...own, more: [...own.more!.slice(0, 2), digest] });
    writeFileSync(join(site.root, 'config', 'desk.yaml'), pin);
    aWeek(0);
    await site.run(at(50));
    tell('wire', 'News after the moment', WEEK + 1);
    await site.run(at(WEEK + 2));
    const { items } = site.json('digests/weekly/1.json');
    expect(items.map(({ sourceId }) => sourceId)).toHaveLength(new Set(items.map(({ sourceId }) => sourceId)).size);
    expect(titles(1)[0]).toBe('Choir of 0 v');
    expect(titles(1)).toContain('Ferry Aurora');
  });

  it.each(['stories', 'newest'])('by %s leaves room for others beside a flood of one source', async (by) => {
    site.configure({
      ...parts({ wire: ', perDay: 1000' }),
      more: ['digests:', `  - { id: weekly, title: The week, every: "monday 06:00", items: 9, by: ${by} }`],
    });
    await site.run(at(1));
    for (const n of [2, 3, 4])
      for (const [i, source] of (['post', 'herald'] as const).entries()) tell(source, inventedText(10 * n + i, 6), n);
    for (let n = 0; n < 120; n++) tell('wire', inventedText(100 + n, 6), 50 + n / 4);
    await site.run(at(100));
    tell('post', 'News after the moment', WEEK + 1);
    await site.run(at(WEEK + 2));
    const { items } = site.json('digests/weekly/2.json');
    expect(items).toHaveLength(9);
    expect(items.filter(({ sourceId }) => sourceId === 'wire')).toHaveLength(3);
  });

  it('begins with the introduction of its day, which never changes after it closed', async () => {
    const digest = '  - { id: weekly, title: The week, every: "monday 06:00", introduction: { folder: letters } }';
    site.configure({ ...parts(), more: ['digests:', digest] });
    mkdirSync(join(site.root, 'letters'));
    const letter = join(site.root, 'letters', '2026-11-09.md');
    writeFileSync(letter, 'Dear **readers**, see [our page](about).\n\n![](x.png)<script>x</script>Second line.\n');
    aWeek(0);
    await site.run(at(50));
    const preview = await newsloom(
      'digest',
      'preview',
      'weekly',
      '--config',
      join(site.root, 'config', 'newsloom.yaml'),
    );
    expect(preview.out).toContain('\n\nDear readers, see our page.\n\nSecond line.\n\n1. Ferry');
    tell('wire', 'News after the moment', WEEK + 1);
    await site.run(at(WEEK + 2));
    const html =
      '<p>Dear <strong>readers</strong>, see <a rel="nofollow noopener noreferrer ugc" href="https://news.example.org/about">our page</a>.</p>\n<p>Second line.</p>';
    expect(site.json('digests/weekly/1.json')).toMatchObject({ introduction: html });
    expect(issues()[0]?.content_html).toMatch(/^<p>Dear <strong>readers/);
    for (const file of ['1.html', 'mail/1.htm']) expect(site.read(`digests/weekly/${file}`)).toContain(html);
    const before = site.files('digests');
    writeFileSync(letter, 'Too late.');
    site.configure({ ...parts(), more: ['digests:', digest.replace('{ folder: letters }', 'For all')] });
    await site.run(at(WEEK + 3));
    expect(site.files('digests')).toEqual(before);
    tell('wire', 'News of the next', 2 * WEEK + 1);
    await site.run(at(2 * WEEK + 2));
    expect(site.json('digests/weekly/2.json')).toMatchObject({ introduction: '<p>For all</p>' });
  });

  it('starts without issues, and closes one with the first news after its closing time', async () => {
    aWeek(0);
    await site.run(at(50));
    expect(site.files('digests').size).toBe(0);
    await site.run(at(WEEK + 1));
    expect(site.files('digests').size).toBe(0);
    tell('wire', 'News after the moment', WEEK + 1);
    await site.run(at(WEEK + 2));
    expect([...site.files('digests').keys()]).toEqual([
      'digests/weekly/1.html',
      'digests/weekly/1.json',
      'digests/weekly/mail/1.htm',
      'digests/weekly/mail/1.txt',
      'digests/weekly.atom',
      'digests/weekly.html',
      'digests/weekly.json',
      'digests/weekly.rss',
    ]);
    expect(titles(1)).toEqual(['Ferry Aurora', 'Granite brid', 'Choir of 0 v']);
    expect(issues()[0]).toMatchObject({
      id: 'https://news.example.org/feeds/digests/weekly/1',
      title: 'The week, 9 November 2026',
      date_published: '2026-11-09T06:00:00Z',
    });
    expect(site.read('feeds.opml')).toContain('digests/weekly.rss');
    expect(site.read('index.html')).toContain('<a href="digests/weekly.html"><bdi>The week</bdi></a>');
    expect(site.read('sitemap.xml')).toContain('<loc>https://news.example.org/feeds/digests/weekly.html</loc>');
  });

  it('names all publications of a story, and sorts equal stories newest first', async () => {
    await site.run(at(-20));
    tell('wire', FERRY, -1, 'ferry');
    tell('post', FERRY, 1, 'ferry');
    tell('wire', 'Granite bridge of Tamarind valley collapses in storm', 20, 'bridge');
    tell('post', 'Granite bridge of Tamarind valley collapses in storm', 21, 'bridge');
    tell('herald', 'Choir of many voices sings at dawn', WEEK + 1);
    await site.run(at(WEEK + 2));
    expect(titles(2)).toEqual(['Granite brid', 'Ferry Aurora']);
    expect(site.json('digests/weekly/2.json').items[1]).toMatchObject({
      publication: 'The post',
      others: [{ publication: 'The wire' }],
    });
  });

  it('contains a story once, with the reports of its period that are not withdrawn', async () => {
    site.configure(parts({ herald: ', withdrawn: mark' }));
    await site.run(at(-20));
    tell('wire', FERRY, -1, 'ferry');
    tell('herald', 'Posters of the carnival are up on every corner', 0.5);
    tell('herald', FERRY, 1, 'ferry');
    tell('herald', 'Carnival begins with drums and a parade of cats', 3);
    tell('post', FERRY, 2, 'ferry');
    await site.run(at(10));
    told.herald = told.herald.filter(({ title }) => title !== FERRY);
    for (const hours of [20, 30]) {
      tell('herald', `Weather of hour ${hours} is fair with some wind`, hours - 1);
      await site.run(at(hours));
    }
    expect(site.json('sources/herald.json').items.map(({ title }) => title)).toContain(`Withdrawn: ${FERRY}`);
    tell('wire', 'Choir of many voices sings at dawn', WEEK + 1);
    await site.run(at(WEEK + 2));
    const { items } = site.json('digests/weekly/2.json');
    const ferries = items.filter(({ title }) => title === FERRY);
    expect(ferries).toMatchObject([{ publication: 'The post', others: [{ publication: 'The wire' }] }]);
  });

  it('has pages with the section’s topics in the menu', async () => {
    site.configure({ ...parts(), topics: ['{ id: sea, label: At sea, any: [ferry] }'] });
    await site.run(at(-20));
    aWeek(0);
    aWeek(1);
    await site.run(at(WEEK + 50));
    for (const page of ['digests/weekly.html', 'digests/weekly/1.html'])
      expect([page, site.read(page)]).toEqual([page, expect.stringMatching(/<nav class="topics".*topics\/sea\.html/s)]);
  });

  it('has a preview equal to the closed issue', async () => {
    const at60 = ['--config', join(site.root, 'config', 'newsloom.yaml'), '--now', at(60)];
    const preview = (...more: string[]) => newsloom('digest', 'preview', 'weekly', ...more, ...at60);
    expect((await preview()).out).toMatch(
      /^the issue is empty so far; it closes with the first news after 2026-11-09 06:00 UTC/,
    );
    await site.run(at(-20));
    aWeek(0);
    await site.run(at(60));
    const files = site.files();
    const { out } = await preview();
    expect(out).toContain('Ferry Aurora runs aground');
    expect(out).toMatch(/\(closes with the first news after 2026-11-09 06:00 UTC\)\n$/);
    const { closesAt, issue } = JSON.parse((await preview('--json')).out);
    expect(closesAt).toBe('2026-11-09T06:00:00.000Z');
    const mail = (await preview('--html')).out;
    expect((await newsloom('overview', ...at60)).out).toContain(
      'digest    weekly: the next issue closes with the first',
    );
    expect(site.files()).toEqual(files);
    aWeek(1);
    await site.run(at(WEEK + 50));
    expect(site.json('digests/weekly/2.json').items).toEqual(issue.items);
    expect(mail).toBe(site.read('digests/weekly/mail/2.htm'));
    expect(await newsloom('digest', 'preview', 'daily', ...at60)).toMatchObject({
      status: 2,
      err: expect.stringContaining('unknown digest "daily"; known: weekly'),
    });
  });

  it('closes in the section’s time zone, and has the day in its title', async () => {
    site.configure({ ...parts({ every: 'monday 00:30' }), site: ['timezone: Europe/Kyiv'] });
    aWeek(0);
    await site.run(at(50));
    tell('wire', 'News at night', WEEK - 7);
    await site.run(at(WEEK - 6));
    expect(issues()[0]).toMatchObject({ title: 'The week, 9 November 2026', date_published: '2026-11-08T22:30:00Z' });
    const files = site.files('digests');
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    await site.run(at(WEEK - 5));
    expect(site.files('digests')).toEqual(files);
  });

  it('writes nothing without news, and never changes a closed issue', async () => {
    aWeek(0);
    await site.run(at(50));
    for (const week of [1, 2, 3]) {
      aWeek(week);
      await site.run(at(week * WEEK + 50));
      const files = site.files();
      await site.run(at(week * WEEK + 60));
      expect(site.files()).toEqual(files);
    }
    tell('wire', 'News after the fourth week', 4 * WEEK + 1);
    const before = site.files('digests/weekly');
    site.configure({ ...parts(), topics: ['{ id: boats, any: [ferry] }'] });
    await site.run(at(4 * WEEK + 2));
    expect(issues().map(({ title }) => title)).toEqual([30, 23, 16, 9].map((day) => `The week, ${day} November 2026`));
    for (const [path, text] of before) expect(site.read(path)).toBe(text);
  });

  it('includes late articles in the next issue', async () => {
    tell('wire', 'After the first moment', 1);
    await site.run(at(2));
    tell('wire', 'In time', 100);
    tell('wire', 'After the moment', WEEK + 1);
    await site.run(at(WEEK + 2));
    expect(titles(1)).toEqual(['In time', 'After the fi']);
    tell('post', 'Too late', WEEK - 2);
    tell('post', 'After the next moment', 2 * WEEK + 1);
    await site.run(at(2 * WEEK + 2));
    expect(titles(2)).toEqual(['After the mo', 'Too late']);
  });

  it('loses only articles taken down or withdrawn, and summaries without permission', async () => {
    aWeek(0);
    await site.run(at(50));
    aWeek(1);
    await site.run(at(WEEK + 50));
    tell('post', 'After', 2 * WEEK + 1);
    await site.run(at(2 * WEEK + 2));
    const second = site.read('digests/weekly/2.html');
    site.configure({
      ...parts(),
      more: [...(parts().more ?? []), 'desk: [{ article: "https://herald.example/choir-0", takedown: true }]'],
    });
    await site.run(at(2 * WEEK + 3));
    expect(titles(1)).toEqual(['Ferry Aurora', 'Granite brid']);
    for (const path of ['1.html', '1.json', 'mail/1.htm', 'mail/1.txt'])
      expect(site.read(`digests/weekly/${path}`)).not.toContain('Choir');
    expect(site.read('digests/weekly.rss')).not.toContain('Choir of 0');
    expect(site.read('digests/weekly/2.html')).toBe(second);
    expect(site.read('digests/weekly/1.html')).toContain('What wire knows');
    site.configure(parts({ wire: ', content: none' }));
    await site.run(at(2 * WEEK + 4));
    expect(site.read('digests/weekly/1.html')).not.toContain('What wire knows');
    expect(site.read('digests/weekly.atom')).not.toContain('What wire knows');
  });

  it('loses a summary without permission, also of a renamed source', async () => {
    aWeek(0);
    await site.run(at(50));
    tell('post', 'After', WEEK + 1);
    await site.run(at(WEEK + 2));
    expect(site.read('digests/weekly/1.html')).toContain('What wire knows');
    const renamed = (content: string) => ({
      ...parts(),
      sources: parts().sources.map((line) =>
        line.replace('id: wire', `id: agency, formerly: [wire], content: ${content}`),
      ),
    });
    site.configure(renamed('summary'));
    await site.run(at(WEEK + 3));
    expect(site.read('digests/weekly/1.html')).toContain('What wire knows');
    site.configure(renamed('none'));
    await site.run(at(WEEK + 4));
    expect(site.read('digests/weekly/1.html')).not.toContain('What wire knows');
  });

  it('is restored from the published files, byte for byte, and continues', async () => {
    aWeek(0);
    await site.run(at(50));
    aWeek(1);
    await site.run(at(WEEK + 50));
    const files = site.files();
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    await site.run(at(WEEK + 51));
    expect(site.files()).toEqual(files);
    aWeek(2);
    await site.run(at(2 * WEEK + 50));
    expect(titles(2)).toEqual(['Ferry Aurora', 'Granite brid', 'Choir of 1 v']);
    for (const path of ['digests/weekly/1.html', 'digests/weekly/mail/1.htm'])
      expect(site.read(path)).toBe(files.get(path));
  });

  it('is a mail of tables with a text part', async () => {
    aWeek(0);
    await site.run(at(50));
    aWeek(1);
    await site.run(at(WEEK + 50));
    const mail = site.read('digests/weekly/mail/1.htm');
    expect(mail).toContain('<table role="presentation"');
    expect(mail).not.toMatch(/<(?:script|link|style|form|img)\b|href="(?!https?:)/);
    expect(Buffer.byteLength(mail)).toBeLessThan(100_000);
    // A long word does not widen it, and a name in the other direction does not reverse the date.
    expect(mail).toContain('word-break:break-word');
    expect(mail).toContain('<strong dir="auto">The wire</strong> &#183; <span dir="ltr">');
    expect(mail).toMatch(/<p dir="ltr"[^>]*>Also reported by <a dir="auto" /);
    const text = site.read('digests/weekly/mail/1.txt');
    expect(text).toMatch(/^The Section\nThe week, 9 November 2026\n=+\n/);
    expect(text).toContain('Also reported by The post, The herald');
    for (const { url } of site.json('digests/weekly/1.json').items) expect(text).toContain(`\n${url}\n`);
  });
});
