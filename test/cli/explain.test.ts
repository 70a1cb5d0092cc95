import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

const WIRE =
  'The harbour of Northport was closed on Tuesday after a freighter struck the breakwater, the port authority said. Two sailors were taken ashore and no oil was seen.';
let origin: FeedServer;
let site: TestSite;
beforeEach(async () => {
  origin = await serveFeeds({
    '/a': rss(
      'Paper A',
      [
        {
          title: 'Freighter strikes Northport breakwater',
          link: 'https://a.example/freighter',
          description: WIRE,
          date: '2026-11-24T08:00:00Z',
        },
        { title: 'Ferry street repaved', link: 'https://a.example/street', date: '2026-11-24T07:00:00Z' },
      ],
      'https://a.example/',
    ),
    '/b': rss(
      'Paper B',
      [
        {
          title: 'Freighter strikes Northport breakwater',
          link: 'https://b.example/ship',
          description: WIRE,
          date: '2026-11-24T08:30:00Z',
        },
      ],
      'https://b.example/',
    ),
  });
  site = aSite({
    sources: [`{ id: a, url: "${origin.url}/a" }`, `{ id: b, url: "${origin.url}/b" }`],
    topics: ['{ id: sea, label: The Sea, any: [freighter, ferry], none: [Ferry street] }'],
  });
  await site.run('2026-11-24T09:07:00Z');
});
afterEach(async () => {
  await origin.close();
  site.remove();
});
const explain = (...more: string[]) =>
  newsloom('explain', '--config', join(site.root, 'config', 'newsloom.yaml'), ...more);

