import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LINE_END, readBody } from '../../src/clean/body.js';
import { plainLine, plainLines } from '../../src/text/plain.js';

const BASE = 'https://paper.example/a';
const PIECES =
  'Ferry returns. é – 日 &amp; &nbsp; &#8217; &#57584; &#57585; \uE0F0 \uE0F1 \u00a0 \u200b e\u0301 <p> </p> <br> <em> </em> <td> </td> ' +
  '<a_href="/x"> </a> <aside> </aside> <object> </object> <ul> <li> </ul> <img_src="/i.jpg"> <script> </script>';
const html = fc
  .array(fc.constantFrom(' ', ' ', '\n', '\t', 'word', ...PIECES.split(' ').map((one) => one.replace('_', ' '))), {
    maxLength: 14,
  })
  .map((pieces) => pieces.join(''));

it('returns plain lines without empty ones', () => {
  fc.assert(
    fc.property(html, (written) => {
      const { text, visible } = readBody(written, BASE, null);
      expect(text).toBe(plainLines(text));
      const lines = visible.split(LINE_END);
      expect(lines).toEqual(lines.map((line) => plainLine(line)));
      expect(visible === '' || !lines.includes('')).toBe(true);
    }),
    { seed: 9, numRuns: 5_000 },
  );
});

it('reads text after a self-closing player', () => {
  const { text } = readBody('<p>Ferry.</p><iframe src="https://v.example/1" /><p>Sails.</p>', BASE, null);
  expect(text).toBe('Ferry.\nSails.');
});

it('reads an ordinary article', () => {
  const written =
    '<p>Ferry <em>returns</em> &amp; sails.</p>\n<p><a href="/b?x=1&amp;utm_source=y">More</a> of it </p>';
  const { text, visible } = readBody(written, BASE, null);
  expect(text).toBe('Ferry returns & sails.\nMore of it');
  expect(visible.replaceAll(/[\uE0F0\uE0F1]/g, '|')).toBe(
    'Ferry |i|returns|/i| & sails.||a https://paper.example/b?x=1|More of it',
  );
});

it('separates block elements', () => {
  const { text } = readBody('<center>At dawn</center>Ferry.<details><summary>Why</summary>Idle.</details>', BASE, null);
  expect(text).toBe('At dawn\nFerry.\nWhy\nIdle.');
});
