import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/model/article.js';
import type { CleanContext } from '../../src/model/document.js';
import type { Item, ParsedFeed } from '../../src/model/item.js';
import { clean } from '../../src/normalize/clean.js';
import { aContext, aFeed, anItem, html, text } from '../support/an-item.js';

function draftOf(said: Partial<Item>, feed: Partial<ParsedFeed> = {}, context: CleanContext = aContext()): Draft {
  return clean(aFeed([anItem(said)], feed), context).drafts[0]!;
}

describe('clean', () => {
  it('makes a draft of an ordinary item', () => {
    const draft = draftOf({
      guid: 'https://paper.example/?p=7',
      guidIsPermalink: false,
      url: 'https://paper.example/ferry?utm_source=rss',
      title: html('<em>Ferry</em> returns &amp; sails | The Paper'),
      summary: html('Boats leave at nine. <a href="/more">Read more</a>'),
      content: html(
        '<p>Boats leave at nine.</p><p>The <a href="/cafe">café</a> is open.</p><img src="/boat.jpg" alt="A boat">',
      ),
      authors: [{ name: 'By Ilse Tarn', email: 'ilse@paper.example', url: null }],
    });
    expect(draft).toMatchObject({
      guid: 'https://paper.example/?p=7',
      url: 'https://paper.example/ferry',
      urlKeys: ['https://paper.example/ferry'],
      title: 'Ferry returns & sails',
      summary: 'Boats leave at nine.',
      authors: [{ name: 'Ilse Tarn', url: null }],
      attribution: { publication: { title: 'The Paper', url: 'https://paper.example/' }, via: null },
      language: 'en',
      image: { url: 'https://paper.example/boat.jpg', alt: 'A boat', type: 'image/jpeg' },
      claimedPublishedAt: new Date('2026-11-24T06:30:00Z'),
      claimedPublishedFrom: 'published',
      bodyText: 'Boats leave at nine.\nThe café is open.',
      place: 0,
    });
    expect(draft.contentHtml).toContain('href="https://paper.example/cafe"');
    expect(draft.contentHash).toMatch(/^[0-9a-f]{32}$/);
  });

  it('counts items without any address and goes on', () => {
    const items = [anItem({ url: null }), anItem({ url: 'https://paper.example/two' })];
    const document = clean(aFeed(items), aContext());
    expect(document.skipped).toBe(1);
    expect(document.drafts.map((d) => [d.url, d.place])).toEqual([['https://paper.example/two', 1]]);
    expect(document.warnings).toHaveLength(1);
  });

  it.each(['summary', 'none'] as const)(
    'publishes no HTML of a source that allows %s, and its hash is the same',
    (content) => {
      const said = { content: html('<p>The whole of it.</p>'), summary: text('In short.') };
      const full = draftOf(said);
      const narrow = draftOf(said, {}, aContext({ content }));
      expect(full.contentHtml).toContain('The whole of it.');
      expect(narrow.contentHtml).toBeNull();
      expect(narrow.contentHash).toBe(full.contentHash);
      expect(narrow.bodyText).toBe('The whole of it.');
    },
  );
});