describe('newsloom explain', () => {
  it('shows the origin of an article, its topics with evidence, its story and its feeds', async () => {
    const { status, out } = await explain('http://www.a.example/freighter/?utm_source=x');
    expect(status).toBe(0);
    expect(out).toContain('Freighter strikes Northport breakwater\n');
    expect(out).toContain('  fetched     Paper A (a)\n');
    expect(out).toContain(' published: 2026-11-24 08:00 (date: published)\n');
    expect(out).toContain('  topics      sea\n              sea: "freighter" in the title (3)');
    expect(out).toMatch(/page: https:\/\/news\.example\.org\/feeds\/articles\/\w+\.html\n/);
    expect(out).toMatch(/story {7}leads\n +page: https:\/\/news\.example\.org\/feeds\/stories\/\w+\.html\n/);
    expect(out).not.toContain('next build');
    expect(out).toContain('Paper B: Freighter strikes Northport breakwater <https://b.example/ship>');
    expect(out).toContain('  published   4 feeds\n              all: head\n');
    expect(out).toContain(' stories: head');
  });

  it('explains why a copy is not shown, and why a topic is missing', async () => {
    expect((await explain('https://b.example/ship')).out).toContain(
      ' copy of: Paper A: Freighter strikes Northport breakwater <https://a.example/freighter>\n',
    );
    expect((await explain('https://a.example/street')).out).toContain('"Ferry street" excludes it');
  });

  it('compares two articles', async () => {
    const same = await explain('https://a.example/freighter', 'https://b.example/ship');
    expect(same.out).toContain('One story: copy\n');
    const other = await explain('https://a.example/freighter', 'https://a.example/street');
    expect(other.out).toContain('Not one story: too-little\n');
    expect(other.out).toMatch(/score +\d+\.\d\d of \d+\.\d\d required\n +[+-]\d+\.\d\d \w+\n/);
    const json = JSON.parse((await explain('https://a.example/freighter', 'https://b.example/ship', '--json')).out);
    expect(json).toMatchObject({ kind: 'pair', oneStory: true, reason: 'copy' });
    expect(json.shared.map(({ word }: { word: string }) => word)).toContain('breakwater');
  });

  it('explains why an article is unknown', async () => {
    const elsewhere = await explain('https://nobody.example/x');
    expect(elsewhere.status).toBe(2);
    expect(elsewhere.err).toContain('unknown article https://nobody.example/x; no source has its host');
    const { err } = await explain(`${origin.url}/x`);
    expect(err).toContain('a is ok, last success 2026-11-24 09:07');
    expect(JSON.parse((await explain('urn:x:1', '--json')).out)).toMatchObject({ kind: 'unknown', sources: [] });
  });

  it('reports a lost store', async () => {
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    for (const asked of ['https://a.example/street', 'repaved']) {
      const { status, err } = await explain(asked);
      expect([status, err]).toEqual([2, expect.stringContaining('lost; the next build restores it')]);
    }
    rmSync(site.feeds, { recursive: true });
    expect((await explain('https://nobody.example/x')).err).toContain('no source has its host');
  });

  it('names a removed source by the title of its feed', async () => {
    site.configure({ sources: [`{ id: b, url: "${origin.url}/b" }`] });
    await site.run('2026-11-24T10:07:00Z');
    expect((await explain('https://a.example/street')).out).toContain('fetched     Paper A (a)');
  });

  it('finds an article by words of its headline, and lists several matches', async () => {
    for (const words of ['street REPAVED', 'repaved street', 'Repaved', "ferry's, repaved!"])
      expect((await explain(words)).out).toContain('address: https://a.example/street');
    for (const words of ['ferry st', 'ferry breakwater'])
      expect((await explain(words)).err).toContain(`no headline contains the words "${words}"; use the address`);
    expect((await explain('repave')).err).toContain(
      'unknown article repave, and no headline contains the words "repave"',
    );
    expect((await explain('repaved', 'harbour walls')).err).toContain('no headline contains the words "harbour walls"');
    expect((await explain('ferry street', 'freighter strikes')).status).toBe(2);
    const several = await explain('breakwater Northport');
    expect([several.status, several.err]).toEqual([
      2,
      `newsloom: several headlines contain these words; use an address or id:
  Paper A: Freighter strikes Northport breakwater <https://a.example/freighter>
  Paper B: Freighter strikes Northport breakwater <https://b.example/ship>
`,
    ]);
    const config = join(site.root, 'config', 'newsloom.yaml');
    await newsloom('desk', 'title', 'https://a.example/street', 'A street is new', '--config', config);
    await site.run('2026-11-24T10:07:00Z');
    expect((await explain(' street  IS new')).out).toContain('address: https://a.example/street');
    expect((await explain('balloon lands')).err).toContain(
      'no headline contains the words "balloon lands"; use the address',
    );
  });

  it('finds an article by a headline that rules changed, with any apostrophe, and counts further matches', async () => {
    const items = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
      title: day === 7 ? 'Northport’s LIVE tram opens' : `Tides of day ${day}`,
      link: `https://b.example/${day}`,
      date: `2026-11-24T0${day}:00:00Z`,
    }));
    origin.pages.set('/b', { body: rss('Paper B', items, 'https://b.example/') });
    site.configure({
      sources: [`{ id: b, url: "${origin.url}/b" }`],
      more: ['rules: [{ retitle: { cut: [" LIVE"] } }]'],
    });
    await site.run('2026-11-24T10:07:00Z');
    for (const words of ["northport's tram", 'Tram opens Northport’s', 'live tram'])
      expect((await explain(words)).out).toContain('address: https://b.example/7');
    const { err } = await explain('tides day');
    expect(err).toContain('Tides of day 6 <');
    expect(err).not.toContain('Tides of day 1 <');
    expect(err).toContain('\n  … and 1 older ones\n');
  });

  it('explains a withdrawn article', async () => {
    const items = ['Six', 'Five', 'Four', 'Three', 'Two'].map((title, i) => ({
      title,
      link: `https://b.example/${i}`,
      date: `2026-11-24T0${7 - i}:00:00Z`,
    }));
    origin.pages.set('/b', { body: rss('Paper B', items, 'https://b.example/') });
    await site.run('2026-11-24T10:07:00Z');
    for (const hour of ['11', '12']) {
      origin.pages.set('/b', {
        body: `${rss(
          'Paper B',
          items.filter(({ title }) => title !== 'Five'),
          'https://b.example/',
        )}<!--${hour}-->`,
      });
      await site.run(`2026-11-24T${hour}:07:00Z`);
    }
    const { out } = await explain('https://b.example/1');
    expect(out).toContain('withdrawn: 2026-11-24 12:07');
    expect(out).toContain(' all: nothing, withdrawn');
  });
});

