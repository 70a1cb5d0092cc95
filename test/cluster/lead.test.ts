import { describe, expect, it } from 'vitest';
import { selectLead } from '../../src/cluster/lead.js';
import { aMember } from '../support/stored-stories.js';

const lead = (members: Parameters<typeof selectLead>[0], prefer: readonly string[] = [], languages = ['en']) =>
  selectLead(members, { prefer, languages, chosen: new Set() }).article;

describe('selectLead', () => {
  it('prefers preferred sources, then fullness, then date, then id', () => {
    const early = aMember(1, { sourceId: 'a' });
    const full = aMember(2, { sourceId: 'b', fullness: 900 });
    const late = aMember(3, { sourceId: 'c' });
    expect(lead([early, full, late])).toBe(2);
    expect(lead([early, full, late], ['x', 'c', 'a'])).toBe(3);
    expect(lead([late, early])).toBe(1);
    const twin = { ...early, article: 9, id: 'a' };
    expect(lead([early, twin])).toBe(lead([twin, early]));
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
});
