import { describe, expect, it } from 'vitest';
import { parsePerson } from '../../../src/parse/rss-atom/people.js';

describe('personFromLine', () => {
  const cases: readonly (readonly [line: string, name: string | null, email: string | null])[] = [
    ['Ann Reed', 'Ann Reed', null],
    ['ann@paper.example (Ann Reed)', 'Ann Reed', 'ann@paper.example'],
    ['Ann Reed <ann@paper.example>', 'Ann Reed', 'ann@paper.example'],
    ['Ann Reed (ann@paper.example)', 'Ann Reed', 'ann@paper.example'],
    ['"Reed, Ann" <ann@paper.example>', 'Reed, Ann', 'ann@paper.example'],
    ['ann@paper.example', null, 'ann@paper.example'],
    ['mailto:ann@paper.example', null, 'ann@paper.example'],
    ['ann@paper.example, Ann Reed', 'Ann Reed', 'ann@paper.example'],
    ['Ann (staff)', 'Ann (staff)', null],
    ['@annreed', '@annreed', null],
  ];
  for (const [line, name, email] of cases) {
    it(`reads ${line}`, () => expect(parsePerson(line)).toEqual({ name, email, url: null }));
  }

  it('returns null for white space', () => expect(parsePerson('  ')).toBeNull());
});
