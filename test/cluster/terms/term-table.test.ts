import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TermTable } from '../../../src/cluster/terms/term-table.js';
import { runs } from '../../support/thorough.js';

/** Terms that collide in any table, and others. */
const term = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 40 }).map((n) => n << 20),
  fc.integer().filter((n) => n !== 0),
);

describe('a table of terms', () => {
  it('behaves like a Map, also after growth and changes', () => {
    const entries = fc.array(fc.tuple(term, fc.integer({ min: 1, max: 9 })), { maxLength: 3000, size: 'max' });
    fc.assert(
      fc.property(entries, fc.integer({ min: 0, max: 9 }), (entries, least) => {
        const table = new TermTable();
        for (const [term, number] of entries) table.set(term, number);
        const map = new Map(entries);
        expect(contentOf(table)).toEqual(map);
        table.change((number) => Math.max(0, number - least));
        const changed = [...map].map(([term, number]) => [term, number - least] as const);
        expect(contentOf(table)).toEqual(new Map(changed.filter(([, number]) => number > 0)));
        expect(table.size).toBe(contentOf(table).size);
        for (const [term, number] of changed) expect(table.get(term)).toBe(number > 0 ? number : null);
      }),
      { numRuns: runs(30) },
    );
  });
});

function contentOf(table: TermTable): Map<number, number> {
  const content = new Map<number, number>();
  table.each((term, number) => content.set(term, number));
  return content;
}
