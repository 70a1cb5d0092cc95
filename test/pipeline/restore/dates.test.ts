import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toOrderKey } from '../../../src/model/order.js';
import { inferDateOrigins } from '../../../src/pipeline/restore/dates.js';

const AT = new Date('2026-11-24T09:07:00Z');
const placed = (ids: readonly string[]) => new Map(ids.map((id, rank) => [id, { id, rank, publishedAt: AT }]));

describe('articles with the same date', () => {
  it('in order of id have dates of their publishers', () => {
    const dated = inferDateOrigins(placed(['b', 'a', 'c']), [['a', 'b'], ['c']]);
    expect([...dated.values()].map(({ publishedAtFrom }) => publishedAtFrom)).toEqual(Array(3).fill('published'));
  });

  it('not in order of id have our dates, from the first that is out of order', () => {
    const dated = inferDateOrigins(placed(['a', 'c', 'b']), [['a', 'c', 'b']]);
    expect(dated.get('c')?.publishedAtFrom).toBe('published');
    expect(dated.get('b')).toEqual({ publishedAtFrom: 'first-seen', place: 2 });
  });

  it('keep their published order', () => {
    const article = fc.record({
      sourceId: fc.constantFrom('x', 'y', 'z'),
      publishedAtFrom: fc.constantFrom('published' as const, 'first-seen' as const),
      place: fc.nat(50),
      minute: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(article, { maxLength: 12 }), (made) => {
        const articles = made.map((one, i) => {
          const publishedAt = new Date(AT.getTime() + one.minute * 60_000);
          return { ...one, id: `id-${(i * 7) % 13}-${i}`, publishedAt, firstSeenAt: publishedAt };
        });
        const inOrder = <A extends Parameters<typeof toOrderKey>[0]>(all: readonly A[]) =>
          [...all].sort((a, b) => (toOrderKey(a) < toOrderKey(b) ? -1 : 1));
        const before = inOrder(articles);
        const told = new Map(before.map((one, rank) => [one.id, { ...one, rank }]));
        const dated = inferDateOrigins(told, [before.map(({ id }) => id)]);
        const again = inOrder(articles.map((one) => ({ ...one, ...dated.get(one.id)! })));
        expect(again.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      }),
    );
  });
});
