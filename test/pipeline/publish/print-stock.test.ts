/** What is laid aside comes back as it was, and each article is taken once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PrintStock, shareStock } from '../../../src/pipeline/publish/print-stock.js';
import type { RenderedArticle } from '../../../src/pipeline/publish/render-cache.js';
import { scratchInMemory } from '../../support/scratch-in-memory.js';

const anyPrint = fc
  .record({
    ref: fc.nat(20),
    order: fc.string(),
    id: fc.string({ unit: 'binary' }),
    language: fc.option(fc.string()),
    publishedAt: fc.date({ noInvalidDate: true }),
    updatedAt: fc.option(fc.date({ noInvalidDate: true })),
    weight: fc.record({ whole: fc.nat(), light: fc.option(fc.nat()) }),
    before: fc.nat(5),
    texts: fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ before, texts, ...about }): RenderedArticle => {
    const marks = [before];
    for (const text of texts) marks.push(marks.at(-1)! + Buffer.byteLength(text));
    return { ...about, sheet: Buffer.from('x'.repeat(before) + texts.join('')), marks };
  });

function told({ sheet, marks, ...about }: RenderedArticle) {
  const texts = marks.slice(1).map((mark, i) => Buffer.from(sheet.subarray(marks[i], mark)).toString('hex'));
  return { ...about, texts };
}

const room = (bytes: number) => Buffer.alloc(bytes);

describe('printed articles that are laid aside', () => {
  it('come back as they were, those of the stock alone, whoever else put some', () => {
    const anyPrints = fc.uniqueArray(anyPrint, { selector: ({ ref }) => ref });
    fc.assert(
      fc.property(anyPrints, anyPrints, fc.uniqueArray(fc.nat(20)), (here, there, refs) => {
        const scratch = scratchInMemory();
        const stock = new PrintStock(shareStock(refs), scratch);
        const other = new PrintStock(stock.shared, scratch);
        const of = (prints: readonly RenderedArticle[]) =>
          prints.map(({ ref }) => ref).filter((ref) => refs.includes(ref));
        expect(stock.put(here)).toEqual(new Set(of(here)));
        expect(other.put(there)).toEqual(new Set(of(there)));
        const last = new Map([...here, ...there].map((print) => [print.ref, print]));
        const expected = [...last.values()].filter(({ ref }) => refs.includes(ref));
        const found = stock.of([...last.keys()], room);
        expect(new Map([...found].map(([ref, print]) => [ref, told(print)]))).toEqual(
          new Map(expected.map((print) => [print.ref, told(print)])),
        );
      }),
    );
  });

  it('are not there where they had no room', () => {
    const [first, second] = fc.sample(anyPrint, 2).map((print, i) => ({ ...print, ref: i + 1 }));
    const stock = new PrintStock(shareStock([1, 2]), scratchInMemory(0));
    expect(stock.put([first!, second!])).toEqual(new Set());
    expect(stock.of([1, 2], room)).toEqual(new Map());
    expect(stock.take()).toBeNull();
  });

  it('are taken share by share, none twice, in the order of their numbers', () => {
    const refs = Array.from({ length: 150 }, (_, i) => 1000 - i);
    const stock = new PrintStock(shareStock(refs), scratchInMemory());
    const other = new PrintStock(stock.shared, scratchInMemory());
    const shares = [stock.take(), other.take(), stock.take(), other.take()];
    expect(shares.map((share) => share?.length)).toEqual([64, 64, 22, undefined]);
    expect(shares.flatMap((share) => share ?? [])).toEqual([...refs].reverse());
  });
});
