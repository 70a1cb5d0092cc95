import { describe, expect, it } from 'vitest';
import { createEntries } from '../../src/compose/entry.js';
import { type MultiSourceStory, storyEntries } from '../../src/compose/stories.js';
import type { Article } from '../../src/model/article.js';
import { editionSettings, publishedArticle } from '../support/published-article.js';
import { at } from '../support/stored-articles.js';

const FEEDS = 'https://news.example.org/feeds/';
const entryOf = createEntries(editionSettings());

function by(title: string, n: number, about: Partial<Article> = {}): Article {
  const attribution = { publication: { title, url: null, feedUrl: null }, via: null, credited: null };
  return publishedArticle({ sourceId: title.toLowerCase(), attribution, ...about }, n);
}
const entries = (...stories: readonly MultiSourceStory[]) => storyEntries(stories, entryOf, FEEDS);

describe('storyEntries', () => {
  it('contains the lead, and the others oldest first', () => {
    const [entry] = entries({ id: 'urn:s:1', lead: by('A', 3), others: [by('B', 5), by('C & "D"', 2)] });
    expect(entry).toMatchObject({
      id: 'urn:s:1',
      title: 'Headline 3',
      url: 'https://paper.example/3',
      publishedAt: at(2),
      updatedAt: at(5),
      related: [
        { url: 'https://paper.example/2', title: 'Headline 2', publication: 'C & "D"', language: null },
        { url: 'https://paper.example/5', title: 'Headline 5', publication: 'B', language: null },
      ],
    });
    expect(entry!.contentHtml).toBe(
      '<p>What happened, number 3.</p>\n<ul>\n' +
        '<li><a href="https://paper.example/2">Headline 2</a> (C &amp; &quot;D&quot;)</li>\n' +
        '<li><a href="https://paper.example/5">Headline 5</a> (B)</li>\n</ul>',
    );
  });

  it('lists the latest report of each publication', () => {
    const [entry] = entries({
      id: 'urn:s:1',
      lead: by('A', 3),
      others: [by('A', 1), by('B', 2), by('b', 5), by('A', 6)],
    });
    expect(entry!.related.map(({ title }) => title)).toEqual(['Headline 5', 'Headline 6']);
    expect(entry).toMatchObject({ publishedAt: at(1), updatedAt: at(6) });
    const [led] = entries({ id: 'urn:s:1', lead: by('A', 3), others: [by('A', 1), by('B', 2)] });
    expect(led!.related.map(({ title }) => title)).toEqual(['Headline 2']);
  });

  it('names the languages of reports that differ from the lead', () => {
    const others = [by('B', 2), by('Zeitung', 6, { language: 'de' }), by('Journal', 7, { withdrawnAt: at(9) })];
    const [entry] = entries({ id: 'urn:s:1', lead: by('A', 1), others });
    expect(entry!.related.map(({ publication, language }) => [publication, language])).toEqual([
      ['B', null],
      ['Zeitung', 'de'],
    ]);
    expect(entry!.contentHtml).toContain('lang="de" hreflang="de">Headline 6</a> (Zeitung)');
    expect(entry!.updatedAt).toEqual(at(6));
  });

  it('leaves out stories of one publication, and withdrawn articles', () => {
    const gone = { withdrawnAt: at(9) };
    expect(entries({ id: 'urn:s:1', lead: by('A', 1), others: [by('a', 2)] })).toEqual([]);
    expect(entries({ id: 'urn:s:1', lead: by('A', 1), others: [by('B', 2, gone)] })).toEqual([]);
    const one = { sourceId: 'flood' };
    expect(entries({ id: 'urn:s:1', lead: by('A', 1, one), others: [by('B', 2, one)] })).toEqual([]);
    const [led] = entries({ id: 'urn:s:1', lead: by('A', 1, gone), others: [by('C', 3), by('B', 2)] });
    expect(led).toMatchObject({ title: 'Headline 2', publishedAt: at(2), related: [{ publication: 'C' }] });
  });

  it('sorts by date, newest first', () => {
    const story = (n: number) => ({ id: `urn:s:${n}`, lead: by('A', n), others: [by('B', n + 1)] });
    expect(entries(story(1), story(7), story(4)).map(({ id }) => id)).toEqual(['urn:s:7', 'urn:s:4', 'urn:s:1']);
  });

  it('converts every id to an absolute IRI', () => {
    const [entry] = entries({ id: 'abc def', lead: by('A', 1), others: [by('B', 2)] });
    expect(entry!.id).toBe('https://news.example.org/feeds/stories#abc%20def');
  });
});
