import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detachString } from '../../src/text/detach-string.js';

describe('detachString', () => {
  it.each(['a', 'incomprehensibilities', 'Äöü😀 Äöü Äöü Äöü', 'broken \ud800 surrogate'])(
    'leaves "%s" as it is',
    (text) => {
      expect(detachString(text)).toBe(text);
    },
  );

  it('keeps every code unit', () => {
    const units = fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), units), (text) => {
        expect(detachString(text)).toBe(text);
      }),
    );
  });
});
