import { describe, expect, it } from 'vitest';
import { CopyTable } from '../../../src/cluster/copy-table.js';
import { computeSignature, overlap, sameText } from '../../../src/cluster/text/minhash.js';
import { hashTerm } from '../../../src/cluster/text/term.js';
import { inventedText } from '../../support/wire.js';

const numbers = (words: readonly string[]) => Int32Array.from(words, (word) => hashTerm('en', word));
const signed = (words: readonly string[]) => computeSignature(numbers(words), words.length);
const text = (seed: number) => inventedText(seed, 60).split(' ');

describe('computeSignature', () => {
  it('estimates how much two texts overlap', () => {
    const words = text(1);
    const half = [...words.slice(0, 30), ...text(2).slice(0, 30)];
    expect(overlap(signed(words), signed(words))).toBe(1);
    expect(overlap(signed(words), signed(half))).toBeGreaterThan(0.15);
    expect(overlap(signed(words), signed(half))).toBeLessThan(0.55); // 29 of 89 pairs
    expect(overlap(signed(words), signed(text(3)))).toBeLessThan(0.1);
  });

  it('is empty for texts too short to identify copies', () => {
    expect(signed(['police', 'arrest', 'man'])).toHaveLength(0);
    expect(overlap(signed(['police', 'arrest', 'man']), signed(['police', 'arrest', 'man']))).toBe(0);
  });
});

describe('a text with a beginning', () => {
  const told = text(1);
  const [one, other] = [text(2), text(3)].map((rest) => {
    const whole = [...told.slice(0, 20), ...rest];
    return computeSignature(numbers(whole), whole.length, signed(told.slice(0, 20)));
  }) as [Uint16Array, Uint16Array];
  const short = signed(told.slice(0, 20));

  it('is compared by its beginning with shorter texts, and as a whole with longer ones', () => {
    expect([overlap(one, short), overlap(short, one), overlap(one, one)]).toEqual([1, 1, 1]);
    expect(overlap(one, other)).toBeLessThan(sameText);
  });

  it('is found once', () => {
    const found = (held: readonly Uint16Array[], wanted: Uint16Array) => {
      const table = new CopyTable<number>();
      for (const [n, signature] of held.entries()) table.add(signature, n);
      const owners: number[] = [];
      table.eachCopy(wanted, (owner) => owners.push(owner));
      return owners.sort();
    };
    expect(found([one, short, other], short)).toEqual([0, 1, 2]);
    expect(found([one, short, other], one)).toEqual([0, 1]);
  });
});

describe('CopyTable', () => {
  it('finds texts without a twelfth of their words among thousands', () => {
    const table = new CopyTable<number>();
    const texts = Array.from({ length: 2000 }, (_, n) => text(n + 10));
    for (const [n, words] of texts.entries()) table.add(signed(words), n);
    let found = 0;
    for (const [n, words] of texts.entries()) {
      const owners: number[] = [];
      table.eachCopy(signed(words.filter((_, at) => at % 12 !== 5)), (owner, share) => {
        expect(share).toBeGreaterThanOrEqual(sameText);
        owners.push(owner);
      });
      if (owners.includes(n)) found += 1;
      expect(owners.length).toBeLessThanOrEqual(1);
    }
    expect(found / texts.length).toBeGreaterThan(0.98);
  });

  it('finds every identical earlier text', () => {
    const table = new CopyTable<number>();
    for (let n = 0; n < 1500; n += 1) {
      const owners: number[] = [];
      const signature = signed(text((n % 700) + 10));
      table.eachCopy(signature, (owner) => owners.push(owner));
      expect(owners.sort((a, b) => a - b)).toEqual([n - 1400, n - 700].filter((earlier) => earlier >= 0));
      table.add(signature, n);
    }
  });
});
