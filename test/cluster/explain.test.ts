import { describe, expect, it } from 'vitest';
import { type ExplainedArticle, explainPair } from '../../src/cluster/explain.js';
import type { IndexedArticle } from '../../src/cluster/story-index.js';
import { weighByLanguage } from '../../src/cluster/terms/weigh.js';
import { readArticle } from '../../src/cluster/text/reading.js';
import { ferry, inventedText, noon, tunnel, wire } from '../support/wire.js';

const asked = (article: IndexedArticle, story: string | null): ExplainedArticle => {
  const { sourceId, title, summary, language, publishedAt } = article;
  return { sourceId, title, summary, language, publishedAt: publishedAt.getTime(), story, others: [] };
};
const explain = (a: ExplainedArticle, b: ExplainedArticle) =>
  explainPair(a, b, ({ reading }) => weighByLanguage(reading));

describe('explainPair', () => {
  it('names the words that two tellings share, with what each adds', () => {
    const answer = explain(asked(ferry[0]!, 's'), asked(ferry[1]!, 's'));
    expect(answer).toMatchObject({ oneStory: true, reason: 'alike', hoursApart: 1 });
    expect(answer.score).toBeGreaterThan(answer.needed);
    expect(answer.shared.map(({ word }) => word.toLowerCase())).toEqual(
      expect.arrayContaining(['aldervane', 'velmora', 'lifeboats', '212']),
    );
    const total = answer.shared.reduce((sum, { weight }) => sum + weight, 0);
    expect(total).toBeCloseTo(answer.comparison.cosine, 5);
    expect(Object.values(answer.parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(answer.score, 9);
  });

  it('compares with the other article’s whole story', () => {
    const named = (id: string, title: string) =>
      asked(wire(id, 0, { title, summary: `${inventedText(title.length, 3)}.` }), 's');
    const [a, b] = [named('a', 'Orsolya Brandvik speaks'), named('b', 'What Orsolya Brandvik said')];
    const { vector } = { vector: weighByLanguage(readArticle(b)) };
    const grown = explain(a, { ...b, others: [{ vector, sourceId: 'o', publishedAt: noon }] });
    expect(grown.articles).toBe(2);
    expect(grown.needed).toBeGreaterThan(explain(a, b).needed);
    expect(grown.score).toBeGreaterThan(explain(a, b).score);
  });

  it('explains why two articles are not in one story', () => {
    const reason = (a: ExplainedArticle, b: ExplainedArticle) => explain(a, b).reason;
    expect(reason(asked(ferry[0]!, 'a'), asked(tunnel[0]!, 'b'))).toBe('too-little');
    expect(reason(asked(ferry[0]!, 'a'), asked({ ...ferry[1]!, language: 'de' }, 'b'))).toBe('language');
    const late = { ...ferry[1]!, publishedAt: new Date(ferry[0]!.publishedAt.getTime() + 90 * 3_600_000) };
    expect(reason(asked(ferry[0]!, 'a'), asked(late, 'b'))).toBe('too-far-apart');
    const briefing = { ...ferry[1]!, title: 'Morning briefing: Tuesday' };
    expect(reason(asked(ferry[0]!, 'a'), asked(briefing, 'b'))).toBe('format');
    const tip = { ...ferry[1]!, title: 'The best ferry deals of the summer' };
    expect(reason(asked(ferry[0]!, 'a'), asked(tip, 'b'))).toBe('tip');
    expect(reason(asked(ferry[0]!, 'a'), asked(ferry[1]!, 'b'))).toBe('other-story');
  });

  it('returns cited pages, and links between languages', () => {
    const page = 'https://yard.example/papers-on-the-aldervane';
    const citing = (article: IndexedArticle) => ({
      ...asked(article, 'a'),
      url: `https://${article.sourceId}.example/${article.id}`,
      contentHtml: `<p>As <a href="${page}">papers</a> show.</p>`,
    });
    expect(explain(citing(ferry[0]!), citing(tunnel[0]!)).cited).toEqual([page]);
    expect(explain(asked(ferry[0]!, 'a'), asked(ferry[1]!, 'b')).cited).toEqual([]);
    const german = {
      ...ferry[1]!,
      language: 'de',
      title: 'Fähre Aldervane bei Velmora auf Sandbank',
      summary: '212 Gerettete.',
    };
    expect(explain(asked(ferry[0]!, 'a'), asked(german, 'b')).reason).toBe('language');
  });

  it('recognises copies, and reports linked by others', () => {
    const text = wire('o', 0, { title: inventedText(1, 5), summary: inventedText(2, 40) });
    expect(explain(asked(text, 's'), asked(text, 's'))).toMatchObject({ reason: 'copy', overlap: 1 });
    expect(explain(asked(ferry[0]!, 's'), asked(tunnel[0]!, 's')).reason).toBe('through-others');
  });
});
