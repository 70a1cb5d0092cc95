import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecentNames } from '../../src/text/recent-names.js';

it('gives each name as it is written and in lower case, whichever others were met before', () => {
  const names = new RecentNames();
  const name = fc.stringMatching(/^[A-Za-z0-9:_-]{1,20}$/);
  fc.assert(
    fc.property(fc.array(name, { maxLength: 40 }), (written) => {
      const text = `<${written.join('<')}`;
      let at = 1;
      for (const one of written) {
        expect(names.at(text, at, at + one.length)).toBe(one);
        expect(names.lowerAt(text, at, at + one.length)).toBe(one.toLowerCase());
        at += one.length + 1;
      }
    }),
    { seed: 3, numRuns: 1_000 },
  );
});
