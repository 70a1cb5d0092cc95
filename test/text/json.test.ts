import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonText } from '../../src/text/json.js';
import { legalText } from '../../src/text/xml.js';
import { anyString } from '../support/hostile.js';

it.each([
  ['plain – text', '"plain – text"'],
  ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
  ['a\nb\tc\r\nd', '"a\\nb\\tc\\nd"'],
  ['\0\ufffe\ud800x', '"x"'],
  ['🚢', '"🚢"'],
])('%j → %s', (given, wanted) => expect(jsonText(given)).toBe(wanted));

it('reads back as the legal text, for any string', () => {
  fc.assert(
    fc.property(anyString, (text) => {
      expect(JSON.parse(jsonText(text))).toBe(legalText(text));
    }),
  );
});
