import { describe, expect, it } from 'vitest';
import {
  coolDownHost,
  findHostHold,
  isFileHeld,
  isKnownLimiter,
  toFileSource,
  toRedirectKey,
} from '../../src/politeness/hosts.js';

describe('coolDownHost', () => {
  it.each([
    ['https://news.paper.example/feed', 'paper.example'],
    ['https://news.paper.co.uk/feed', 'paper.co.uk'],
    ['https://co.uk/feed', 'co.uk'],
    ['https://PAPER.example:8443/feed', 'paper.example'],
    ['https://paper.example./feed', 'paper.example'],
    ['https://ann.substack.com/feed', 'ann.substack.com'],
    ['https://bob.tumblr.com/rss', 'bob.tumblr.com'],
    ['https://www.bob.tumblr.com/rss', 'bob.tumblr.com'],
    ['https://tumblr.com/bob', 'tumblr.com'],
    ['https://ann.vercel.app/feed', 'ann.vercel.app'],
    ['https://x.ann.vercel.app/feed', 'ann.vercel.app'],
    ['https://vercel.app/feed', 'vercel.app'],
    ['https://ann.wordpress.com/feed', 'ann.wordpress.com'],
    ['http://[2001:db8::1]/feed', '[2001:db8::1]'],
    ['http://localhost:8080/feed', 'localhost'],
    ['https://www.reddit.com/r/news/.rss', 'reddit.com'],
    ['https://notsubstack.com/feed', 'notsubstack.com'],
    ['http://127.0.0.1:8080/feed', '127.0.0.1'],
    ['file:///srv/feed.xml', ''],
  ])('%s: %s', (url, host) => {
    expect(coolDownHost(url)).toBe(host);
  });
});

describe('hostHeldUntil', () => {
  const now = new Date('2026-11-25T10:00:00Z');
  const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  const holds = (...hosts: readonly (readonly [host: string, hours: number])[]) =>
    new Map(hosts.map(([host, hours]) => [host, { host, notBefore: at(hours) }]));

  it('ignores a period of more than a day, which comes from a wrong clock', () => {
    expect(findHostHold('https://paper.example/', holds(['paper.example', 24]), now)).toEqual(at(24));
    expect(findHostHold('https://paper.example/', holds(['paper.example', 24 * 365]), now)).toBeNull();
  });

  it.each(['vercel.app', 'wordpress.com', 'substack.com', 'github.io'])(
    'holds one customer of %s alone, all of them where three are held, for as long as they are',
    (service) => {
      const one = holds([`a.${service}`, 5]);
      const three = holds([`a.${service}`, 5], [`b.${service}`, 3], [`c.${service}`, 4]);
      const address = (name: string) => `https://${name}.${service}/feed`;
      expect(findHostHold(address('a'), one, now)).toEqual(at(5));
      expect(findHostHold(address('d'), one, now)).toBeNull();
      expect(findHostHold(address('d'), new Map([...three].slice(1)), now)).toBeNull();
      expect(findHostHold(address('d'), three, now)).toEqual(at(3));
      expect(findHostHold(address('d'), three, at(3))).toBeNull();
      expect(findHostHold(address('a'), three, now)).toEqual(at(5));
      expect(findHostHold('https://paper.example/', three, now)).toBeNull();
    },
  );

  it('holds all hosts of a registrable domain', () => {
    expect(findHostHold('https://www.paper.co.uk/feed', holds(['paper.co.uk', 1]), now)).toEqual(at(1));
    expect(findHostHold('https://www.other.co.uk/feed', holds(['paper.co.uk', 1]), now)).toBeNull();
  });
});

it('isKnownLimiter recognises rate limiters by their headers', () => {
  expect(isKnownLimiter({ server: 'cloudflare' })).toBe(true);
  expect(isKnownLimiter({ server: 'AkamaiGHost' })).toBe(true);
  expect(isKnownLimiter({ 'x-datadome': 'protected' })).toBe(true);
  expect(isKnownLimiter({ server: 'nginx' })).toBe(false);
  expect(isKnownLimiter({})).toBe(false);
});

describe('isFileHeld', () => {
  const now = new Date('2026-11-24T09:00:00Z');
  const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  const picture = 'https://img.paper.example/a.png';

  it.each([
    ['its host', 'paper.example', 60, true],
    ['its host until just now', 'paper.example', 0, false],
    ['another', 'wire.example', 60, false],
    ['where the redirects of its host lead', toRedirectKey(toFileSource('https://paper.example/b.png').id), 60, true],
    ['where the redirect of a feed leads', toRedirectKey('paper'), 60, false],
  ])('where %s is held', (_, host, minutes, expected) => {
    expect(isFileHeld(picture, new Map([[host, { host, notBefore: inMinutes(minutes) }]]), now)).toBe(expected);
  });
});
