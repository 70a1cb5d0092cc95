import { describe, expect, it } from 'vitest';
import type { Source, SourceReading } from '../../src/model/source.js';
import { feedsOf } from '../../src/model/source-feeds.js';
import { foundSource } from '../../src/pipeline/read/lists/listed-sources.js';
import { askOf, foundUrl, requestOf } from '../../src/politeness/bundle-asks.js';
import { requestTo } from '../../src/politeness/decide-request.js';
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

  it('says whose settings a document of an index has, and its address without keys', () => {
    const part = { url: `https://a.example/part?key=${KEY}`, feedId: 'a.1' };
    const [, found] = feedsOf({ ...keyed, parts: [part] });
    const { request, ask } = crossed(part.url, found!);
    expect(JSON.stringify(ask)).not.toContain(KEY);
    expect([ask.found.by, foundUrl(ask.found, keyed)]).toEqual(['a', part.url]);
    expect(requestOf(ask, foundSource(keyed, 'a.1', part.url))).toEqual(request);
  });

  it('says whose settings a source of a list has, of which it gets no headers', () => {
    const list = { ...keyed, id: 'friends', reading: READING };
    const member = foundSource(list, 'b', 'https://b.example/feed');
    const { request, ask } = crossed(member.url, member);
    expect(ask.found).toEqual({ by: 'friends', url: member.url });
    expect(requestOf(ask, foundSource(list, 'b', ask.found.url))).toEqual(request);
    expect(request).toMatchObject({ headers: {}, proxy: keyed.proxy });
  });

  it('knows a document only where all who share the request know it', () => {
    const request = requestTo(keyed.url, null, keyed);
    const due = (bodyHash: string | null) => ({ source: keyed, request, failures: 0, bodyHash });
    expect(askOf(request, ['a', 'b'], [due('x'), due('y')]).bodyHash).toBeNull();
    expect(askOf(request, ['a', 'b'], [due('x'), due('x')]).bodyHash).toBe('x');
  });
});
