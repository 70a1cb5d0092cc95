/** A page without a feed as a source: read, requested politely, and reported after a redesign. */

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { tryRules } from '../../src/app/rules/try-rules.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
const html = (body: string) => ({
  body: `<!doctype html><html lang="en"><title>Council</title>${body}`,
  type: 'text/html',
});
const list = (numbers: readonly number[]) =>
  html(
    `<ul>${numbers.map((n) => `<li class="n"><a href="/n/${n}">Decision ${n} of the council</a> <time datetime="2026-11-${String(n).padStart(2, '0')}">then</time></li>`).join('')}</ul>`,
  );
const TEN = [20, 19, 18, 17, 16, 15, 14, 13, 12, 11];
const source = (more = '') =>
  `{ id: council, kind: page, url: "${origin.url}/news", page: { items: li.n, date: time${more} } }`;
beforeEach(async () => {
  origin = await serveFeeds({
    '/news': list(TEN),
    '/robots.txt': { body: 'User-agent: *\nDisallow: /admin', type: 'text/plain' },
  });
  site = aSite({ sources: [source()] });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});
const run = async (time: string) => (await site.run(`2026-11-24T${time}:00Z`)).report;
const titles = () => site.json('sources/council.json').items.map(({ title }) => title);
const asked = () => origin.requests.splice(0).map(({ path, status }) => `${path} ${status}`);

