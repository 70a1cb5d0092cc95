/** Sentences and lines that a source repeats. */
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/clean.js';
import type { Item } from '../../src/model/item.js';
import { aContext, aFeed, anItem, html, text } from '../support/an-item.js';

const PROMOTION = 'Watch every broadcast of Harbour TV on our new channel.';
const HEADLINES = [
  'Ferry returns to the islands',
  'Council lowers bus fares',
  'Storm closes three schools',
  'Museum opens',
];
const NEWS = [
  'The first boat left at noon.',
  'Tickets cost two crowns from May.',
  'Pupils stay at home today.',
  'It has nine rooms.',
];
const itemsWith = (write: (news: string, place: number) => Partial<Item>, count = 3) =>
  HEADLINES.slice(0, count).map((title, place) =>
    anItem({ title: text(title), url: `https://paper.example/${place}`, ...write(NEWS[place]!, place) }),
  );
const document = (items: readonly Item[], furniture: readonly string[] = []) =>
  clean(aFeed(items), aContext({}, { furniture }));
const summaries = (...given: Parameters<typeof document>) => document(...given).drafts.map(({ summary }) => summary);

describe('furniture', () => {
  it('is a sentence in three items, and leaves the summary and the text for topics', () => {
    const { drafts } = document(itemsWith((news) => ({ content: html(`<p>${news} ${PROMOTION}</p>`) })));
    expect(drafts.map(({ summary, bodyText }) => [summary, bodyText])).toEqual(
      NEWS.slice(0, 3).map((news) => [news, news]),
    );
    expect(drafts[0]!.contentHtml).toContain(PROMOTION);
  });

  it('is a short line too, and may be all that an item says', () => {
    expect(summaries(itemsWith((news) => ({ content: html(`<p>${news}</p><p>Markets</p>`) })))).toEqual(
      NEWS.slice(0, 3),
    );
    expect(summaries(itemsWith(() => ({ summary: text(PROMOTION) })))).toEqual(['', '', '']);
  });

  it('is never the closing quotation mark of several articles', () => {
    const news = ['船は出た。', '雨が降る。', '店は休む。'];
    const items = HEADLINES.slice(0, 3).map((title, i) =>
      anItem({ title: text(title), url: `https://paper.example/${i}`, content: html(`<p>「${news[i]}」</p>`) }),
    );
    expect(summaries(items)).toEqual(news.map((one) => `「${one}」`));
  });

  it('takes the short rest of its line along', () => {
    const parts = itemsWith((_news, place) => ({ summary: text(`${PROMOTION} Part ${place}`) }));
    expect(summaries(parts)).toEqual(['', '', '']);
  });

  it('needs three items with different headlines', () => {
    const two = itemsWith((news) => ({ summary: text(`${news} ${PROMOTION}`) }), 2);
    expect(summaries(two)).toEqual(NEWS.slice(0, 2).map((news) => `${news} ${PROMOTION}`));
    const updates = [1, 2, 3].map((n) =>
      anItem({ title: text(`UPDATE ${n}-Ferry returns to the islands`), summary: text(`${NEWS[0]} ${PROMOTION}`) }),
    );
    expect(summaries(updates)).toEqual(updates.map(() => `${NEWS[0]} ${PROMOTION}`));
  });

  it('is not a sentence about the event of several headlines', () => {
    const titles = ['Last escaped prisoners surrender', 'How the prisoners escaped', 'Escaped prisoners: a timeline'];
    const items = titles.map((title, i) =>
      anItem({
        title: text(title),
        url: `https://paper.example/${i}`,
        summary: text('Police caught the prisoners who escaped.'),
      }),
    );
    expect(summaries(items)[0]).toBe('Police caught the prisoners who escaped.');
  });

  it('keeps facts and short answers that items share', () => {
    const facts = itemsWith((news) => ({ content: html(`<p>${news}</p><p>Severity: high</p><p>Yes.</p>`) }));
    expect(summaries(facts)[0]).toBe(`${NEWS[0]} Severity: high Yes.`);
  });

  it('stays known, and does not depend on the order of items', () => {
    const items = itemsWith((news) => ({ summary: text(`${news} ${PROMOTION}`) }), 4);
    const { furniture } = document(items);
    expect(document([...items].reverse()).furniture).toEqual(furniture);
    expect(summaries(items.slice(0, 1), furniture)).toEqual([NEWS[0]]);
    expect(document(items.slice(0, 1), furniture).furniture).toEqual(furniture);
  });

  it('does not change the content hash', () => {
    const items = itemsWith((news) => ({ summary: text(`${news} ${PROMOTION}`) }));
    const [alone] = document(items.slice(0, 1)).drafts;
    expect(document(items).drafts[0]!.contentHash).toBe(alone!.contentHash);
  });

  it('is not learned from the editor’s own posts', () => {
    const own = { kind: 'posts' as const, base: 'https://paper.example/' };
    const items = itemsWith((news) => ({ summary: text(`${news} ${PROMOTION}`) }));
    const { drafts } = clean(aFeed(items), aContext({ own } as never));
    expect(drafts[0]!.summary).toContain(PROMOTION);
  });
});
