import { describe, expect, it } from 'vitest';
import { countPublications } from '../../src/model/publications.js';

/** `source: names`, one report per name. */
const count = (...sources: readonly string[]) =>
  countPublications(
    sources.flatMap((text) => {
      const [sourceId, names] = text.split(': ') as [string, string];
      return names.split(', ').map((publication) => ({ sourceId, publication }));
    }),
  );

describe('countPublications', () => {
  it.each([
    ['two publications', ['a: A', 'b: B'], 2],
    ['two feeds of one publication once', ['a: Paper', 'b: paper', 'c: C'], 2],
    ['a source once, whatever names it uses', ['a: A, B, C', 'd: D'], 2],
    ['a source alone once', ['a: A, B, C'], 1],
    ['the publications of a source that also carries their reports', ['all: A, B', 'a: A', 'b: B'], 2],
    ['an aggregator by a name that no other source uses', ['all: A, Wire', 'a: A'], 2],
  ])('counts %s', (_, sources, expected) => {
    expect(count(...sources).size).toBe(expected);
    expect(count(...sources.toReversed()).size).toBe(expected);
  });

  it('counts the publication of the first report', () => {
    expect([...count('a: B', 'b: C', 'a: A', 'c: C')]).toEqual(['b', 'c']);
  });
});
