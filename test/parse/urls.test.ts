/** The effect of a document's own base. */
import { expect, it } from 'vitest';
import { resolveUrl } from '../../src/parse/urls.js';

it.each([
  ['a', 'https://p.example/2026/a'],
  ['https:a', 'https://p.example/2026/a'],
  ['mailto:desk@p.example', 'mailto:desk@p.example'],
  ['www.other.example/a', 'www.other.example/a'],
  ['www.html', 'https://p.example/2026/www.html'],
])('%s', (reference, expected) => {
  expect(resolveUrl(reference, 'https://p.example/2026/')).toBe(expected);
});
