/** Site ownership: feeds, home pages and tenants. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SiteClaim, SiteOwnership, selectOwnAddresses } from '../../src/identity/site-ownership.js';

type Given = Partial<SiteClaim> & Pick<SiteClaim, 'sourceId' | 'feedUrl'>;
const lives = (given: readonly Given[], sourceId: string, url: string) =>
  new SiteOwnership(() =>
    given.map((each) => ({ homeUrl: null, homeSince: 0, movedTo: null, provedHosts: [], ...each })),
  ).owns(sourceId, url);

const paper = { sourceId: 'paper', feedUrl: 'https://feeds.paper.example/rss' };
const rival = { sourceId: 'rival', feedUrl: 'https://rival.example/feed' };
const HOME = 'https://paper.example/';
const burnt = { sourceId: 'paper', feedUrl: 'https://feeds.feedburner.com/paper' };
const burnt2 = { sourceId: 'rival', feedUrl: 'https://feeds.feedburner.com/rival' };

describe('a source', () => {
  it.each<[string, readonly Given[], string, string, boolean]>([
    ['lives on the site of its feed', [paper], 'paper', 'https://www.paper.example/a', true],
    [
      'lives on its own host of a domain that others share',
      [
        { ...rival, homeUrl: 'https://a.example.org/' },
        { ...paper, homeUrl: 'https://b.example.org/' },
      ],
      'paper',
      'https://b.example.org/1',
      true,
    ],
    [
      'lives on no other host of it',
      [
        { ...rival, homeUrl: 'https://a.example.org/' },
        { ...paper, homeUrl: 'https://b.example.org/' },
      ],
      'rival',
      'https://b.example.org/1',
      false,
    ],
    [
      'calls no home what lies below another’s',
      [
        { ...burnt, homeUrl: HOME },
        { ...rival, homeUrl: 'https://new.paper.example/', homeSince: 4 },
      ],
      'rival',
      'https://new.paper.example/',
      false,
    ],
    [
      'shares a home that two named in one run',
      [
        { ...burnt, homeUrl: HOME },
        { ...rival, homeUrl: HOME },
      ],
      'rival',
      HOME,
      true,
    ],
    ['lives on no other', [paper], 'paper', 'https://paper.example.evil.example/', false],
    [
      'lives on the site of its home',
      [{ ...paper, homeUrl: 'https://gazette.example/' }],
      'paper',
      'https://gazette.example/a',
      true,
    ],
    [
      'is no neighbour on a shared domain',
      [{ ...rival, feedUrl: 'https://evil.github.io/feed' }],
      'rival',
      'https://paper.github.io/a',
      false,
    ],
    [
      'is no neighbour under a public suffix',
      [{ ...rival, feedUrl: 'https://evil.co.uk/feed' }],
      'rival',
      'https://paper.co.uk/a',
      false,
    ],
    [
      'is no neighbour on an address with another port',
      [{ ...rival, feedUrl: 'http://127.0.0.1:81/' }],
      'rival',
      'http://127.0.0.1:82/',
      false,
    ],
    ['lives on its port', [{ ...rival, feedUrl: 'http://127.0.0.1:81/' }], 'rival', 'http://127.0.0.1:81/a', true],
    [
      'lives on what serves the feeds of others, where its own is one',
      [burnt],
      'paper',
      'https://feeds.feedburner.com/paper/1',
      true,
    ],
    [
      'lives on no other host of that',
      [{ ...burnt, feedUrl: 'https://news.google.com/rss' }],
      'paper',
      'https://blog.google.com/1',
      false,
    ],
    [
      'does not call it home either',
      [{ ...rival, homeUrl: 'https://medium.com/@paper' }],
      'rival',
      'https://medium.com/@paper/1',
      false,
    ],
    [
      'does not own a home page on the site of another’s feed',
      [{ ...rival, homeUrl: HOME }, paper],
      'rival',
      HOME,
      false,
    ],
    [
      'calls a home what another has called so for less long',
      [
        { ...burnt, homeUrl: HOME, homeSince: 5 },
        { ...rival, homeUrl: HOME, homeSince: 4 },
      ],
      'rival',
      HOME,
      true,
    ],
    [
      'keeps its home from one that calls it so later',
      [
        { ...rival, homeUrl: HOME, homeSince: 5 },
        { ...burnt, homeUrl: HOME, homeSince: 4 },
      ],
      'rival',
      HOME,
      false,
    ],
    [
      'lives in the home that names its feed, whoever called it so first',
      [
        { ...rival, homeUrl: HOME, homeSince: 4 },
        { ...burnt, homeUrl: HOME, homeSince: 5, provedHosts: ['paper.example'] },
      ],
      'paper',
      HOME,
      true,
    ],
    [
      'lives in no home that names the feed of another',
      [
        { ...rival, homeUrl: HOME, homeSince: 4 },
        { ...burnt, homeUrl: HOME, homeSince: 5, provedHosts: ['paper.example'] },
      ],
      'rival',
      HOME,
      false,
    ],
    [
      'keeps its home from another feed of the same service',
      [
        { ...burnt, homeUrl: HOME },
        { ...burnt2, homeUrl: HOME, homeSince: 4 },
      ],
      'rival',
      HOME,
      false,
    ],
    [
      'shares its home with a feed of its site',
      [
        { ...paper, homeUrl: 'https://gazette.example/' },
        { ...paper, sourceId: 'sport', homeUrl: 'https://gazette.example/', homeSince: 4 },
      ],
      'sport',
      'https://gazette.example/',
      true,
    ],
    [
      'moves where its feed was moved',
      [{ ...rival, movedTo: 'https://new.example/feed' }],
      'rival',
      'https://new.example/1',
      true,
    ],
    [
      'moves to no site of another’s feed',
      [{ ...rival, movedTo: 'https://feeds.paper.example/rss' }, paper],
      'rival',
      HOME,
      false,
    ],
    [
      'moves to no home of another',
      [
        { ...rival, movedTo: HOME },
        { ...burnt, homeUrl: HOME, homeSince: 9 },
      ],
      'rival',
      HOME,
      false,
    ],
    [
      'lives nowhere where it is a file',
      [{ ...rival, feedUrl: 'file:///feed.xml' }],
      'rival',
      'file:///other.xml',
      false,
    ],
  ])('%s', (_, given, sourceId, url, expected) => expect(lives(given, sourceId, url)).toBe(expected));

  const ownership = (given: readonly Given[]) =>
    new SiteOwnership(() =>
      given.map((each) => ({ homeUrl: null, homeSince: 0, movedTo: null, provedHosts: [], ...each })),
    );
  const tenant = (sourceId: string, feedUrl: string) => ({ sourceId, feedUrl });

  it.each([
    ['address and feed share the beginning of the path', '/anna/feed', '/rival/feed', '/anna/1', true],
    ['one part of the path is its own', '/feed/@anna', '/feed/@rival', '/@anna/1', true],
    ['both paths are as near', '/news/world.xml', '/news/sport.xml', '/news/1', false],
    ['neither path helps', '/world.xml', '/sport.xml', '/2026/1', false],
  ])('is nearer than its neighbour on one host where %s', (_, one, other, path, expected) => {
    const host = 'https://blogs.example';
    const both = ownership([tenant('paper', host + one), tenant('rival', host + other)]);
    expect(both.isNearer('paper', 'rival', host + path)).toBe(expected);
    expect(both.isNearer('rival', 'paper', host + path)).toBe(false);
  });

  it.each<[string, readonly [Given, Given], boolean]>([
    [
      'both call a site home where neither has its feed',
      [
        { ...burnt, homeUrl: HOME },
        { ...rival, homeUrl: HOME },
      ],
      true,
    ],
    [
      'one did so first',
      [
        { ...burnt, homeUrl: HOME, homeSince: 4 },
        { ...rival, homeUrl: HOME, homeSince: 5 },
      ],
      true,
    ],
    [
      'both have their feeds on what serves those of others',
      [
        { ...burnt, homeUrl: HOME },
        { ...burnt2, homeUrl: HOME },
      ],
      true,
    ],
    [
      'the feed of one is there',
      [
        { ...paper, homeUrl: HOME },
        { ...rival, homeUrl: HOME },
      ],
      false,
    ],
    [
      'the home names the feed of one',
      [
        { ...burnt, homeUrl: HOME, provedHosts: ['paper.example'] },
        { ...rival, homeUrl: HOME },
      ],
      false,
    ],
    ['one calls no home so', [burnt, { ...rival, homeUrl: HOME }], false],
    [
      'their feeds are on one site',
      [
        { ...rival, sourceId: 'paper', homeUrl: HOME },
        { ...rival, homeUrl: HOME },
      ],
      false,
    ],
  ])('is the rival of another where %s', (_, given, expected) => {
    expect(ownership(given).areRivals('paper', 'rival', `${HOME}1`)).toBe(expected);
    expect(ownership(given).areRivals('rival', 'paper', `${HOME}1`)).toBe(expected);
    expect(ownership(given).areRivals('paper', 'rival', 'https://elsewhere.example/1')).toBe(false);
  });

  it('owns the home page in its document if that is unowned', () => {
    const ownership = new SiteOwnership(() =>
      [paper, burnt2].map((each) => ({ homeUrl: null, homeSince: 0, movedTo: null, provedHosts: [], ...each })),
    );
    expect(ownership.withHome('rival', 'https://new.example/').owns('rival', 'https://new.example/1')).toBe(true);
    expect(ownership.withHome('rival', HOME).owns('rival', HOME)).toBe(false);
  });

  it('owns what it would own if its last document had named that home page', () => {
    const hosts = ['a.example', 'news.a.example', 'b.example', 'x.wordpress.com', 'feeds.feedburner.com'];
    const places = hosts.map((host) => `https://${host}/`);
    const host = fc.constantFrom(...hosts);
    const claim = fc.record({
      feedUrl: host.map((each) => `https://${each}/feed`),
      provedHosts: fc.array(host, { maxLength: 1 }),
      homeUrl: fc.option(fc.constantFrom(...places)),
      homeSince: fc.integer({ min: 1, max: 3 }),
      movedTo: fc.option(fc.constantFrom(...places)),
    });
    const facts = (one: SiteOwnership, ids: readonly string[]) =>
      places.map((url) =>
        ids.map((id) => [
          one.owns(id, url),
          one.isHome(id, url),
          one.hasProved(id, url),
          one.areRivals(id, 'new', url),
        ]),
      );
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 4 }), claim, fc.constantFrom(...places), (others, fresh, homeUrl) => {
        const claims = [{ ...fresh, homeUrl: null }, ...others].map((each, i) => ({ ...each, sourceId: i === 0 ? 'new' : `other-${i}` })); // biome-ignore format: one list
        const ids = claims.map(({ sourceId }) => sourceId);
        const later = claims.map((each) =>
          each.sourceId === 'new' ? { ...each, homeUrl, homeSince: Number.MAX_SAFE_INTEGER } : each,
        );
        const base = new SiteOwnership(() => claims);
        expect(facts(base.withHome('new', homeUrl), ids)).toEqual(
          base.owns('new', homeUrl) ? facts(base, ids) : facts(new SiteOwnership(() => later), ids),
        );
      }),
    );
  });
});

describe('a proof', () => {
  const ownership = (given: readonly Given[]) =>
    new SiteOwnership(() =>
      given.map((each) => ({ homeUrl: null, homeSince: 0, movedTo: null, provedHosts: [], ...each })),
    );
  const proved = { ...burnt, homeUrl: HOME, provedHosts: ['paper.example'] };

  it.each<[string, Given, string, boolean]>([
    ['is the domain of the feed', paper, 'https://www.paper.example/1', true],
    ['is a listed host', { ...burnt, provedHosts: ['paper.example'] }, 'https://news.paper.example/1', true],
    [
      'is not the rest of its domain',
      { ...burnt, provedHosts: ['a.paper.example'] },
      'https://b.paper.example/1',
      false,
    ],
    ['is not what the feed calls its home', { ...burnt, homeUrl: HOME }, HOME, false],
    ['is not where the feed moved', { ...rival, movedTo: HOME }, HOME, false],
    [
      'is not another customer of a platform',
      { ...rival, feedUrl: 'https://a.substack.com/feed' },
      'https://b.substack.com/1',
      false,
    ],
    [
      'is the own part of a platform',
      { ...rival, feedUrl: 'https://a.substack.com/feed' },
      'https://a.substack.com/1',
      true,
    ],
    [
      'is not another host of a feed service',
      { ...rival, feedUrl: 'https://news.google.com/rss' },
      'https://blog.google.com/1',
      false,
    ],
  ])('%s', (_, given, url, expected) => expect(ownership([given]).hasProved(given.sourceId, url)).toBe(expected));

  it('does not reach the host of another feed', () => {
    expect(
      ownership([
        { ...rival, feedUrl: 'https://example.org/feed' },
        { ...paper, feedUrl: 'https://a.example.org/feed' },
      ]).hasProved('rival', 'https://a.example.org/1'),
    ).toBe(false);
  });

  it.each<[string, readonly Given[], boolean]>([
    [
      'another claims its home page',
      [
        { ...burnt, homeUrl: HOME },
        { ...rival, homeUrl: HOME, homeSince: 4 },
      ],
      true,
    ],
    [
      'another claims a host above',
      [
        { ...burnt, homeUrl: 'https://news.paper.example/' },
        { ...rival, homeUrl: HOME },
      ],
      true,
    ],
    [
      'another’s feed moved there',
      [
        { ...burnt, homeUrl: HOME },
        { ...rival, movedTo: HOME },
      ],
      true,
    ],
    ['no other claims it', [{ ...burnt, homeUrl: HOME }, rival], false],
    [
      'its feed is there',
      [
        { ...paper, homeUrl: HOME },
        { ...rival, homeUrl: HOME },
      ],
      false,
    ],
    ['it has one', [proved, { ...rival, homeUrl: HOME }], false],
  ])('is missing if %s', (_, given, expected) => expect(ownership(given).isContested('paper')).toBe(expected));

  it('ends rivalry', () => {
    const both = ownership([proved, { ...rival, homeUrl: HOME }]);
    expect(both.areRivals('paper', 'rival', HOME)).toBe(false);
    expect([both.owns('paper', HOME), both.owns('rival', HOME)]).toEqual([true, false]);
  });
});

describe('an address of an item', () => {
  const ownership = new SiteOwnership(() =>
    [paper, rival].map((each) => ({ homeUrl: null, homeSince: 0, movedTo: null, provedHosts: [], ...each })),
  );
  it.each([
    ['its own link, wherever it leads', 'https://paper.example/a', 'https://paper.example/a', true],
    ['on the site of its source', 'https://rival.example/1', 'https://paper.example/a', true],
    ['on another’s site', 'https://paper.example/b', 'https://rival.example/a', false],
    ['on another’s site that its link leads to', 'https://paper.example/b', 'https://paper.example/a', false],
    ['on the site of its link, nobody’s', 'https://x.example/b', 'https://x.example/a', true],
    ['on another site, nobody’s', 'https://x.example/b', 'https://y.example/a', false],
  ])('%s', (_, key, url, expected) =>
    expect(selectOwnAddresses([key], { url, sourceId: 'rival' }, ownership).includes(key)).toBe(expected),
  );
});
