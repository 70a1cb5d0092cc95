/** Thirty days of a section with eight sources, with its own posts and links to single articles. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toSlug } from '../../src/text/slug.js';
import { aSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough } from '../support/thorough.js';

const PAPERS = ['courier', 'ledger', 'gazette', 'tribune', 'herald', 'echo'];
const SUBJECTS = ['Ferry timetable', 'Bread prices', 'School roof', 'Tide mill', 'Night bus', 'Choir tour'];
const SYLLABLES = ['ka', 'lo', 'mi', 'ru', 'te', 'sho', 'va', 'ne', 'pi', 'gra', 'du', 'fen'];
/** A made-up name, another for each number. */
const placeOf = (n: number) => {
  const syllable = (k: number) => SYLLABLES[Math.floor(n / SYLLABLES.length ** k) % SYLLABLES.length];
  return `Q${syllable(0)}${syllable(1)}${syllable(2)}${syllable(3)}r`;
};
/** Files that list or count all articles or feeds, and so change with any. */
const LISTS =
  /^(?:index\.html|manifest\.json|feeds\.opml|sources\.opml|topics\.html|sources\.html|sitemap(?:-news)?\.xml|status\..*)$/;

const WALK = (summary: string, more = '') => `---
id: walk
title: A walk around the harbour
date: 2026-11-03T08:00Z
author: Ada Quay
summary: ${summary}
topics: [harbour]
---

We begin at the **old pier** and follow the water.
${more}`;

const DAYS = isThorough ? 30 : 12;

