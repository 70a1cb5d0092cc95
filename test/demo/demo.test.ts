import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import RssParser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoResult, runDemo } from '../../src/demo/demo.js';
import { publications } from '../../src/demo/publications.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const quiet = { start: () => {}, done: () => {}, published: () => {} };
let folder: string;
let first: DemoResult;

const demo = (force = false) =>
  runDemo({
    dir: join(folder, 'feeds'),
    storeDir: folder,
    force,
    signal: new AbortController().signal,
    observer: quiet,
  });
const sample = (name: string) => readFileSync(new URL(`../../src/demo/publications/${name}`, import.meta.url));
const published = (path: string) => readFileSync(join(folder, 'feeds', path), 'utf8');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'newsloom-demo-'));
  first = await demo();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the demo', () => {
  it('reads eight publications of twelve articles each', () => {
    expect(first.report).toMatchObject({ sources: { fetched: 8, failed: 0 }, articles: { added: 96 }, failures: [] });
    const feeds = first.requests.filter(({ path }) => path === '/feed');
    expect(feeds.map(({ status }) => status)).toEqual(Array(8).fill(200));
    for (const { host } of publications) {
      expect(JSON.parse(published(`sources/${host.split('.')[0]}.json`)).items).toHaveLength(12);
    }
  });

  it('requests each permitted picture and each icon once', () => {
    const of = (pattern: RegExp) => first.requests.filter(({ path }) => pattern.test(path));
    expect(of(/^\/img\//).map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(of(/^\/$/)).toHaveLength(8);
    expect(of(/^\/icon\.png$/).map(({ status }) => status)).toEqual(Array(5).fill(200));
    // Of three stories at the top; the other pictures are older, or of reports that lead no story.
    expect(published('index.html').match(/<img /g)).toHaveLength(3);
  });

  it('gets only 304 in a second run and writes no file', async () => {
    const { report, requests } = await demo(true);
    expect(requests.map(({ status }) => status)).toEqual(Array(8).fill(304));
    expect(report).toMatchObject({ changed: false, files: { written: 0, removed: 0 } });
  });

  it('reads a feed that rss-parser alone rejects', async () => {
    const broken = sample('northern-ledger.rss').toString('utf8');
    await expect(new RssParser().parseString(broken)).rejects.toThrow();
    expect(published('sources/northern-ledger.rss')).toContain(
      'Bakers &#x26; millers agree on the price of winter bread',
    );
  });

  it('reads windows-1251', () => {
    const bytes = sample('visnyk-uzberezhzhia.rss');
    const headline = 'Бібліотека видає інструменти';
    expect(bytes.toString('utf8')).not.toContain(headline);
    expect(bytes.toString('utf8')).toContain('\ufffd');
    for (const ext of ['rss', 'atom', 'json'])
      expect(published(`sources/visnyk-uzberezhzhia.${ext}`)).toContain(headline);
  });

  it('dates undated articles from the first fetch, in the order of their document', () => {
    const { items } = JSON.parse(published('sources/open-notebook.json'));
    const hours = items.map((_: unknown, place: number) => `2026-11-22T${String(18 - place).padStart(2, '0')}:30:00Z`);
    expect(items.map((item: { date_published: string }) => item.date_published)).toEqual(hours);
    expect(items[0].title).toBe('Why the Heron team drills for ice at the moon’s south pole');
    expect(items[11].title).toBe('How to weigh a glacier');
  });

  it('shows only titles of a source with the licence "none"', () => {
    expect(published('sources/kuestenbote.rss')).not.toContain('Um Mitternacht sollen die Kämpfe');
    expect(published('sources/kuestenbote.rss')).toContain('Waffenruhe zwischen Velmara und Ostmark unterzeichnet');
  });

  it('publishes exactly the files in feeds/', () => {
    const here = files(join(folder, 'feeds'));
    expect(here).toEqual(files(join(root, 'feeds')));
    for (const path of here) expect(published(path), path).toBe(readFileSync(join(root, 'feeds', path), 'utf8'));
  });
});

function files(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(dir, path)).isFile())
    .map((path) => relative('.', path))
    .sort();
}