describe('newsloom explain of topics', () => {
  it('shows the evidence for and against a topic, and removals by the desk', async () => {
    const config = ['--config', join(site.root, 'config', 'newsloom.yaml')];
    const topics = async (url: string) => (await explain(url)).out.match(/^ +topics .*(?:\n {14}.*)*/m)?.[0];
    expect(await topics('https://a.example/freighter')).toMatch(/ +sea: "freighter" in the title \(3\), /);
    expect(await topics('https://a.example/street')).toMatch(/ +not sea: .*"Ferry street" excludes it$/);
    await newsloom('desk', 'topics', 'https://a.example/freighter', '--remove', 'sea', ...config);
    await site.run('2026-11-24T10:07:00Z');
    expect((await explain('https://a.example/freighter')).out).toContain(' topics removed: sea');
    const tried = await newsloom('topics', 'test', 'https://a.example/freighter', ...config);
    expect(tried.out).toMatch(/\n {2}changed by the desk: topics removed: sea \(.*desk\.yaml:\d+\)\n$/);
  });
});

describe('newsloom explain of channels', () => {
  it('shows which conditions of each channel an article meets', async () => {
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a" }`, `{ id: b, url: "${origin.url}/b" }`],
      topics: ['{ id: sea, label: The Sea, any: [freighter, ferry], none: [Ferry street] }'],
      more: [
        'channels:',
        '  - { id: wrecks, where: { topics: sea, text: { any: [breakwater] }, not: { sources: b } } }',
        '  - { id: told, where: { topics: sea, stories: 3 } }',
      ],
    });
    await site.run('2026-11-24T10:07:00Z');
    const { out } = await explain('https://a.example/freighter');
    expect(out).toContain(
      '  channels    channels/wrecks\n              channels/wrecks: not sources ok, topics ok, text ok\n',
    );
    expect(out).toContain(' channels/told: topics ok, stories fails\n');
  });
});

describe('newsloom explain of the picture', () => {
  const image = (url: string, size = 'width="640" height="360"') =>
    `<media:content xmlns:media="http://search.yahoo.com/mrss/" url="${url}" medium="image" ${size}/>`;
  const FIRST = 'https://img.example/a.jpg';

  it.each([
    ['shown', FIRST, 'images: true', [], ''],
    ['unsized', FIRST, 'images: true', [], ' '],
    ['rights', FIRST, 'content: summary', [], ''],
    ['uncopied', FIRST, 'images: true', ['images: { cache: true }'], ''],
    ['none', 'http://10.1.2.3/a.jpg', 'images: true', [], ''],
  ])('reports: %s', async (said, url, key, more, size) => {
    const one = { title: 'Tram line opens', link: 'https://c.example/tram', xml: image(url, size || undefined) };
    origin.pages.set('/c', { body: rss('Paper C', [one]) });
    site.configure({ sources: [`{ id: c, url: "${origin.url}/c", ${key} }`] });
    await site.run('2026-11-24T10:07:00Z', { restore: 'never' });
    site.configure({ sources: [`{ id: c, url: "${origin.url}/c", ${key} }`], more });
    expect((await explain('https://c.example/tram')).out).toContain(` picture: ${said}\n`);
  });

  it('includes topics that the desk removed', async () => {
    const one = { title: 'Tram line opens', link: 'https://c.example/tram', xml: image(FIRST) };
    origin.pages.set('/c', { body: rss('Paper C', [one]) });
    const sources = [`{ id: c, url: "${origin.url}/c", images: true }`];
    site.configure({ sources, more: ['desk: [{ article: "https://c.example/tram", image: none }]'] });
    await site.run('2026-11-24T10:07:00Z');
    expect((await explain('https://c.example/tram')).out).toContain(' picture: desk\n');
  });
});
