import { describe, expect, it } from 'vitest';
import { chooseMoreNews, type NewsItem } from '../../src/compose/more-news.js';

const noon = Date.UTC(2026, 2, 1, 12);

function anItem(id: string, about: Partial<NewsItem> = {}): NewsItem {
  return { id, publication: id, publishedAt: noon, topics: ['sea'], story: null, ...about };
}

function more(
  article: NewsItem,
  earlier: readonly NewsItem[],
  tellers: Readonly<Record<string, number>> = {},
): string[] {
  return chooseMoreNews(article, [], earlier, ({ id }) => tellers[id] ?? 1).map(({ id }) => id);
}

describe('more news', () => {
  const article = anItem('asked', { publishedAt: noon + 1 });

  it('prefers larger stories among equally new articles', () => {
    const equal = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => anItem(id));
    expect(more(article, equal)).toEqual(['a', 'b', 'c', 'd']);
    expect(more(article, equal, { e: 3, f: 2 })).toEqual(['e', 'f', 'a', 'b']);
  });

  it('prefers newer articles to larger stories', () => {
    const newer = anItem('newer', { publishedAt: noon + 1 });
    expect(more(article, [newer, anItem('older')], { older: 9 })).toEqual(['newer', 'older']);
  });
});
