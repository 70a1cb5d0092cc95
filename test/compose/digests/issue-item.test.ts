/** Items of an issue: who else reports the same, and what is left out where a mail would be too large. */
import { describe, expect, it } from 'vitest';
import { fittedItems, issueItem } from '../../../src/compose/digests/issue-item.js';
import { createEntries } from '../../../src/compose/entry.js';
import { Newsroom } from '../../support/newsroom.js';
import { aText, at, idOf } from '../../support/stored-articles.js';

const entryOf = createEntries(new Newsroom().settings);
const entry = (n: number, publication: string) =>
  entryOf({
    ...aText(n, {
      summary: 'A sentence that says much. '.repeat(30),
      attribution: { publication: { title: publication, url: null, feedUrl: null }, via: null, credited: null },
    }),
    ref: n,
    id: idOf(n),
    sourceId: 'paper',
    alsoIn: [],
    place: 0,
    publishedAt: at(n),
    publishedAtFrom: 'published',
    updatedAt: null,
    firstSeenAt: at(n),
    withdrawnAt: null,
    hidden: null,
    retitled: null,
    edits: null,
    topics: [],
  });

describe('an item', () => {
  it('names each other publication once, with its first report, five with a link', () => {
    const others = ['B', 'a', 'B', 'C', 'D', 'E', 'F', 'G'].map((name, i) => entry(i + 2, name));
    const item = issueItem(entry(1, 'A'), 'paper', others);
    expect(item.others.map(({ id, publication }) => [id, publication])).toEqual([
      [idOf(2), 'B'],
      [idOf(5), 'C'],
      [idOf(6), 'D'],
      [idOf(7), 'E'],
      [idOf(8), 'F'],
    ]);
    expect(item.more).toBe(1);
    expect(item.summary.length).toBeLessThanOrEqual(280);
  });

  it('loses its summary, then its other reports, then its place where the mail would be too large, the last first', () => {
    const items = [1, 2, 3].map((n) => issueItem(entry(n, 'A'), 'paper', [entry(9, 'B')]));
    const cost = (summary: number, other: number, item: number) => (all: readonly (typeof items)[number][]) =>
      all.reduce((sum, one) => sum + item + (one.summary === '' ? 0 : summary) + one.others.length * other, 0);
    expect(fittedItems(items, cost(20_000, 5_000, 5_000))).toEqual(items);
    const shorter = fittedItems(items, cost(20_000, 10_000, 10_000));
    expect(shorter.map(({ summary, others }) => [summary !== '', others.length])).toEqual([
      [true, 1],
      [true, 1],
      [false, 1],
    ]);
    const bare = fittedItems(items, cost(10_000, 10_000, 30_000));
    expect(bare.map(({ summary, others, more }) => [summary !== '', others.length, more])).toEqual([
      [false, 1, 0],
      [false, 0, 1],
      [false, 0, 1],
    ]);
    expect(fittedItems(items, cost(1, 1, 60_000))).toHaveLength(1);
  });
});