describe('a page', () => {
  it('is read like a feed: items with dates, identified by their links', async () => {
    expect(await run('09:00')).toMatchObject({ articles: { added: 10 } });
    expect(titles()).toEqual(TEN.map((n) => `Decision ${n} of the council`));
    expect(site.json('sources/council.json').items[0]).toMatchObject({
      url: `${origin.url}/n/20`,
      date_published: '2026-11-20T00:00:00Z',
    });
    const before = site.files();
    origin.pages.set('/news', { ...list(TEN), body: `${list(TEN).body}<!-- made at 10 -->` });
    expect(await run('10:00')).toMatchObject({ articles: { added: 0, withdrawn: 0 } });
    expect(site.files('sources')).toEqual(new Map([...before].filter(([path]) => path.startsWith('sources/'))));
    origin.pages.set('/news', list([21, ...TEN.slice(0, 9)]));
    expect(await run('11:00')).toMatchObject({ articles: { added: 1, withdrawn: 0 } });
  });

  it('is requested as a page, after robots.txt, which is requested once a day', async () => {
    await run('09:00');
    expect(origin.requests.map(({ headers }) => headers.accept)).toEqual([
      expect.stringContaining('text/plain'),
      expect.stringMatching(/^text\/html/),
    ]);
    expect(origin.requests.every(({ headers }) => /^newsloom\//.test(String(headers['user-agent'])))).toBe(true);
    expect(asked()).toEqual(['/robots.txt 200', '/news 200']);
    await run('10:00');
    expect(asked()).toEqual(['/news 304']);
    await site.run('2026-11-25T09:30:00Z');
    expect(asked()[0]).toMatch(/^\/robots\.txt/);
  });

  it('withdraws nothing that it no longer lists', async () => {
    await run('09:00');
    for (const time of ['10:00', '11:00', '12:00']) {
      origin.pages.set('/news', list(TEN.filter((n) => n !== 15 && n !== Number(time.slice(0, 2)))));
      expect((await run(time)).articles.withdrawn).toBe(0);
    }
    expect(titles()).toContain('Decision 15 of the council');
  });

  it('fails after a redesign, and nothing is withdrawn', async () => {
    await run('09:00');
    const before = site.files('sources');
    origin.pages.set('/news', html('<div><a href="/n/21">Decision 21</a></div>'));
    for (const time of ['10:00', '11:00', '12:00']) {
      const report = await site.run(`2026-11-24T${time}:00Z`).then(({ report: one }) => one);
      expect(report.failures).toMatchObject([
        { sourceId: 'council', code: 'PARSE_NO_ITEMS', message: expect.stringContaining('redesigned') },
      ]);
      expect(report.articles.withdrawn).toBe(0);
    }
    expect(site.files('sources')).toEqual(before);
    origin.pages.set('/news', list([21, ...TEN]));
    expect(await run('13:00')).toMatchObject({ articles: { added: 1, withdrawn: 0 } });
  });

  it('is read again completely when its config changes', async () => {
    await run('09:00');
    origin.requests.splice(0);
    site.configure({ sources: [source(', summary: time')] });
    expect(await run('10:00')).toMatchObject({ sources: { fetched: 1 } });
    expect(asked()).toEqual(['/news 200']);
  });
});

it('is tested with the same reading rules as in a run', async () => {
  site.configure({
    sources: [source()],
    more: ['rules:', '  - drop: { title: ["Decision 11", "Decision 12"] }'],
  });
  const settings = await loadSite(join(site.root, 'config', 'newsloom.yaml'), {});
  const options = { limit: 5, now: new Date('2026-11-24T09:00:00Z'), signal: new AbortController().signal };
  expect(await tryRules(settings, 'council', options)).toMatchObject({ live: { articles: 10, dropped: 2 } });
  expect(asked()).toEqual(['/robots.txt 200', '/news 200']);
  origin.pages.set('/robots.txt', { body: 'User-agent: *\nDisallow: /', type: 'text/plain' });
  expect(await tryRules(settings, 'council', options)).toMatchObject({ live: { problem: expect.stringContaining('robots.txt') } }); // biome-ignore format: one call
});

describe('robots.txt', () => {
  const failure = async (time: string) => (await run(time)).failures[0];

  it('fails the source with a reason if it forbids the page, which is not requested', async () => {
    origin.pages.set('/robots.txt', { body: 'User-agent: newsloom\nDisallow: /news', type: 'text/plain' });
    expect(await failure('09:00')).toMatchObject({
      code: 'FETCH_ROBOTS',
      message: expect.stringContaining('robots.txt forbids programs to read'),
    });
    expect(asked()).toEqual(['/robots.txt 200']);
  });

  it('allows it if missing', async () => {
    origin.pages.delete('/robots.txt');
    expect(await failure('09:00')).toBeUndefined();
    expect(asked()).toEqual(['/robots.txt 404', '/news 200']);
  });

  it.each([[500], [503], [429]])('forbids it on status %i until it is available', async (status) => {
    origin.pages.set('/robots.txt', { body: '', status });
    expect(await failure('09:00')).toMatchObject({ sourceId: 'council' });
    expect(asked()).toEqual([`/robots.txt ${status}`]);
  });

  it('is not requested for a feed', async () => {
    site.configure({ sources: [`{ id: f, url: "${origin.url}/news" }`] });
    await run('09:00');
    expect(asked()).toEqual(['/news 200']);
  });

  it('is requested once per site', async () => {
    origin.pages.set('/more', list([1, 2, 3]));
    site.configure({ sources: [source(), `{ id: more, kind: page, url: "${origin.url}/more", page: { items: li } }`] });
    await run('09:00');
    expect(asked().sort()).toEqual(['/more 200', '/news 200', '/robots.txt 200']);
  });

  it('is checked for the target of a redirect before it is followed', async () => {
    const resolve = () => ({ address: '127.0.0.1', port: Number(new URL(origin.url).port) });
    const at = 'http://council.example/news';
    site.configure({ sources: [`{ id: council, kind: page, url: "${at}", page: { items: li.n, date: time } }`] });
    const hosts = () => origin.requests.splice(0).map(({ path, headers }) => `${headers.host}${path}`);
    const moved = (to: string) => origin.pages.set('/news', { body: '', status: 302, headers: { Location: to } });
    origin.pages.set('/list', list(TEN));
    const runs = async (time: string) => (await site.run(`2026-11-24T${time}:00Z`, { resolve })).report;
    moved('http://town.example/list');
    expect(await runs('09:00')).toMatchObject({ articles: { added: 10 } });
    expect(hosts()).toEqual([
      'council.example/robots.txt',
      'council.example/news',
      'town.example/robots.txt',
      'town.example/list',
    ]);
    await runs('10:00');
    expect(hosts()).toEqual(['council.example/news', 'town.example/list']);
    moved('http://shore.example/admin');
    expect((await runs('11:00')).failures).toMatchObject([
      { code: 'FETCH_ROBOTS', message: expect.stringContaining('http://shore.example/robots.txt') },
    ]);
    expect(hosts()).toEqual(['council.example/news', 'shore.example/robots.txt']);
    moved('/admin');
    expect((await runs('12:00')).failures).toMatchObject([{ code: 'FETCH_ROBOTS' }]);
    expect(hosts()).toEqual(['council.example/news']);
    moved('/news?');
    origin.pages.set('/news?', { body: '', status: 302, headers: { Location: '/news' } });
    expect((await runs('13:00')).failures).toMatchObject([{ code: 'FETCH_REDIRECT' }]);
    expect(hosts().length).toBeLessThan(8);
  });
});
