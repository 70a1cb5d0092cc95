/** Ids are asked of the store in two steps: what that may not change. */
import { describe, expect, it } from 'vitest';
import { fallbackIds, mint, preferredIdsOf } from '../../src/identity/mint.js';
import type { PendingArticle } from '../../src/model/identity.js';

const CONTEXT = { siteHost: 'news.example.org', hosts: new Map([['paper', ['paper.example']]]) };

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

const idsOf = (articles: readonly PendingArticle[], taken: readonly string[]) =>
  mint(preferredIdsOf(articles, CONTEXT), new Set(taken), CONTEXT).minted.map(({ id }) => id);

const othersOf = (articles: readonly PendingArticle[], taken: readonly string[] = []) =>
  fallbackIds(preferredIdsOf(articles, CONTEXT), new Set(taken), CONTEXT);

describe('wishesOf', () => {
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
    const [wish] = preferredIdsOf([pending(1, { guid })], CONTEXT);
    if (whose === 'own') expect(wish!.id).toBe(guid);
    else expect(wish!.id).toMatch(/^tag:news\.example\.org,/);
  });
});

describe('otherIds', () => {
  it('names none where every wish is its own and free', () => {
    const articles = [pending(1, { guid: 'https://paper.example/a' }), pending(2, {})];
    expect(preferredIdsOf(articles, CONTEXT).map(({ id }) => id)).toEqual([
      'https://paper.example/a',
      expect.stringMatching(/^tag:/),
    ]);
    expect(othersOf(articles)).toEqual([]);
  });

  it.each([
    ['the store has it', [pending(1, { guid: 'urn:x:1' })], ['urn:x:1']],
    ['two wish for it', [pending(1, { guid: 'urn:x:1' }), pending(2, { guid: 'urn:x:1', sourceId: 'other' })], []],
  ])('names whatever may be given instead: %s', (_name, articles, taken) => {
    const others = othersOf(articles, taken);
    for (const id of idsOf(articles, taken)) expect([...others, 'urn:x:1']).toContain(id);
    // What the store says of the others counts.
    const second = idsOf(articles, taken).filter((id) => id !== 'urn:x:1');
    expect(idsOf(articles, [...taken, ...second])).not.toEqual(idsOf(articles, taken));
    expect(others).toEqual(expect.arrayContaining(second));
  });

  it('follows an id that another may take from its owner', () => {
    const owner = pending(1, { guid: null });
    const [wish] = preferredIdsOf([owner], CONTEXT);
    const twice = [
      pending(2, { guid: 'urn:x:1', url: owner.url, urlKeys: owner.urlKeys }),
      pending(3, { guid: 'urn:x:1' }),
    ];
    const others = othersOf([owner, ...twice]);
    expect(others).toContain(wish!.id);
    expect(others.length).toBeGreaterThan(new Set(twice.flatMap((one) => othersOf([one, one]))).size);
  });
});
