/** Whether the text of an article's page is worth more than the feed's. */
import { expect, it } from 'vitest';
import { cleanFullText } from '../../src/clean/full-text.js';

it.each([
  ['thin', 'The ferry sails again. '.repeat(9)],
  ['taken', 'The ferry sails again. '.repeat(20)],
  ['thin', '渡し船が再び出る。'.repeat(9)],
  ['taken', '渡し船が再び出る。'.repeat(22)],
])('is %s by the length that its script needs: %s', (outcome, text) => {
  expect(cleanFullText(`<p>${text}</p>`, 'https://paper.example/', { summary: '', contentHtml: null }).outcome).toBe(outcome); // biome-ignore format: one call
});
