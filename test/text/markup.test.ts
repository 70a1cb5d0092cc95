import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MarkupReader, readAny, readMarkup } from '../../src/text/markup.js';
import { readUsual } from '../../src/text/usual-markup.js';

/** What is told, in order; `enough`: how often the reader is asked before it says so. */
function toldBy(read: (html: string, reader: MarkupReader) => unknown, html: string, enough = 9): string[] {
  const told: string[] = [];
  let asked = 0;
  read(html, {
    open: (name, attributes) => told.push(`<${name} ${JSON.stringify(attributes)}`),
    close: (name) => told.push(`/${name}`),
    text: (value) => told.push(value),
    done: () => {
      told.push('enough?');
      asked += 1;
      return asked === enough;
    },
  });
  while (told.at(-1) === 'enough?') told.pop(); // whether it is asked once more where nothing is left
  return told;
}

const byTokenizer = (html: string, reader: MarkupReader) => readAny(html, 0, reader);

const PIECES =
  `< > & " ' / = é 日 😀 x word \u0000 &amp; &amp &#8217; &#x27; &#150; &#0; &nbsp; &eacute; &notit; &notin; &#x &copy &copy= &b=2 &AT&T; ` +
  '<p> </p> <br/> <br> <!-- --> <!--> <![CDATA[ ]]> <script> </script> <title> </title> <a\thref=" <a\thref="/x?a=1&b=2"> <A\tHREF=x> ' +
  '<a\thref=\'/x?a=1&amp;b=2\'> <img\tsrc="i"\thidden> <img\thidden\tsrc="i"/> <p\ta\t="b"> <p\ta="b"c=\'d\'> <p\ta="b"\ta="c"> </a\t> </\ta> </> <?php\t?> <!x> <p/\t> <p//> <b/x> <h1> <x-y:z>';
const markup = fc
  .array(fc.constantFrom(' ', '\n', ...PIECES.split(' ').map((one) => one.replaceAll('\t', ' '))), { maxLength: 16 })
  .map((pieces) => pieces.join(''));

describe('readMarkup', () => {
  it('says the same as the tokenizer, whatever it is given', () => {
    fc.assert(
      fc.property(markup, (html) => {
        expect(toldBy(readMarkup, html)).toEqual(toldBy(byTokenizer, html));
      }),
      { seed: 5, numRuns: 3_000 },
    );
  });

  it('takes the names of what every object has for names like any other', () => {
    const html = '<p constructor="a" __proto__="b" tostring="c"><b></b>';
    const told: unknown[] = [];
    readMarkup(html, {
      open: (name, attributes) => told.push([name, 'constructor' in attributes, Object.keys(attributes)]),
      close: () => {},
      text: () => {},
    });
    expect(told).toEqual([
      ['p', true, ['constructor', '__proto__', 'tostring']],
      ['b', false, []],
    ]);
    expect(toldBy(readMarkup, html)).toEqual(toldBy(byTokenizer, html));
  });

  it('parts long texts and asks whether there is enough where the tokenizer does', () => {
    const around = fc.tuple(fc.integer({ min: 1, max: 30 }), markup, fc.boolean(), fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(around, ([before, html, long, enough]) => {
        const page = `${'y'.repeat(16_384 - before)}${html}${long ? 'z'.repeat(16_300) : ''}${html}`;
        expect(toldBy(readMarkup, page, enough)).toEqual(toldBy(byTokenizer, page, enough));
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it('reads what feeds are made of without the tokenizer', () => {
    const html =
      '<p class="a" data-b=\'c\'>Ferries &amp; trains&#8230; <a href="/x?a=1&amp;b=2">R & D</a><br /><!-- more --><video controls></video></p >';
    expect(readUsual(html, { open: () => {}, close: () => {}, text: () => {} }, 16_384)).toBeNull();
  });

  it('takes a tag that is cut off at the end for no text', () => {
    expect(toldBy(readMarkup, '<p>Text</p><a href="/x"/')).toEqual(['<p {}', 'Text', '/p']);
  });
});
