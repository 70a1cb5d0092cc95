/** Pages that a run requests. */
import { expect, it } from 'vitest';
import type { Article } from '../../../../src/model/article.js';
import { createSiteOwnership } from '../../../../src/pipeline/facts/site-ownership.js';
import { planRequests } from '../../../../src/pipeline/organize/full-texts/page-requests.js';
import { aSource } from '../../../support/sources.js';

const now = new Date('2026-11-24T09:00:00Z');
const source = aSource({ id: 'paper', url: 'https://feeds.paper.example/feed', headers: { cookie: 'a=b' } });
const sources = new Map([['paper', source]]);
const facts = { states: new Map(), ownership: createSiteOwnership([source], new Map()) };
const article = (ref: number, url: string | null) => ({ ref, url, sourceId: 'paper' }) as Article;
const plan = (urls: readonly (string | null)[], parts: Partial<Parameters<typeof planRequests>[3]> = {}) =>
  planRequests(urls.map((url, i) => article(i, url)), sources, facts, { before: null, held: new Map(), now, ...parts }); // biome-ignore format: one call
const many = (host: string, n: number) => Array.from({ length: n }, (_, i) => `https://${host}/${i}`);

it('requests pages only on the site of the source, without feed headers', () => {
  const { requests, elsewhere } = plan(['https://www.paper.example/a', 'https://other.example/b', null]);
  expect(requests.map(({ request }) => [request.url, request.headers, request.validators])).toEqual([
    ['https://www.paper.example/a', {}, null],
  ]);
  expect(elsewhere.map(({ ref }) => ref)).toEqual([1, 2]);
});

it('requests private addresses only on the host of the feed and on listed hosts', () => {
  const paper = { ...source, allowPrivateAddresses: true, sites: ['pages.example', '127.0.0.2:81'] };
  const open = new Map([['paper', paper]]);
  const listed = createSiteOwnership([paper], new Map());
  const asked = (url: string) =>
    planRequests(
      [article(1, url)],
      open,
      { states: new Map(), ownership: listed },
      { before: null, held: new Map(), now },
    ).requests[0]!.request;
  expect(asked('https://feeds.paper.example/a').allowPrivateAddresses).toBe(true);
  expect(asked('https://intranet.paper.example/a').allowPrivateAddresses).toBe(false);
  expect(asked('https://www.pages.example/a').allowPrivateAddresses).toBe(true);
  expect(asked('https://intranet.pages.example/a').allowPrivateAddresses).toBe(false);
  expect(asked('http://127.0.0.2:81/a').allowPrivateAddresses).toBe(true);
});

it('requests at most 10 pages per host and run, 200 per host and day, 200 per run', () => {
  const first = plan(many('a.paper.example', 30));
  expect(first.requests.map(({ request }) => request.url)).toEqual(many('a.paper.example', 10));
  expect(first.today).toEqual({ day: '2026-11-24', hosts: { 'a.paper.example': 10 } });
  const before = { day: '2026-11-24', hosts: { 'a.paper.example': 195 } };
  expect(plan(many('a.paper.example', 30), { before }).requests).toHaveLength(5);
  expect(plan(many('a.paper.example', 30), { before: { ...before, day: '2026-11-23' } }).requests).toHaveLength(10);
  const hosts = Array.from({ length: 30 }, (_, i) => many(`h${i}.paper.example`, 10)).flat();
  expect(plan(hosts).requests).toHaveLength(200);
});

it('skips hosts that requested a delay', () => {
  const held = new Map([['paper.example', { host: 'paper.example', notBefore: new Date('2026-11-24T10:00:00Z') }]]);
  expect(plan(['https://www.paper.example/a'], { held })).toMatchObject({ requests: [], elsewhere: [] });
});