it(`${DAYS} days, eight sources: each action, what readers saw, and what was written`, {
  timeout: 300_000,
}, async () => {
  const origin = await serveFeeds();
  const site = aSite({
    sources: [
      ...PAPERS.map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`),
      '{ id: desk, kind: posts, path: content }',
      '{ id: links, kind: links, path: config/links.yaml }',
    ],
    topics: ['{ id: harbour, any: [harbour, ferry] }', '{ id: town, any: [bread, school, bus] }'],
    // As many as in thirty days, so that no article moves to the archive.
    more: ['publish: { items: 400 }'],
  });
  const content = (path: string) => join(site.root, 'content', path);
  const links = join(site.root, 'config/links.yaml');
  const config = join(site.root, 'config/newsloom.yaml');
  const news = new Map<string, { title: string; date: string; link: string; description: string }[]>();

  /** One article a day and paper; then the run of the morning. */
  const morning = async (day: number) => {
    const date = `2026-11-${String(day).padStart(2, '0')}`;
    for (const [n, id] of PAPERS.entries()) {
      const place = placeOf(day * PAPERS.length + n);
      const title = `${SUBJECTS[(n + day) % SUBJECTS.length]} of ${place}`;
      const link = `https://${id}.example/${day}`;
      const description = `${place} has ${day * (n + 7)} of them, says ${placeOf(7_000 + day * 31 + n)}.`;
      const items = [{ title, link, description, date: `${date}T0${n}:00:00Z` }, ...(news.get(id) ?? [])].slice(0, 20);
      news.set(id, items);
      origin.pages.set(`/${id}`, { body: rss(`The ${id}`, items, `https://${id}.example/`) });
    }
    return (await site.run(`${date}T09:00:00Z`)).report;
  };
  /** The editor acts at ten. All written files show the change, and all other articles keep their id and dates. */
  const atTen = async (day: number, title: string, act: () => unknown, options: { force?: boolean } = {}) => {
    const files = site.files();
    const others = items().filter((item) => item.title !== title);
    await act();
    const now = `2026-11-${String(day).padStart(2, '0')}T10:00:00Z`;
    const { report } = await site.run(now, { forcePublish: options.force ?? false });
    const after = site.files();
    const touched = [...new Set([...files.keys(), ...after.keys()])].filter(
      (path) => files.get(path) !== after.get(path),
    );
    const slugs = [
      ...(slugsOf.get(title) ?? []),
      ...items().flatMap((item) => (item.title === title ? [toSlug(String(item.id))] : [])),
    ];
    slugsOf.set(title, new Set(slugs));
    const shows = (text = '') => text.includes(title) || slugs.some((slug) => text.includes(slug));
    const strangers = touched.filter(
      (path) => !LISTS.test(path) && !path.startsWith('posts/') && !shows(files.get(path)) && !shows(after.get(path)),
    );
    expect(strangers, `day ${day}: documents that do not show it`).toEqual([]);
    for (const other of others) {
      const same = items().find(({ id }) => id === other.id);
      if (same !== undefined)
        expect([same.date_published, same.date_modified]).toEqual([other.date_published, other.date_modified]);
    }
    return { report, touched };
  };
  const slugsOf = new Map<string, Set<string>>();
  const items = () => site.json('all.json').items;
  const shown = (title: string) => items().find((item) => item.title === title);
  const diary: string[] = [];

  try {
    mkdirSync(join(site.root, 'content'));
    writeFileSync(links, '');
    let walkId: unknown = null;
    for (let day = 1; day <= DAYS; day++) {
      const { warnings, articles } = await morning(day);
      expect(articles.added, `day ${day}`).toBeGreaterThanOrEqual(PAPERS.length);
      const title = 'A walk around the harbour';
      if (day === 3) {
        await atTen(day, title, () => writeFileSync(content('walk.md'), WALK('Two hours, mostly flat.')));
        walkId = shown(title)?.id;
        diary.push(
          `3: published "${shown(title)?.title}" by ${shown(title)?.authors === undefined ? 'nobody' : 'Ada Quay'}`,
        );
      }
      if (day === 5) {
        const { report } = await atTen(day, title, () =>
          writeFileSync(content('walk.md'), WALK('Three hours, mostly flat.')),
        );
        diary.push(`5: corrected, ${report.articles.updated} updated: ${shown(title)?.summary}`);
      }
      if (day === 8) {
        const fair =
          '---\ntitle: The winter fair\ndate: 2026-11-12T09:30Z\n---\n\nStalls from the bridge to the square.\n';
        const { touched } = await atTen(day, 'The winter fair', () => writeFileSync(content('fair.md'), fair));
        diary.push(`8: wrote ahead, ${touched.length} files written`);
      }
      if (day === 10) {
        const page = `<html lang="en"><meta property="og:title" content="How tides are reckoned"><meta property="og:site_name" content="Tide Notes"><meta property="article:published_time" content="2026-11-09T12:00:00Z">`;
        origin.pages.set('/tides', { body: page, type: 'text/html' });
        await atTen(day, 'How tides are reckoned', async () => {
          expect(await newsloom('add', `${origin.url}/tides`, '--config', config)).toMatchObject({ status: 0 });
        });
        diary.push(`10: linked to ${JSON.stringify(shown('How tides are reckoned')?._source)}`);
      }
      if (day === 12) {
        expect(shown('The winter fair')).toBeUndefined();
        await atTen(day, 'The winter fair', () => {});
        diary.push(`12: the fair came at ${shown('The winter fair')?.date_published}`);
      }
      if (day === 14) {
        const edited = readFileSync(links, 'utf8').replace(
          '  date:',
          '  summary: The moon, the sun and a rod.\n  date:',
        );
        await atTen(day, 'How tides are reckoned', () => writeFileSync(links, edited));
        diary.push(`14: ${shown('How tides are reckoned')?.summary}`);
      }
      if (day === 16) {
        mkdirSync(content('2026'));
        const { touched } = await atTen(day, title, () => renameSync(content('walk.md'), content('2026/harbour.md')));
        diary.push(
          `16: renamed, ${touched.length} files written, id ${shown(title)?.id === walkId ? 'the same' : 'another'}`,
        );
      }
      if (day === 18) {
        const { report, touched } = await atTen(day, title, () =>
          writeFileSync(content('2026/harbour.md'), WALK('a: b: c').replace('title:', 'title')),
        );
        diary.push(
          `18: broke it, ${touched.filter((path) => !LISTS.test(path)).length} files written: ${report.warnings[0]?.message.split(': ')[0]}`,
        );
      }
      if (day === 19) {
        expect(warnings[0]?.sourceId).toBe('desk');
        const { report } = await atTen(day, title, () =>
          writeFileSync(content('2026/harbour.md'), WALK('Three hours, mostly flat.')),
        );
        diary.push(`19: mended, ${report.warnings.length} warnings, ${report.articles.updated} updated`);
      }
      if (day === 21) {
        const { touched } = await atTen(day, title, () => {
          writeFileSync(content('2026/pier.jpg'), 'a picture');
          writeFileSync(content('2026/harbour.md'), WALK('Three hours, mostly flat.', '\n![The pier](pier.jpg)\n'));
        });
        diary.push(`21: a picture, ${touched.filter((path) => path.startsWith('posts/')).join()}`);
      }
      if (day === 24) {
        await atTen(day, 'The winter fair', () => rmSync(content('fair.md')));
        diary.push(`24: deleted the fair: ${shown('The winter fair') === undefined ? 'gone' : 'there'}`);
      }
      if (day === 26) {
        const files = site.files();
        rmSync(join(site.root, '.newsloom'), { recursive: true });
        await site.run('2026-11-26T10:00:00Z');
        const changed = [...site.files()].filter(([path, text]) => files.get(path) !== text).map(([path]) => path);
        diary.push(`26: lost the store, ${changed.length} files changed`);
      }
      if (day === 28) {
        const { report } = await atTen(day, 'How tides are reckoned', () => writeFileSync(links, ''));
        diary.push(`28: took the link back, ${report.articles.withdrawn} withdrawn`);
      }
    }
    diary.push(`30: asked for the linked page ${origin.requests.filter(({ path }) => path === '/tides').length} time`);
    expect(shown('A walk around the harbour')?.id ?? walkId).toBe(walkId);
  } finally {
    site.remove();
    await origin.close();
  }

  const whole = [
    '3: published "A walk around the harbour" by Ada Quay',
    '5: corrected, 1 updated: Three hours, mostly flat.',
    '8: wrote ahead, 0 files written',
    expect.stringContaining('10: linked to {"title":"Tide Notes"'),
    '12: the fair came at 2026-11-12T09:30:00Z',
    '14: The moon, the sun and a rod.',
    '16: renamed, 0 files written, id the same',
    '18: broke it, 0 files written: content/2026/harbour.md:3',
    '19: mended, 0 warnings, 0 updated',
    '21: a picture, posts/desk/2026/pier.jpg',
    '24: deleted the fair: gone',
    '26: lost the store, 0 files changed',
    '28: took the link back, 1 withdrawn',
    '30: asked for the linked page 1 time',
  ];
  expect(diary).toEqual(isThorough ? whole : [...whole.slice(0, 5), whole.at(-1)]);
});
