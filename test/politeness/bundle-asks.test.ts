import { describe, expect, it } from 'vitest';
import type { Source } from '../../src/model/source.js';
import { askOf, requestOf } from '../../src/politeness/bundles/bundle-asks.js';
import { requestTo } from '../../src/politeness/decide-request.js';
import { aSource } from '../support/sources.js';

const KEY = 's3cr3t-of-ours';
const keyed: Source = {
  ...aSource({ id: 'a', url: `https://a.example/feed?key=${KEY}` }),
  headers: { authorization: `Bearer ${KEY}` },
  proxy: `http://user:${KEY}@proxy.example:3128/`,
  secrets: [KEY],
};
const validators = (url: string) => ({ url, etag: '"1"', lastModified: null });

function crossed(url: string, of: Source) {
  const request = requestTo(url, validators(url), of);
  const ask = askOf(request, [of.id], [{ source: of, request, failures: 2, bodyHash: 'ab' }]);
  return { request, ask: JSON.parse(JSON.stringify(ask)) };
}

describe('what a bundle says of a request', () => {
  it.each([keyed.url, `https://b.example/moved?key=${KEY}&x=1`])(
    'has no key, and the worker makes the same request of it: %s',
    (url) => {
      const { request, ask } = crossed(url, keyed);
      expect(JSON.stringify(ask)).not.toContain(KEY);
      expect(requestOf(ask, keyed)).toEqual(request);
      expect(ask).toMatchObject({ feeds: ['a'], failures: 2, bodyHash: 'ab' });
    },
  );

  it('is refused by a worker whose config has another address for the source', () => {
    const { ask } = crossed(keyed.url, keyed);
    expect(requestOf(ask, { ...keyed, url: 'https://a.example/other' })).toBeNull();
  });

  it('knows a document only where all who share the request know it', () => {
    const request = requestTo(keyed.url, null, keyed);
    const due = (bodyHash: string | null) => ({ source: keyed, request, failures: 0, bodyHash });
    expect(askOf(request, ['a', 'b'], [due('x'), due('y')]).bodyHash).toBeNull();
    expect(askOf(request, ['a', 'b'], [due('x'), due('x')]).bodyHash).toBe('x');
  });
});
