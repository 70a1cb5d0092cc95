/** Ids of new articles, and alternatives if the store has them. */
import { describe, expect, it } from 'vitest';
import { mint } from '../../src/identity/mint.js';
import { SiteOwnership } from '../../src/identity/site-ownership.js';
import type { PendingArticle } from '../../src/model/identity.js';

const PAPER = {
  sourceId: 'paper',
  feedUrl: 'https://paper.example/feed',
  homeUrl: null,
  provedHosts: [],
  homeSince: 0,
  movedTo: null,
};
const CONTEXT = { siteHost: 'news.example.org', ownership: new SiteOwnership(() => [PAPER]) };

function pending(ref: number, said: Partial<PendingArticle>): PendingArticle {
  return {
    ref,
    sourceId: 'paper',
    guid: null,
    url: `https://paper.example/${ref}`,
    title: `Ferry ${ref}`,
    publishedAt: new Date('2026-11-20T09:00:00Z'),
    firstSeenAt: new Date('2026-11-20T10:00:00Z'),
    mintOnly: false,
    urlKeys: [`https://paper.example/${ref}`],
    ...said,
  };
}

const idsOf = (articles: readonly PendingArticle[], taken: Iterable<string> = []) =>
  mint(articles, new Set(taken), CONTEXT).minted.map(({ id }) => id);

describe('the preferred id', () => {
  it.each([
    ['https://paper.example/a', 'own'],
    ['https://PAPER.example', 'own'],
    ['https://www.paper.example?a', 'own'],
    ['http://news.paper.example:8080/a', 'own'],
    ['https://user@paper.example/a', 'own'],
    ['https://paper.example@thief.example/a', 'made'],
    ['https://thief.example/https://paper.example/', 'made'],
    ['https://thief.example\\@paper.example/', 'made'],
    ['https:///paper.example/a', 'own'],
    ['https://paper..example/a', 'made'],
    ['https://1.2.3.4.5/a', 'made'],
  ])('trusts an id on the host of its source: %s is its %s', (guid, whose) => {
    const [id] = idsOf([pending(1, { guid })]);
    if (whose === 'own') expect(id).toBe(guid);
    else expect(id).toMatch(/^tag:news\.example\.org,/);
  });
});

describe('ids that are in the store', () => {
  it('are not reused: another id is derived, finally a numbered one', () => {
    const article = pending(1, { guid: 'urn:x:1' });
    const given: string[] = [];
    for (let n = 0; n < 8; n++) given.push(...idsOf([article], given));
    expect(given[0]).toBe('urn:x:1');
    expect(new Set(given).size).toBe(8);
  });

  it('do not change further results once all are known', () => {
    const owner = pending(1, {});
    const articles = [
      owner,
      pending(2, { guid: 'urn:x:1', url: owner.url, urlKeys: owner.urlKeys }),
      pending(3, { guid: 'urn:x:1' }),
      pending(4, { guid: 'urn:x:1', sourceId: 'other' }),
    ];
    const stored = [...idsOf(articles), ...idsOf(articles, idsOf(articles))];
    const known = new Set<string>();
    for (;;) {
      const clashing = idsOf(articles, known).filter((id) => stored.includes(id));
      if (clashing.length === 0) break;
      for (const id of clashing) known.add(id);
    }
    expect(idsOf(articles, known)).toEqual(idsOf(articles, stored));
  });
});
