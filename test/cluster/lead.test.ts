import { describe, expect, it } from 'vitest';
import { selectLead } from '../../src/cluster/lead.js';
import { computeSignature } from '../../src/cluster/text/minhash.js';
import { hashTerm } from '../../src/cluster/text/term.js';
import { aMember } from '../support/stored-stories.js';
import { inventedText } from '../support/wire.js';

const lead = (members: Parameters<typeof selectLead>[0], prefer: readonly string[] = [], languages = ['en']) =>
  selectLead(members, { prefer, languages, chosen: new Set() }).article;

describe('selectLead', () => {
  it('prefers preferred sources, then the newest full report, then the longest, then the smallest id', () => {
    const early = aMember(1, { sourceId: 'a', fullness: 1000 });
    const full = aMember(2, { sourceId: 'b', fullness: 500 });
    const brief = aMember(3, { sourceId: 'c', fullness: 499 });
    expect(lead([early, full, brief])).toBe(2);
    expect(lead([early, full, brief], ['x', 'c', 'a'])).toBe(3);
    expect(lead([early, full, { ...brief, fullness: 600 }])).toBe(3);
    const twin = { ...full, article: 9, id: 'a' };
    expect([lead([full, twin]), lead([twin, full])]).toEqual([9, 9]);
    expect(lead([{ ...full, fullness: 501 }, twin])).toBe(2);
  });

  it("prefers the section's languages to its preferred sources", () => {
    const german = aMember(1, { sourceId: 'a', language: 'de', fullness: 900 });
    const french = aMember(2, { sourceId: 'b', language: 'fr' });
    const english = aMember(3, { sourceId: 'c' });
    expect(lead([german, french, english], ['a'])).toBe(3);
    expect(lead([german, french], ['a'], ['en', 'fr'])).toBe(2);
    expect(lead([german, french], [])).toBe(1);
  });

  it('never selects a copy beside its original', () => {
    const copy = aMember(2, { fullness: 900, copyOf: 1 });
    expect(lead([aMember(1), copy])).toBe(1);
    expect(lead([aMember(3, { fullness: 1 }), copy])).toBe(2);
  });

  it('never selects a correction', () => {
    expect(lead([aMember(1), aMember(2, { fullness: 900, role: 'correction' })])).toBe(1);
  });

  describe('of a text that is made of others', () => {
    const words = (seed: number) => inventedText(seed, 80).split(' ');
    const report = (n: number, text: readonly string[], given: Parameters<typeof aMember>[1] = {}) => {
      const hashes = Int32Array.from(text, (word) => hashTerm('en', word));
      return aMember(n, { sourceId: `${n}`, signature: computeSignature(hashes, hashes.length), ...given });
    };
    const parts = (...texts: readonly (readonly string[])[]) =>
      texts.flatMap((text) => text.slice(0, Math.ceil(text.length / texts.length)));
    const [ledger, herald, courier] = [words(1), words(2), words(3)];
    const reports = [report(1, ledger), report(2, herald), report(3, courier)];

    it.each([
      ['halves of two', parts(ledger, herald)],
      ['thirds of three', parts(ledger, herald, courier)],
      ['most of one and a part of another', [...ledger.slice(0, 56), ...herald.slice(0, 24)]],
    ])('skips %s', (_, mixed) => {
      const other = report(4, mixed, { fullness: 900 });
      expect(lead([...reports, other])).toBe(3);
      const foreign = reports.map((one) => ({ ...one, language: 'de' }));
      expect(lead([...foreign, other])).toBe(3);
    });

    it('takes it if the editor chose it or prefers its source, or if there are only such texts', () => {
      const other = report(4, parts(ledger, herald), { fullness: 900 });
      expect(lead([...reports, other], ['4'])).toBe(4);
      const chosen = { prefer: [], languages: ['en'], chosen: new Set([4]) };
      expect(selectLead([...reports, other], chosen).article).toBe(4);
      const again = [report(5, parts(herald, courier)), report(6, parts(courier, ledger))];
      expect(lead([other, ...again])).toBe(4);
    });

    it('takes the longest version of a text that others shorten', () => {
      const short = [30, 40, 50].map((length, i) => report(i + 1, ledger.slice(0, length)));
      expect(lead([...short, report(4, ledger, { fullness: 900 }), report(5, herald)])).toBe(4);
    });

    it('takes the earlier one from which others mix', () => {
      const mixes = [report(4, parts(ledger, herald)), report(5, [...herald.slice(40), ...ledger.slice(40)])];
      expect(lead([report(1, ledger, { fullness: 900 }), report(2, herald), ...mixes])).toBe(1);
    });
  });
});
