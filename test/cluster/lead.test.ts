import { describe, expect, it } from 'vitest';
import { emptyLists, selectLead } from '../../src/cluster/lead.js';
import { SiteTerms } from '../../src/cluster/terms/site-terms.js';
import { computeSignature } from '../../src/cluster/text/minhash.js';
import { readArticle } from '../../src/cluster/text/reading.js';
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

describe('emptyLists', () => {
  const site = SiteTerms.from([]);
  const weigh = site.createWeigher();
  /** A report by source n, an hour after report n - 1. */
  const report = (n: number, title: string, text: string) => {
    const reading = readArticle({ title, contentHtml: `<p>${text}</p>`, language: 'en' });
    const counted = { sourceId: `${n}`, reading };
    site.count([counted]);
    return aMember(n, { sourceId: `${n}`, fullness: reading.fullness, vector: weigh(counted) });
  };
  const text = (seed: number) => `${inventedText(seed, 24)}.`;
  const words = (seed: number, from: number, to: number) => text(seed).split(' ').slice(from, to).join(' ');
  const reports = [1, 2, 3].map((n) => report(n, words(n, 0, 6), text(n)));
  const lists = (title: string, body: string) =>
    emptyLists([...reports, report(4, title, body)]).flatMap(({ article, fullness }) =>
      fullness === 0 ? article : [],
    );

  it('empties a list of headlines, and one of names', () => {
    const headlines = [1, 2, 3].map((n) => words(n, 0, 6));
    expect(lists(headlines[0]!, `${headlines.join('. ')}. ${headlines.join('. ')}`)).toEqual([4]);
    const names = Array.from({ length: 24 }, (_, i) => words(1 + (i % 3), i, i + 1)).join(', ');
    expect(lists(names.split(', ').slice(0, 4).join(' '), names)).toEqual([4]);
  });

  it('keeps reports of their own, quotes, and short texts', () => {
    expect(lists(words(1, 0, 6), text(4))).toEqual([]);
    expect(lists(words(1, 0, 6), `${words(1, 0, 20)} ${words(2, 0, 20)}`)).toEqual([]);
    expect(lists(words(1, 0, 6), words(2, 0, 6))).toEqual([]);
  });

  it('empties no report that is listed later', () => {
    expect(emptyLists([report(9, words(1, 0, 6), text(1)), ...reports]).map(({ fullness }) => fullness)).not.toContain(
      0,
    );
  });
});
