import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasBlocks, htmlToText } from '../../src/text/html.js';
import { lettersOnly, plainLine, plainLines } from '../../src/text/plain.js';
import { processorMs } from '../support/processor-time.js';

describe('htmlToText', () => {
  it.each([
    ['Ferry &amp; bus', 'Ferry & bus'],
    ['caf&eacute; &#233; &#xE9; &nbsp;x', 'café é é x'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['<em>Ferry</em> returns', 'Ferry returns'],
    ['a<b>b</b>c', 'abc'],
    ['<p>One</p><p>Two</p>', 'One\nTwo'],
    ['One<br>Two<br/>Three', 'One\nTwo\nThree'],
    ['<ul><li>One<li>Two</ul>', 'One\nTwo'],
    ['<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>', '1 2\n3'],
    ['  a \n\n  b  ', 'a b'],
    ['<script>alert("x")</script>a', 'a'],
    ['<style>p{}</style>a<template>b</template>', 'a'],
    ['a<!-- b -->c', 'ac'],
    ['a<noscript>b</noscript>c', 'ac'],
    ['<p hidden>a</p>b', 'b'],
    ['<p style="display: none">a</p>b', 'b'],
    ['<div style="display:none"><div>a</div>b</div>c', 'c'],
    ['5 < 6 & 7 > 2', '5 < 6 & 7 > 2'],
    ['<title>t</title>a', 'a'],
    ['<p>unclosed <b>bold', 'unclosed bold'],
    ['</p>stray</div>', 'stray'],
    ['<img alt="a boat">x', 'x'],
    ['', ''],
    ['<nav>menu</nav>text', 'menu\ntext'],
  ])('%j', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it('drops page furniture in prose mode', () => {
    const page =
      '<nav>menu</nav><p>Text</p><aside>More <p>of us</p></aside><footer>©</footer><form>Sign up</form><p>End</p>';
    expect(htmlToText(page, { parts: 'prose' })).toBe('Text\nEnd');
  });

  it('stops at the limit', () => {
    expect(htmlToText('<p>word</p>'.repeat(100_000), { limit: 9 })).toBe('word\nword');
  });

  it('joins adjacent text', () => {
    const text = `${'word '.repeat(20_000)}end`;
    expect(htmlToText(`<p title="${'x'.repeat(40_000)}">${text}</p>`)).toBe(text);
  });

  it('never throws, and reads back escaped text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (input) => {
        expect(typeof htmlToText(input)).toBe('string');
        const escaped = input.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
        expect(htmlToText(escaped)).toBe(input.replace(/\s+/g, ' ').trim());
      }),
      { seed: 3 },
    );
  });

  it('takes linear time for deep and broken input', async () => {
    const long = ['<b>'.repeat(100_000), '<'.repeat(500_000), '<!--'.repeat(100_000), '<a href="'.repeat(50_000)];
    expect(await processorMs(() => long.map((html) => htmlToText(html)))).toBeLessThan(5_000);
  });
});

it('distinguishes a body from a teaser', () => {
  expect(hasBlocks('<p>x</p>')).toBe(true);
  expect(hasBlocks('a <b>b</b> <a href="x">c</a>')).toBe(false);
  expect(hasBlocks('1 <2')).toBe(false);
});

describe('plainLine', () => {
  it.each([
    ['a\u202Eb\u2066c\uFEFF', 'abc'],
    ['a\u200B\u200Cb', 'ab'],
    ['می\u200Cروم', 'می\u200Cروم'],
    ['👩\u200D🚀', '👩\u200D🚀'],
    [' a \n\t b\u00A0c ', 'a b c'],
    ['e\u0301', 'é'],
    ['a\u0000b\u001Fc', 'abc'],
    ['a\uD83Db', 'ab'],
  ])('%j', (text, expected) => {
    expect(plainLine(text)).toBe(expected);
  });

  it('is idempotent', () => {
    const signs = fc.array(
      fc.constantFrom(
        '\u200B',
        '\u202A',
        '\uFEFF',
        ' ',
        '\n',
        'e',
        '\u0301',
        '\uD83D',
        '\uDE80',
        '\u0000',
        '가',
        '\u200D',
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          signs.map((s) => s.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          expect(plainLine(plainLine(text))).toBe(plainLine(text));
          expect(plainLines(plainLines(text))).toBe(plainLines(text));
        },
      ),
      { seed: 4 },
    );
  });

  it('drops invisible characters before a text', () => {
    const signs = fc.array(
      fc.constantFrom('a', 'É', '’', '—', ' ', ' ', '\n', '\t', '\u00a0', '\u00ad', '\u0301', '\uE0F0'),
    );
    fc.assert(
      fc.property(signs, (parts) => {
        const text = parts.join('');
        expect(plainLine(`\uFEFF${text}`)).toBe(plainLine(text));
        expect(plainLines(`\uFEFF${text}`)).toBe(plainLines(text));
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});

it('compares letters and digits only', () => {
  expect(lettersOnly('«Ferry, returns!» №2')).toBe(lettersOnly('ferry returns no2'));
});
