import { describe, expect, it } from 'vitest';
import { createEntries } from '../../src/compose/entry.js';
import { fitItems, issueItem } from '../../src/compose/issue-item.js';
import { Newsroom } from '../support/newsroom.js';
import { publishedArticle } from '../support/published-article.js';
import { articleId } from '../support/stored-articles.js';

const entryOf = createEntries(new Newsroom().settings);
const entry = (n: number, publication: string) =>
  entryOf(
    publishedArticle(
      {
        summary: 'A sentence that says much. '.repeat(30),
        attribution: { publication: { title: publication, url: null, feedUrl: null }, via: null, credited: null },
      },
      n,
    ),
  );

describe('an item', () => {
  it('names each other publication once, with its latest report, five with a link', () => {
    const others = ['B', 'a', 'B', 'C', 'D', 'E', 'F', 'G'].map((name, i) => entry(i + 2, name));
    const item = issueItem(entry(1, 'A'), 'paper', others);
    expect(item.others.map(({ id, publication }) => [id, publication])).toEqual([
      [articleId(4), 'B'],
      [articleId(5), 'C'],
      [articleId(6), 'D'],
      [articleId(7), 'E'],
      [articleId(8), 'F'],
    ]);
    expect(item.more).toBe(1);
    expect(item.summary.length).toBeLessThanOrEqual(280);
  });

  it('is left out from the end if the mail would be too large, except the first', () => {
    const items = [1, 2, 3].map((n) => issueItem(entry(n, 'A'), 'paper', []));
    expect(fitItems(items, (all) => all.length * 33_000)).toEqual(items);
    expect(fitItems(items, (all) => all.length * 40_000)).toEqual(items.slice(0, 2));
    expect(fitItems(items, () => 200_000)).toEqual(items.slice(0, 1));
  });
});
