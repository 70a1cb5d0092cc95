/** RFC 9309: the rules of robots.txt, the meaning of responses, and their lifetime. */
import { describe, expect, it } from 'vitest';
import { FetchError } from '../../src/model/errors.js';
import type { FetchResult } from '../../src/model/fetch.js';
import { isSiteFileCurrent, isUrlAllowed, readRobots, robotsUrl } from '../../src/politeness/robots.js';

const NOW = new Date('2026-11-27T08:00:00Z');
const answer = { finalUrl: 'https://a.example/robots.txt', hops: [], headers: {}, wireBytes: 0 };
const fresh = (text: string | Uint8Array, headers = {}): FetchResult => ({
  ...answer,
  kind: 'fresh',
  status: 200,
  headers,
  validators: { url: answer.finalUrl, etag: null, lastModified: null },
  body: Buffer.from(text as string),
  contentType: 'text/plain',
  partial: false,
});
const failed = (status: number | null): FetchResult => ({
  ...answer,
  kind: 'failed',
  status,
  error: new FetchError(status === null ? 'FETCH_NETWORK' : 'FETCH_STATUS', 'no'),
});
const may = (text: string, path: string) => isUrlAllowed(readRobots(fresh(text), NOW)!, `https://a.example${path}`);

describe('robots.txt', () => {
  it.each([
    ['User-agent: *\nDisallow: /', '/news', false],
    ['User-agent: *\nDisallow:', '/news', true],
    ['', '/news', true],
    ['User-agent: *\nDisallow: /\n\nUser-agent: NewsLoom\nAllow: /', '/news', true],
    ['User-agent: newsloom/2.0\nDisallow: /news', '/news/1', false],
    ['User-agent: newsloombot\nDisallow: /', '/news', true],
    ['User-agent: a\nUser-agent: newsloom\nDisallow: /x', '/x', false],
    [
      'User-agent: newsloom\nCrawl-delay: 5\nSitemap: https://a.example/s.xml\nUser-agent: b\nDisallow: /x',
      '/x',
      false,
    ],
    [
      'User-agent: newsloom\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: newsloom\nDisallow: /b',
      '/b',
      false,
    ],
    ['User-agent: *\nDisallow: /news\nAllow: /news/public', '/news/public/1', true],
    ['User-agent: *\nAllow: /news\nDisallow: /news', '/news', true],
    ['User-agent: *\nDisallow: /*.php$', '/a.php', false],
    ['User-agent: *\nDisallow: /*.php$', '/a.php?x', true],
    ['User-agent: *\nDisallow: /n%c3%a9', '/n%C3%A9ws', false],
    ['User-agent: *\nDisallow: /né', '/n%C3%A9ws', false],
    ['\ufeffUser-agent: *\r\nDisallow: /news # all of it', '/news', false],
    ['user-agent:*\ndisallow:/news', '/news', false],
    ['Disallow: /news', '/news', true],
    ['<html>not found</html>', '/news', true],
  ])('%j, %s: %s', (text, path, allowed) => {
    expect(may(text, path)).toBe(allowed);
  });

  it('is at the root of the site', () => {
    expect(robotsUrl('https://a.example:8443/x/y?z#w')).toBe('https://a.example:8443/robots.txt');
  });

  it.each([
    [404, true],
    [403, true],
    [401, true],
    [416, true],
    [429, null],
    [500, null],
    [503, null],
    [null, null],
  ])('that is answered with %s: allowed %s', (status, allowed) => {
    const robots = readRobots(failed(status), NOW);
    expect(robots === null ? null : isUrlAllowed(robots, 'https://a.example/')).toBe(allowed);
  });

  it.each([
    ['nothing said', {}, 24 * 60],
    ['two hours', { 'cache-control': 'max-age=7200' }, 120],
    ['a week', { 'cache-control': 'max-age=604800' }, 24 * 60],
    ['not at all', { 'cache-control': 'no-cache' }, 60],
  ])('counts as long as HTTP says, up to a day: %s', (_, headers, minutes) => {
    const robots = readRobots(fresh('', headers), NOW)!;
    expect((Date.parse(robots.until) - NOW.getTime()) / 60_000).toBe(minutes);
    const end = new Date(Date.parse(robots.until));
    const yearBefore = new Date(NOW.getTime() - 366 * 86_400_000);
    expect([NOW, end, yearBefore].map((now) => isSiteFileCurrent(robots, now))).toEqual([true, false, false]);
  });

  it.each([
    ['User-agent: a\nDisallow: /a\nUser-agent: *\nDisallow: /b', 'User-agent: *\nDisallow: /b'],
    ['User-agent: a\nUser-agent: Newsloom/2 # us\nUser-agent: c\nDisallow: /a\nAllow: /b\nUser-agent: d\nAllow: /', 'User-agent: Newsloom/2 # us\nDisallow: /a\nAllow: /b'], // biome-ignore format: one case
    ['Disallow: /\nUser-agent: newsloombot\nDisallow: /a\n', ''],
    ['User-agent: *\nCrawl-delay: 1\nUser-agent: b\nDisallow: /x', 'User-agent: *\nDisallow: /x'],
  ])('is remembered as far as it is for us: %j', (text, rules) => {
    expect(readRobots(fresh(text), NOW)?.rules).toBe(rules);
  });

  it('is read with 30,000 rules and wildcards', () => {
    const rules = Array.from({ length: 15_000 }, (_, i) => `Disallow: /${i}*a*b*c`).join('\n');
    expect(may(`User-agent: *\n${rules}`, `/news/${'a'.repeat(500)}`)).toBe(true);
  });
});

it.each([
  ['User-agent: *\nCrawl-delay: 3', 3],
  ['User-agent: *\nCrawl-delay: 7200', 10],
  ['User-agent: other\nCrawl-delay: 3', undefined],
  ['User-agent: *\nCrawl-delay: 5\n\nUser-agent: newsloom\nCrawl-delay: 2', 2],
  ['User-agent: *\nCrawl-delay: -1', undefined],
  ['User-agent: *\nCrawl-delay: soon', undefined],
])('a crawl-delay counts for whom it is, within bounds: %j', (text, seconds) => {
  expect(readRobots(fresh(text), NOW)?.delay).toBe(seconds);
});
