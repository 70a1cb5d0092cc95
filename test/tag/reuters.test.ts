import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TopicConfig } from '../../src/model/topic.js';
import { createTagger } from '../../src/tag/tag.js';

const topics = JSON.parse(
  readFileSync(new URL('../fixtures/tag/reuters-r10.topics.json', import.meta.url), 'utf8'),
) as TopicConfig[];
const tagger = createTagger(topics);
const tag = (title: string, bodyText = '') =>
  tagger.tag({ title, bodyText, language: 'en' }).map(({ topicId }) => topicId);

describe('hand-written phrases for ten categories of newswire', () => {
  it.each([
    ['EXAMPLE CORP <EX> 1ST QTR NET', 'Shr 41 cts vs 38 cts. Net 4.1 mln vs 3.7 mln. Revs 61 mln vs 52 mln.', ['earn']],
    ['EXAMPLE CORP TO BUY SAMPLE INC', 'Example said it signed a letter of intent.', ['acq']],
    ['DURUM HARVEST LATE', 'Rain kept wheat and barley in the fields.', ['grain', 'wheat']],
    ['OPEC MINISTERS MEET', 'They spoke of output in barrels per day.', ['crude']],
    ['BANK RAISES PRIME RATE', 'The bank raised its prime lending rate by half a point.', ['interest']],
  ])('%s', (title, body, expected) => {
    expect(tag(title, body).sort()).toEqual(expected);
  });

  const corpus = new URL('../../../shared/corpus/news/topics-reuters-r10-train.jsonl', import.meta.url);
  it.runIf(existsSync(corpus))('keeps precision at 0.90 or more and recall at 0.65 or more on real newswire', () => {
    const rows = readFileSync(corpus, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { title: string; text: string; topics: string[] });
    let [right, wrong, missed] = [0, 0, 0];
    for (const row of rows) {
      const found = tag(row.title, row.text);
      right += found.filter((id) => row.topics.includes(id)).length;
      wrong += found.filter((id) => !row.topics.includes(id)).length;
      missed += row.topics.filter((id) => !found.includes(id)).length;
    }
    expect(right / (right + wrong)).toBeGreaterThanOrEqual(0.9);
    expect(right / (right + missed)).toBeGreaterThanOrEqual(0.65);
  });
});
