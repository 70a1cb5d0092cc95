/** Channels and languages as feeds, pages and archives, over several days. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type SiteParts, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;

const hour = (n: number) => new Date(Date.UTC(2026, 10, 24, n)).toISOString();
const WIRE = [
  { title: 'Power plant in court over emissions', link: 'https://wire.example/a', date: hour(5) },
  { title: 'Wind power grows in the north', link: 'https://wire.example/b', date: hour(4) },
  { title: 'Court hears the ferry case', link: 'https://wire.example/c', date: hour(3) },
];
const POST = [
  { title: 'Courts and power: a new ruling', link: 'https://post.example/a', date: hour(2) },
  { title: 'Нова електростанція постане перед судом', link: 'https://post.example/b', date: hour(1) },
];

const parts = (more: readonly string[]): SiteParts => ({
  sources: [
    `{ id: wire, url: "${origin.url}/wire", title: The Wire }`,
    `{ id: post, url: "${origin.url}/post", title: The Post }`,
  ],
  topics: ['{ id: energy, label: Energy, any: [power] }'],
  more: ['publish: { items: 3 }', 'channels:', ...more.map((line) => `  - ${line}`), 'languages: [uk, en]'],
});
const ASKED = '{ id: energy-law, title: Energy law, where: { topics: energy, text: { all: [court] } } }';

beforeEach(async () => {
  origin = await serveFeeds({
    '/wire': rss('The Wire', WIRE, 'https://wire.example/'),
    '/post': rss('The Post', POST, 'https://post.example/'),
  });
  site = aSite(parts([ASKED]));
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

const titles = (path: string) => site.json(`${path}.json`).items.map(({ title }) => title);
const serve = (path: string, items: Parameters<typeof rss>[1]) =>
  origin.pages.set(path, {
    body: rss(path === '/wire' ? 'The Wire' : 'The Post', items, `https://${path.slice(1)}.example/`),
  });

describe('a question', () => {
  it('has a feed, a page and an entry in the lists', async () => {
    await site.run('2026-11-24T06:00:00Z');
    const found = ['Power plant in court over emissions', 'Courts and power: a new ruling'];
    expect(titles('channels/energy-law')).toEqual(found);
    expect(site.read('channels/energy-law.atom')).toContain('<title type="text">Energy law – The Section</title>');
    expect(site.read('channels/energy-law.html')).toContain('<h1>Energy law</h1>');
    expect(site.read('index.html')).toContain('<a href="channels/energy-law.html"><bdi>Energy law</bdi></a>');
    expect(site.read('feeds.opml')).toContain('channels/energy-law.rss');
    expect(site.read('manifest.json')).toContain('"channels/energy-law.rss"');
  });

  it('adds later articles, archives old ones, and writes nothing without news', async () => {
    await site.run('2026-11-24T06:00:00Z');
    const more = Array.from({ length: 4 }, (_, i) => ({
      title: `Power court case ${i}`,
      link: `https://wire.example/n${i}`,
      date: hour(6 + i),
    })).reverse();
    serve('/wire', [...more, ...WIRE]);
    await site.run('2026-11-24T11:00:00Z');
    expect(titles('channels/energy-law')).toEqual(['Power court case 3', 'Power court case 2', 'Power court case 1']);
    expect(titles('archive/channels/energy-law/1')).toHaveLength(3);
    const files = site.files();
    const { report } = await site.run('2026-11-24T12:00:00Z');
    expect(report.files.written).toBe(0);
    expect(site.files()).toEqual(files);
  });

  it('is applied to all stored articles when it is new or changed, and changes nothing else', async () => {
    await site.run('2026-11-24T06:00:00Z');
    const before = site.files();
    site.configure(parts([ASKED, '{ id: wires, where: { sources: [wire], not: { text: { any: [ferry] } } } }']));
    await site.run('2026-11-24T07:00:00Z');
    expect(titles('channels/wires')).toEqual(['Power plant in court over emissions', 'Wind power grows in the north']);
    expect(site.read('channels/energy-law.atom')).toBe(before.get('channels/energy-law.atom'));
    site.configure(parts([ASKED, '{ id: wires, where: { sources: [wire], text: { near: [[power, court]] } } }']));
    await site.run('2026-11-24T08:00:00Z');
    expect(titles('channels/wires')).toEqual(['Power plant in court over emissions']);
    site.configure(parts([ASKED]));
    await site.run('2026-11-24T09:00:00Z');
    expect(site.files('channels')).toEqual(new Map([...before].filter(([path]) => path.startsWith('channels/'))));
  });

  it('continues under a former id', async () => {
    await site.run('2026-11-24T06:00:00Z');
    const items = site.json('channels/energy-law.json').items;
    const id = /<id>([^<]+)<\/id>/.exec(site.read('channels/energy-law.atom'))?.[1];
    site.configure(parts([ASKED.replace('id: energy-law', 'id: power-law, formerly: [energy-law]')]));
    const { report } = await site.run('2026-11-24T07:00:00Z');
    expect(report.articles.added).toBe(0);
    expect(site.json('channels/power-law.json').items).toEqual(items);
    expect(site.read('channels/power-law.atom')).toContain(`<id>${id}</id>`);
    expect(site.read('channels/energy-law.rss')).toBe(site.read('channels/power-law.rss'));
    expect(site.read('channels/energy-law.html')).toContain('url=power-law.html');
  });

  it('obeys desk and rules', async () => {
    await site.run('2026-11-24T06:00:00Z');
    site.configure({
      ...parts([ASKED]),
      more: [
        ...(parts([ASKED]).more ?? []),
        'rules: [{ drop: { title: [emissions] } }]',
        'desk: [{ article: "https://wire.example/c", topics: [+energy] }]',
      ],
    });
    await site.run('2026-11-24T07:00:00Z');
    expect(titles('channels/energy-law')).toEqual(['Court hears the ferry case', 'Courts and power: a new ruling']);
    expect(site.read('channels/energy-law.atom')).toContain('at:deleted-entry');
  });

  it('is restored from the published files, byte for byte', async () => {
    site.configure(parts([ASKED, '{ id: told, where: { stories: 2 } }']));
    await site.run('2026-11-24T06:00:00Z');
    const files = site.files();
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    const { report } = await site.run('2026-11-24T07:00:00Z');
    expect(report.articles.added).toBe(0);
    expect(site.files()).toEqual(files);
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    site.configure(parts([ASKED, '{ id: ferries, where: { text: { any: [ferry] } } }']));
    await site.run('2026-11-24T08:00:00Z');
    expect(titles('channels/ferries')).toEqual(['Court hears the ferry case']);
    expect(site.read('channels/energy-law.json')).toBe(files.get('channels/energy-law.json'));
  });

  it('keeps articles marked as withdrawn when its conditions change', async () => {
    const marking = (more: readonly string[]) => ({
      ...parts(more),
      sources: [`{ id: wire, url: "${origin.url}/wire", withdrawn: mark }`],
    });
    site.configure(marking([ASKED]));
    const notes = Array.from({ length: 8 }, (_, i) => ({ title: `Note ${i}`, date: hour(0) }));
    serve('/wire', [...WIRE, ...notes]);
    await site.run('2026-11-24T06:00:00Z');
    serve('/wire', [{ title: 'Later news', date: hour(6) }, ...WIRE.slice(1), ...notes]);
    for (const at of ['07', '08', '09']) await site.run(`2026-11-24T${at}:00:00Z`);
    const before = titles('channels/energy-law');
    expect(before).toEqual(['Withdrawn: Power plant in court over emissions']);
    site.configure(marking([ASKED.replace('all: [court]', 'any: [court, zebra]')]));
    await site.run('2026-11-24T10:00:00Z');
    expect(titles('channels/energy-law')).toEqual(before);
  });
});

describe('a language', () => {
  it('has a channel with links to the others', async () => {
    await site.run('2026-11-24T06:00:00Z');
    expect(titles('language/uk')).toEqual(['Нова електростанція постане перед судом']);
    expect(titles('language/en')).toHaveLength(3);
    expect(site.json('language/uk.json').language).toBe('uk');
    const html = site.read('language/uk.html');
    expect(html).toContain(
      '<link rel="alternate" hreflang="en" href="https://news.example.org/feeds/language/en.html">',
    );
    expect(html).toContain(
      '<link rel="alternate" hreflang="uk" href="https://news.example.org/feeds/language/uk.html">',
    );
    expect(html).toContain('<h1 lang="uk" dir="auto">Українська</h1>');
    expect(site.read('language/en.atom')).toContain(
      'hreflang="uk" href="https://news.example.org/feeds/language/uk.atom"',
    );
    expect(site.read('language/en.rss')).toContain(
      'hreflang="uk" href="https://news.example.org/feeds/language/uk.rss"',
    );
  });
});

describe('a channel for stories of several publications', () => {
  const TOLD = '{ id: told, where: { stories: 3 } }';
  const ferry = (name: string, at: number) => ({
    title: 'Ferry Aurora runs aground off Larkspur harbour, forty passengers rescued',
    link: `https://${name}.example/ferry`,
    date: hour(at),
    description: `The ferry Aurora ran aground near Larkspur harbour; rescuers of ${name} brought forty passengers ashore.`,
  });

  it('adds the first report when the story is large enough, and keeps it', async () => {
    const three = (): SiteParts => ({
      ...parts([TOLD]),
      sources: [...parts([]).sources, `{ id: herald, url: "${origin.url}/herald", title: The Herald }`],
      more: [...(parts([TOLD]).more ?? []), 'duplicates: keep'],
    });
    origin.pages.set('/herald', {
      body: rss('The Herald', [{ title: 'Bread prices', date: hour(1) }], 'https://herald.example/'),
    });
    site.configure(three());
    serve('/wire', [ferry('wire', 4)]);
    serve('/post', [ferry('post', 5)]);
    await site.run('2026-11-24T06:00:00Z');
    expect(site.files('channels').size).toBe(0);
    origin.pages.set('/herald', { body: rss('The Herald', [ferry('herald', 6)], 'https://herald.example/') });
    await site.run('2026-11-24T07:00:00Z');
    expect(site.json('channels/told.json').items.map(({ url }) => url)).toEqual([
      'https://herald.example/ferry',
      'https://post.example/ferry',
      'https://wire.example/ferry',
    ]);
    site.configure({ ...three(), more: [...(three().more ?? []), 'rules: [{ drop: { url: [herald.example] } }]'] });
    await site.run('2026-11-24T08:00:00Z');
    expect(site.json('channels/told.json').items.map(({ url }) => url)).toEqual([
      'https://post.example/ferry',
      'https://wire.example/ferry',
    ]);
  });
});
