import { describe, expect, it } from 'vitest';
import { checkRequestUrl, resolveRedirect, toBareUrl } from '../../src/fetch/hop.js';
import { aRequest } from '../support/loopback.js';

const own = 'http://paper.example/feed';

function refused(url: string, parts = {}): string | null {
  const request = aRequest(own, { allowPrivateAddresses: false, ...parts });
  return (checkRequestUrl(new URL(url), request, null)?.details.reason as string | undefined) ?? null;
}

describe('refusal', () => {
  it.each([
    ['http://paper.example/', null],
    ['https://paper.example:443/', null],
    ['http://93.184.216.34/', null],
    ['ftp://paper.example/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['http://paper.example:8080/', 'port'],
    ['http://paper.example:22/', 'port'],
    ['http://169.254.169.254/latest/meta-data', 'address'],
    ['http://0x7f.1/', 'address'],
    ['http://0177.1/', 'address'],
    ['http://2130706433/', 'address'],
    ['http://127.1/', 'address'],
    ['http://①②⑦.0.0.1/', 'address'],
    ['http://0.0.0.0/', 'address'],
    ['http://[::1]/', 'address'],
    ['http://[::]/', 'address'],
    ['http://[::ffff:127.0.0.1]/', 'address'],
    ['http://[64:ff9b::7f00:1]/', 'address'],
    ['http://LOCALHOST./', 'address'],
    ['http://inner.localhost/', 'address'],
  ])('of %s is %s', (url, expected) => {
    expect(refused(url)).toBe(expected);
  });

  it('of a port does not apply to the port of the source URL', () => {
    expect(refused('http://paper.example:8080/', { url: 'http://paper.example:8080/feed' })).toBeNull();
  });

  it.each([1, 25, 110, 6000, 6667, 10080])('of bad port %i does not apply to the host of the source URL', (port) => {
    const url = `http://paper.example:${port}/feed`;
    expect(refused(url)).toBe('port');
    expect(refused(`http://other.example:${port}/feed`, { url })).toBe('port');
    expect(refused(url, { url })).toBeNull();
  });

  it('of an address does not apply to sources with permission', () => {
    expect(refused('http://10.0.0.5/', { allowPrivateAddresses: true })).toBeNull();
  });
});

describe('redirectTarget', () => {
  const to = (from: string, location: string | undefined, seen = [from]) => {
    const target = resolveRedirect(new URL(from), location, seen);
    return target instanceof URL ? target.href : `${target.code} ${target.details.reason}`;
  };

  it.each([
    ['http://paper.example/feed', '/new', 'http://paper.example/new'],
    ['http://paper.example/a/feed', 'new?x=1#part', 'http://paper.example/a/new?x=1'],
    ['http://paper.example/feed', '//other.example/x', 'http://other.example/x'],
    ['http://paper.example/feed', 'https://paper.example/feed', 'https://paper.example/feed'],
    ['https://paper.example/feed', 'http://paper.example/feed', 'FETCH_REDIRECT downgrade'],
    ['http://paper.example/feed', 'http://paper.example/feed#again', 'FETCH_REDIRECT loop'],
    ['http://paper.example/feed', 'http://93.184.216.34@127.0.0.1/', 'FETCH_FORBIDDEN credentials'],
    ['http://paper.example/feed', 'http://127.0.0.1\\@93.184.216.34/', 'http://127.0.0.1/@93.184.216.34/'],
    ['http://paper.example/feed', 'http://[zz', 'FETCH_REDIRECT bad-url'],
    ['http://paper.example/feed', '/caf\u00c3\u00a9', 'http://paper.example/caf%C3%A9'],
    ['http://paper.example/feed', '/caf\u00e9', 'http://paper.example/caf%C3%A9'],
  ])('%s to %s', (from, location, expected) => {
    expect(to(from, location)).toBe(expected);
  });
});

it('bareUrl removes credentials and fragment', () => {
  expect(toBareUrl(new URL('https://ann:pass@paper.example/feed?x=1#part')).href).toBe(
    'https://paper.example/feed?x=1',
  );
});
