import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUNDLE_SIZE, BundlePlan, packBundles } from '../../src/politeness/bundles.js';
import { coolDownHost } from '../../src/politeness/hosts.js';

const LIMITS = { spacingMs: 1000, leaseMs: 90_000 };
const at = (host: string, path: number | string) => ({ url: `https://${host}/${path}`, feeds: [`${host}/${path}`] });
const many = (host: string, count: number) => Array.from({ length: count }, (_, i) => at(host, i));

describe('a plan of bundles', () => {
  it('keeps the hosts of one site together, and sends the next piece after an answer and a pause', () => {
    const plan = new BundlePlan(
      [...many('www.example.com', 50), at('blog.example.com', 'x'), at('other.org', 0)],
      [],
      LIMITS,
    );
    const [first, other, ...more] = plan.next(0);
    expect(first).toHaveLength(45); // half a lease at a second each
    expect(other).toHaveLength(1);
    expect(more).toEqual([]);
    expect(plan.next(10)).toEqual([]);
    for (const { feeds } of first!) plan.recordAnswer(feeds[0]!, 20_000);
    expect(plan.next(20_999)).toEqual([]);
    expect(plan.next(21_000).map((piece) => piece.map(({ url }) => new URL(url).hostname))).toEqual([
      [...Array(5).fill('www.example.com'), 'blog.example.com'],
    ]);
  });

  it('spaces requests to a host that this process has requested', () => {
    const openAt = (url: string) => (url.includes('www.example.com') ? 700 : 0);
    const plan = new BundlePlan([at('www.example.com', 1), at('other.org', 2)], [], { ...LIMITS, openAt });
    expect(plan.next(0).flat()).toEqual([at('other.org', 2)]);
    expect(plan.next(700).flat()).toEqual([at('www.example.com', 1)]);
  });

  it('waits for requests in progress to the same site', () => {
    const plan = new BundlePlan([at('www.example.com', 1)], [at('feeds.example.com', 2)], LIMITS);
    expect(plan.next(0)).toEqual([]);
    plan.recordAnswer('feeds.example.com/2', 5);
    expect(plan.next(1005)).toHaveLength(1);
  });

  it('requests everything once, one bundle per site at a time, within half a lease', () => {
    const hosts = fc.constantFrom('a.example', 'b.a.example', 'c.example', 'd.org', 'e.d.org', 'f.net');
    const limits = fc.record({
      spacingMs: fc.constantFrom(0, 1, 500, 1000, 60_000),
      leaseMs: fc.constantFrom(1000, 10_000, 90_000),
    });
    fc.assert(
      fc.property(fc.array(hosts, { maxLength: 300 }), limits, (names, limits) => {
        const requests = names.map((host, i) => at(host, i));
        const plan = new BundlePlan(requests, [], limits);
        const seen: string[] = [];
        for (let elapsed = 0; ; elapsed += limits.spacingMs) {
          const pieces = plan.next(elapsed);
          if (pieces.length === 0) break;
          const bundles = packBundles(pieces);
          const sites = bundles.map((bundle) => new Set(bundle.map(({ url }) => coolDownHost(url))));
          expect(new Set(sites.flatMap((site) => [...site])).size).toBe(
            sites.reduce((sum, site) => sum + site.size, 0),
          );
          for (const bundle of bundles) expect(bundle.length).toBeLessThanOrEqual(BUNDLE_SIZE);
          const most = limits.spacingMs === 0 ? BUNDLE_SIZE : Math.max(1, limits.leaseMs / 2 / limits.spacingMs);
          for (const piece of pieces)
            for (const host of new Set(piece.map(({ url }) => new URL(url).hostname)))
              expect(piece.filter(({ url }) => new URL(url).hostname === host).length).toBeLessThanOrEqual(most);
          for (const feed of pieces.flat().flatMap(({ feeds }) => feeds)) {
            plan.recordAnswer(feed, elapsed);
            seen.push(feed);
          }
        }
        expect(seen.sort()).toEqual(requests.flatMap(({ feeds }) => feeds).sort());
      }),
      { numRuns: 100 },
    );
  });
});

describe('bundles', () => {
  it('contain whole pieces', () => {
    const pieces = [many('a.example', 40), many('b.example', 20), many('c.example', 10), many('d.example', 64)];
    expect(packBundles(pieces).map(({ length }) => length)).toEqual([60, 10, 64]);
  });

  it('are few if there are many hosts', () => {
    const requests = Array.from({ length: 50_000 }, (_, i) => at(`h${i}.example`, 'feed'));
    expect(packBundles(new BundlePlan(requests, [], LIMITS).next(0))).toHaveLength(782);
  });
});
