import { describe, expect, it } from 'vitest';
import type { CountedTopic, ListedPublication } from '../../../src/model/page.js';
import { pageWriter } from '../../support/pages.js';

const text = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const main = (html: string) => /<main[^>]*>(.*)<\/main>/s.exec(html)![1]!;

describe('all topics', () => {
  const topic = (id: string, parent: string | null, recent: number, count: number): CountedTopic => {
    return { id, label: id.toUpperCase(), parent, recent, count };
  };
  const topics = [
    topic('sea', null, 2, 9),
    topic('coal', 'work', 0, 3),
    topic('north', 'sea', 1, 4),
    topic('fjord', 'north', 1, 1),
  ];
  const html = pageWriter().overview({ kind: 'topics', topics });

  it('are nested in their parents, with recent and total numbers', () => {
    expect(text(main(html))).toContain(
      'SEA 30 days: 2 · all: 9 NORTH 30 days: 1 · all: 4 FJORD 30 days: 1 · all: 1 COAL 30 days: 0 · all: 3',
    );
    expect(main(html).match(/<ul/g)).toHaveLength(3);
    expect(main(html)).toContain('<a href="topics/north.html">NORTH</a>');
  });
  it('are linked in the menu', () => {
    expect(html).toContain('<a href="topics.html" aria-current="page">All topics</a>');
    expect(pageWriter({ hasTopics: false, menu: [] }).status([])).not.toContain('topics.html');
  });
});

describe('all publications', () => {
  const source = (about: Partial<ListedPublication>): ListedPublication => {
    return { id: 'paper', label: 'The Paper', count: 1, language: 'en', hasPage: true, homeUrl: null, ...about };
  };
  it('have language, number of articles and feeds', () => {
    const html = pageWriter().overview({
      kind: 'sources',
      sources: [source({}), source({ id: 'bote', count: 2, language: 'xx' })],
    });
    expect(main(html)).toMatch(
      /<span class="icon t\d i-paper" data-letter="P" aria-hidden="true"><\/span><a href="sources\/paper/,
    );
    expect(text(main(html))).toContain('The Paper English · 1 article RSS Atom JSON Feed');
    expect(main(html)).toContain('<a href="sources/bote.html" aria-label="The Paper (publication)">');
    expect(main(html)).toContain(
      '<a href="sources/paper.rss" type="application/rss+xml" aria-label="RSS – The Paper">RSS</a>',
    );
    expect(main(html)).toContain('xx</span> · 2 articles');
  });
  it('link to their home pages if they have no page here', () => {
    const sources = [source({ hasPage: false, homeUrl: 'https://paper.example/', count: 0 }), source({ id: 'b', label: 'B', hasPage: false, count: 0 })]; // biome-ignore format: one list
    const html = main(pageWriter().overview({ kind: 'sources', sources }));
    expect(html).toContain('<a href="https://paper.example/"><bdi>The Paper</bdi></a>');
    expect(html).toContain('</span><bdi>B</bdi></p>');
    expect(html).toContain('no article yet');
  });
});

describe('how to subscribe', () => {
  it('names the whole address of each feed', () => {
    const html = main(pageWriter().overview({ kind: 'subscribe' }));
    for (const format of ['rss', 'atom', 'json']) {
      expect(html).toContain(`<code dir="ltr">https://news.example.org/feeds/all.${format}</code>`);
    }
    expect(html).toContain('<a href="feeds.opml">');
  });
  it('is a page only if feeds are published', () => {
    expect(pageWriter({ formats: ['html'] }).hasFeeds).toBe(false);
    expect(pageWriter({ formats: ['html'] }).status([])).not.toContain('subscribe.html');
  });
});
