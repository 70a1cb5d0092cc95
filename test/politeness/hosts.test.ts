import { describe, expect, it } from 'vitest';
import { coolDownHost, isKnownLimiter } from '../../src/politeness/hosts.js';

describe('coolDownHost', () => {
  it.each([
    ['https://news.paper.example/feed', 'news.paper.example'],
    ['https://PAPER.example:8443/feed', 'paper.example'],
    ['https://paper.example./feed', 'paper.example'],
    ['https://ann.substack.com/feed', 'substack.com'],
    ['https://bob.tumblr.com/rss', 'tumblr.com'],
    ['https://www.reddit.com/r/news/.rss', 'reddit.com'],
    ['https://notsubstack.com/feed', 'notsubstack.com'],
    ['http://127.0.0.1:8080/feed', '127.0.0.1'],
    ['file:///srv/feed.xml', ''],
  ])('%s: %s', (url, host) => {
    expect(coolDownHost(url)).toBe(host);
  });
});

it('isKnownLimiter recognises rate limiters by their headers', () => {
  expect(isKnownLimiter({ server: 'cloudflare' })).toBe(true);
  expect(isKnownLimiter({ server: 'AkamaiGHost' })).toBe(true);
  expect(isKnownLimiter({ 'x-datadome': 'protected' })).toBe(true);
  expect(isKnownLimiter({ server: 'nginx' })).toBe(false);
  expect(isKnownLimiter({})).toBe(false);
});
