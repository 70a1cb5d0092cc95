/**
 * Reservations in complete runs: those of the section and of its sources are published, and publishers can identify the
 * readers.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArticleLife, explainArticle } from '../../src/app/explain/explain.js';
import { loadSite } from '../../src/app/load-site.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
beforeEach(async () => {
  origin = await serveFeeds({
    '/a': rss('Paper A', [{ title: 'Ferry sails again' }]),
    '/b': {
      body: rss('Paper B', [{ title: 'The quay must go' }], 'https://b.example/'),
      headers: { 'TDM-Reservation': '1', 'TDM-Policy': 'https://b.example/terms?a&b' },
    },
  });
  site = aSite({ sources: [] });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});
const SOURCES = () => [
  `{ id: a, url: "${origin.url}/a", every: 90m }`,
  `{ id: b, url: "${origin.url}/b", content: none }`,
];
const pageOf = (title: string) => [...site.files('articles').values()].find((text) => text.includes(`>${title}</h1>`))!;
const item = (title: string) => site.json('all.json').items.find((one) => one.title === title)!;

describe('a reservation of the section', () => {
  it('is in every page and feed, and in the file for the origin', async () => {
    site.configure({ sources: SOURCES(), site: ['reservation: https://news.example.org/terms'] });
    await site.run('2026-11-24T09:07:00Z');
    const pages = [...site.files()].filter(([path]) => path.endsWith('.html') && !path.startsWith('fragments/'));
    expect(pages.length).toBeGreaterThan(5);
    for (const [path, text] of pages)
      expect([path, text]).toEqual([path, expect.stringContaining('<meta name="tdm-reservation" content="1">')]);
    expect(site.read('index.html')).toContain('<meta name="tdm-policy" content="https://news.example.org/terms">');
    expect(site.read('all.rss')).toContain(
      '<tdm:reservation xmlns:tdm="http://www.w3.org/ns/tdmrep/">1</tdm:reservation>',
    );
    expect(site.read('all.atom')).toContain('>https://news.example.org/terms</tdm:policy>');
    expect(site.json('all.json')._tdm).toMatchObject({ reservation: 1, policy: 'https://news.example.org/terms' });
    expect(site.json('tdmrep.json')).toEqual([
      { location: '/feeds/sources/b.*', 'tdm-reservation': 1, 'tdm-policy': 'https://b.example/terms?a&b' },
      { location: '/feeds/archive/sources/b/*', 'tdm-reservation': 1, 'tdm-policy': 'https://b.example/terms?a&b' },
      { location: '/feeds/*', 'tdm-reservation': 1, 'tdm-policy': 'https://news.example.org/terms' },
    ]);

    site.configure({ sources: SOURCES() });
    await site.run('2026-11-24T10:07:00Z');
    expect(site.read('index.html')).not.toContain('tdm-reservation');
    expect(site.read('all.rss').split('<item>')[0]).not.toContain('tdm:');
  });
});

describe('a reservation of a source', () => {
  it('from its server is published with its articles, and with no others', async () => {
    site.configure({ sources: SOURCES() });
    await site.run('2026-11-24T09:07:00Z');
    expect(item('The quay must go')._tdm).toMatchObject({ reservation: 1, policy: 'https://b.example/terms?a&b' });
    expect(item('Ferry sails again')).not.toHaveProperty('_tdm');
    expect(pageOf('The quay must go')).toContain('<meta name="tdm-policy" content="https://b.example/terms?a&amp;b">');
    expect(pageOf('Ferry sails again')).not.toContain('tdm-');
    expect(site.read('all.atom').match(/<tdm:reservation/g)).toHaveLength(1);
    const before = site.files();
    await site.run('2026-11-24T10:07:00Z');
    expect(site.files()).toEqual(before);

    origin.pages.set('/b', {
      body: rss('Paper B', [{ title: 'The quay must go' }, { title: 'Old news' }], 'https://b.example/'),
    });
    await site.run('2026-11-24T11:07:00Z');
    expect(item('The quay must go')).not.toHaveProperty('_tdm');
    expect([...site.files().keys()]).not.toContain('tdmrep.json');
  });

  it('from the config takes precedence, and commands do not receive its articles', async () => {
    writeFileSync(
      join(site.root, 'tool.mjs'),
      `
      import { appendFileSync, readFileSync } from 'node:fs';
      appendFileSync('given', readFileSync(0, 'utf8'));`,
    );
    const [a, b] = SOURCES();
    site.configure({
      sources: [a!.replace(' }', ', reservation: tdm }'), b!.replace(' }', ', reservation: https://b.example/other }')],
      more: [`enrich: [{ run: ["${process.execPath}", tool.mjs], as: translation }]`],
    });
    const { report } = await site.run('2026-11-24T09:07:00Z');
    expect(report.warnings.map(({ sourceId }) => sourceId)).not.toContain('enrich');
    expect(existsSync(join(site.root, 'given'))).toBe(false);
    expect(item('Ferry sails again')._tdm).toEqual({ about: expect.any(String), reservation: 1 });
    expect(item('The quay must go')._tdm).toMatchObject({ policy: 'https://b.example/other' });
  });
});

describe('commands do not receive', () => {
  const given = () => {
    const file = join(site.root, 'given');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    return lines.map((line) => JSON.parse(line).title).sort();
  };
  const asked = (file: string) => origin.requests.filter(({ path }) => path === file).length;
  const TDMREP = '/.well-known/tdmrep.json';
  // Their pages are on the same server, which is checked for their reservations, too.
  const enriched = () => {
    origin.pages.set('/a', { body: rss('Paper A', [{ title: 'Ferry sails again' }], `${origin.url}/`) });
    const tool = `import { appendFileSync, readFileSync } from 'node:fs';
      const lines = readFileSync(0, 'utf8');
      appendFileSync('given', lines);
      for (const line of lines.trim().split('\\n')) console.log(JSON.stringify({ id: JSON.parse(line).id, title: 'x' }));`;
    writeFileSync(join(site.root, 'tool.mjs'), tool);
    site.configure({
      sources: SOURCES(),
      more: [`enrich: [{ run: ["${process.execPath}", tool.mjs], as: translation }]`],
    });
  };
  const b = (head: string, headers: Record<string, string> = {}) => {
    const body = rss('Paper B', [{ title: 'The quay must go' }], `${origin.url}/`).replace('<channel>', `<channel>${head}`); // biome-ignore format: one line
    return { body, headers };
  };
  const why = async (title: string) =>
    (await explainArticle(await loadSite(join(site.root, 'config', 'newsloom.yaml'), {}), String(item(title).id), new Date('2026-11-24T12:00:00Z'))) as ArticleLife; // biome-ignore format: one line

  it.each<[string, string, Record<string, string>]>([
    ['tdm:reservation in its feed', '<t:reservation xmlns:t="http://www.w3.org/ns/tdmrep/">1</t:reservation>', {}],
    ['noai in X-Robots-Tag', '', { 'X-Robots-Tag': 'noai, noimageai' }],
    ['the header tdm-reservation', '', { 'TDM-Reservation': '1' }],
  ])('articles reserved by %s', async (by, head, headers) => {
    origin.pages.set('/b', b(head, headers));
    enriched();
    await site.run('2026-11-24T09:07:00Z');
    expect(given()).toEqual(['Ferry sails again']);
    expect(item('The quay must go')._tdm).toMatchObject({ reservation: 1 });
    expect((await why('The quay must go')).keptBack).toBe(by);
    expect((await why('Ferry sails again')).keptBack).toBeNull();
  });

  it.each(['noai: yes', 'otherbot: noai', 'noindex'])('except articles with X-Robots-Tag "%s"', async (tag) => {
    origin.pages.set('/b', b('<x:reservation xmlns:x="urn:other">1</x:reservation>', { 'X-Robots-Tag': tag }));
    enriched();
    await site.run('2026-11-24T09:07:00Z');
    expect(given()).toEqual(['Ferry sails again', 'The quay must go']);
  }); // biome-ignore format: a table

  it('articles reserved by the file of a site, which is requested once a day', async () => {
    origin.pages.set('/b', b(''));
    origin.pages.set(TDMREP, { body: '[{ "location": "/b", "tdm-reservation": 1 }]', type: 'application/json' });
    enriched();
    await site.run('2026-11-24T09:07:00Z');
    expect([given(), asked(TDMREP)]).toEqual([['Ferry sails again'], 1]);
    expect((await why('The quay must go')).keptBack).toBe(`${origin.url}${TDMREP}`);
    origin.pages.set('/a', {
      body: rss('Paper A', [{ title: 'Ferry sails again' }, { title: 'Mill burns' }], `${origin.url}/`),
    });
    await site.run('2026-11-24T12:07:00Z');
    expect([given(), asked(TDMREP)]).toEqual([['Ferry sails again', 'Mill burns'], 1]);
    origin.pages.set(TDMREP, { body: '[]', type: 'application/json' });
    await site.run('2026-11-25T12:07:00Z');
    expect([given(), asked(TDMREP)]).toEqual([['Ferry sails again', 'Mill burns', 'The quay must go'], 2]);
  });

  it('articles of an unreachable site, until it is reachable', async () => {
    origin.pages.set('/b', b(''));
    origin.pages.set(TDMREP, { body: '', status: 500 });
    enriched();
    await site.run('2026-11-24T09:07:00Z');
    expect(given()).toEqual([]);
    origin.pages.delete(TDMREP);
    await site.run('2026-11-24T10:17:00Z');
    expect(given()).toEqual(['Ferry sails again', 'The quay must go']);
  });

  it('and the file is not requested without a command', async () => {
    site.configure({ sources: SOURCES() });
    await site.run('2026-11-24T09:07:00Z');
    expect(asked(TDMREP)).toBe(0);
  });
});

describe('publishers.html', () => {
  it('explains who reads which sources how often, and is linked in every request', async () => {
    site.configure({ sources: SOURCES(), site: ['contact: mailto:desk@news.example.org'] });
    await site.run('2026-11-24T09:07:00Z');
    const page = site.read('publishers.html');
    expect(page).toContain('<h1>For publishers</h1>');
    expect(page).toContain('<a href="mailto:desk@news.example.org">Contact</a>');
    expect(page).toContain('headline and summary · asked every 90 min');
    expect(page).toContain('headline · asked as often as it publishes, hourly to daily');
    expect(site.read('index.html')).toContain('<a href="publishers.html">For publishers</a>');
    expect(site.read('sitemap.xml')).toContain('<loc>https://news.example.org/feeds/publishers.html</loc>');
    expect(String(origin.requests[0]!.headers['user-agent'])).toMatch(
      /^newsloom\/\S+ \(\+https:\/\/news\.example\.org\/feeds\/publishers\.html; mailto:desk@news\.example\.org\)$/,
    );
  });

  it('is not linked without pages', async () => {
    site.configure({ sources: SOURCES(), more: ['publish: { formats: [json] }'] });
    await site.run('2026-11-24T09:07:00Z');
    expect(String(origin.requests[0]!.headers['user-agent'])).toMatch(/^newsloom\/\S+$/);
  });
});
