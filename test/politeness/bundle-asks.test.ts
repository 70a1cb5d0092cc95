import { describe, expect, it } from 'vitest';
import type { Source, SourceReading } from '../../src/model/source.js';
import { listFeeds } from '../../src/model/source-feeds.js';
import { toFoundSource } from '../../src/pipeline/read/lists/listed-sources.js';
import { createAsk, restoreFoundUrl, restoreRequest } from '../../src/politeness/bundle-asks.js';
import { createRequest } from '../../src/politeness/decide-request.js';
import { aSource } from '../support/sources.js';

const KEY = 's3cr3t-of-ours';
const keyed: Source = {
  ...aSource({ id: 'a', url: `https://a.example/feed?key=${KEY}` }),
  headers: { authorization: `Bearer ${KEY}` },
  proxy: `http://user:${KEY}@proxy.example:3128/`,
  secrets: [KEY],
};
const READING: SourceReading = { kind: 'opml', options: null, absence: 'nothing', robots: false, accept: null, lists: true }; // biome-ignore format: one line
const validators = (url: string) => ({ url, etag: '"1"', lastModified: null });

function crossed(url: string, of: Source) {
  const request = createRequest(url, validators(url), of);
  const ask = createAsk(request, [of.id], [{ source: of, request, failures: 2, bodyHash: 'ab' }]);
  return { request, ask: JSON.parse(JSON.stringify(ask)) };
}

describe('a request in a bundle', () => {
  it.each([keyed.url, `https://b.example/moved?key=${KEY}&x=1`])(
    'has no key, and the worker makes the same request of it: %s',
    (url) => {
      const { request, ask } = crossed(url, keyed);
      expect(JSON.stringify(ask)).not.toContain(KEY);
      expect(restoreRequest(ask, keyed)).toEqual(request);
      expect(ask).toMatchObject({ feeds: ['a'], failures: 2, bodyHash: 'ab' });
    },
  );

  it('is refused by a worker with another address in its config', () => {
    const { ask } = crossed(keyed.url, keyed);
    expect(restoreRequest(ask, { ...keyed, url: 'https://a.example/other' })).toBeNull();
  });

  it('names the source of an index document, and hides keys in its address', () => {
    const part = { url: `https://a.example/part?key=${KEY}`, feedId: 'a.1' };
    const [, found] = listFeeds({ ...keyed, parts: [part] });
    const { request, ask } = crossed(part.url, found!);
    expect(JSON.stringify(ask)).not.toContain(KEY);
    expect([ask.found.by, restoreFoundUrl(ask.found, keyed)]).toEqual(['a', part.url]);
    expect(restoreRequest(ask, toFoundSource(keyed, 'a.1', part.url))).toEqual(request);
  });

  it('names the list of a listed source, which gets no headers', () => {
    const list = { ...keyed, id: 'friends', reading: READING };
    const member = toFoundSource(list, 'b', 'https://b.example/feed');
    const { request, ask } = crossed(member.url, member);
    expect(ask.found).toEqual({ by: 'friends', url: member.url });
    expect(restoreRequest(ask, toFoundSource(list, 'b', ask.found.url))).toEqual(request);
    expect(request).toMatchObject({ headers: {}, proxy: keyed.proxy });
  });

  it('has a body hash only if all sources of the request share it', () => {
    const request = createRequest(keyed.url, null, keyed);
    const due = (bodyHash: string | null) => ({ source: keyed, request, failures: 0, bodyHash });
    expect(createAsk(request, ['a', 'b'], [due('x'), due('y')]).bodyHash).toBeNull();
    expect(createAsk(request, ['a', 'b'], [due('x'), due('x')]).bodyHash).toBe('x');
  });
});
