/** Ids are asked of the store in two steps: what that may not change. */
import { describe, expect, it } from 'vitest';
import type { PendingArticle } from '../../src/model/identity.js';
import { mint, otherIds, wishedIds } from '../../src/normalize/mint.js';

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
  mint(articles, new Set(taken), CONTEXT).minted.map(({ id }) => id);

describe('otherIds', () => {
  it('names none where every wish is its own and free', () => {
    const articles = [pending(1, { guid: 'https://paper.example/a' }), pending(2, {})];
    expect(wishedIds(articles, CONTEXT)).toEqual(['https://paper.example/a', expect.stringMatching(/^tag:/)]);
    expect(otherIds(articles, new Set(), CONTEXT)).toEqual([]);
  });

  it.each([
    ['the store has it', [pending(1, { guid: 'urn:x:1' })], ['urn:x:1']],
    ['two wish for it', [pending(1, { guid: 'urn:x:1' }), pending(2, { guid: 'urn:x:1', sourceId: 'other' })], []],
  ])('names whatever may be given instead: %s', (_name, articles, taken) => {
    const others = otherIds(articles, new Set(taken), CONTEXT);
    for (const id of idsOf(articles, taken)) expect([...others, 'urn:x:1']).toContain(id);
    // What the store says of the others counts.
    const second = idsOf(articles, taken).filter((id) => id !== 'urn:x:1');
    expect(idsOf(articles, [...taken, ...second])).not.toEqual(idsOf(articles, taken));
    expect(others).toEqual(expect.arrayContaining(second));
  });

  it('follows an id that another may take from its owner', () => {
    const owner = pending(1, { guid: null });
    const [wish] = wishedIds([owner], CONTEXT);
    const twice = [
      pending(2, { guid: 'urn:x:1', url: owner.url, urlKeys: owner.urlKeys }),
      pending(3, { guid: 'urn:x:1' }),
    ];
    const others = otherIds([owner, ...twice], new Set(), CONTEXT);
    expect(others).toContain(wish);
    expect(others.length).toBeGreaterThan(
      new Set(twice.flatMap((one) => otherIds([one, one], new Set(), CONTEXT))).size,
    );
  });
});
