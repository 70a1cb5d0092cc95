import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHttpUri } from '../../../src/text/url/http-uri.js';
import { parseUrl } from '../../../src/text/url/parse-url.js';
import { anyString } from '../../support/hostile.js';

describe('httpUri', () => {
  it.each([
    ['https://paper.example/a?b=c&d=%20e#f', 'https://paper.example/a?b=c&d=%20e#f'],
    ['http://[2001:db8::1]:8080/x', 'http://[2001:db8::1]:8080/x'],
    ['https://paper.example/ü?q=é', 'https://paper.example/%C3%BC?q=%C3%A9'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['https://paper.example/a b"<c>\\^`{d|e}', 'https://paper.example/a%20b%22%3Cc%3E/%5E%60%7Bd%7Ce%7D'],
    ['https://paper.example/100%', 'https://paper.example/100%25'],
    ['https://user:pw@paper.example/', 'https://paper.example/'],
    ['https://paper.example', 'https://paper.example'],
    ['javascript:alert(1)', null],
    ['file:///etc/passwd', null],
    ['data:text/html,x', null],
    ['//paper.example/', null],
    ['/a', null],
    ['', null],
    ['https://', null],
    ['http://user@/', null],
    ['https://paper.example/a[1].torrent?x[]=1', 'https://paper.example/a%5B1%5D.torrent?x%5B%5D=1'],
    ['https://[2001:db8::1]:8080/a', 'https://[2001:db8::1]:8080/a'],
  ])('%s → %s', (given, wanted) => expect(toHttpUri(given)).toBe(wanted));

  it('returns only addresses that parse', () => {
    const host = fc.stringMatching(/^[a-z\d.-]{0,12}\.(?:[a-z]{1,3}|\d{1,2}|xn--[a-z\d-]{0,3})$/);
    fc.assert(
      fc.property(host, fc.stringMatching(/^[/?#:@][!-~]{0,9}$/), (name, rest) => {
        const uri = toHttpUri(`http://${name}${rest}`);
        expect(uri === null ? null : parseUrl(uri)).toEqual(uri && expect.any(URL));
        if (parseUrl(`http://${name}${rest}`) === null) expect(uri).toBeNull();
      }),
    );
  });

  it('gives an absolute ASCII http(s) URI or null, and is idempotent', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          anyString.map((tail) => `https://paper.example/${tail}`),
          anyString,
        ),
        (given) => {
          const uri = toHttpUri(given);
          if (uri === null) return;
          expect(uri).toMatch(/^https?:\/\/[!#$&-;=?-Z_a-z~[\]%]+$/);
          expect(uri.replace(/%[\dA-Fa-f]{2}/g, '')).not.toContain('%');
          expect(toHttpUri(uri)).toBe(uri);
        },
      ),
    );
  });
});
