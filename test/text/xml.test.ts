import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legalText, toXmlHtml, xmlAttribute, xmlCdata, xmlText, xmlTitle } from '../../src/text/xml.js';
import { anyString } from '../support/hostile.js';

const ILLEGAL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/;

describe('legalText', () => {
  it.each([
    ['a\0b\x1fc\x7fd\x85e', 'abcde'],
    ['a\ufffeb\uffffc\ufdd0d\u{1ffff}e', 'abcde'],
    ['a\ud800b\udc00c', 'abc'],
    ['🚢 \ud83d\ude00\tx\n', '🚢 😀\tx\n'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['\ufffd is a character', '\ufffd is a character'],
  ])('%j → %j', (given, wanted) => expect(legalText(given)).toBe(wanted));

  it('removes everything that XML or I-JSON forbids, and is idempotent', () => {
    fc.assert(
      fc.property(anyString, (text) => {
        const legal = legalText(text);
        expect(legal).not.toMatch(ILLEGAL);
        expect(legal.isWellFormed()).toBe(true);
        expect(legalText(legal)).toBe(legal);
      }),
    );
  });
});

/** As a parser reads it (XML 1.0 2.7): each section ends at the first `]]>`. Throws if there is text between or after them. */
function readCdata(xml: string): string {
  const sections = [...xml.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g)];
  expect(sections.map(([whole]) => whole).join('')).toBe(xml);
  return sections.map(([, inner]) => inner).join('');
}

describe('escaping', () => {
  it.each([
    [xmlText, `a < b & c > "d"`, 'a &lt; b &amp; c &gt; "d"'],
    [xmlText, ']]>', ']]&gt;'],
    [xmlTitle, 'AT&T <b>', 'AT&#x26;T &#x3C;b&#x3E;'],
    [toXmlHtml, 'a < b & c', 'a &amp;lt; b &amp;amp; c'],
    [xmlAttribute, '"a"\n<b>\t&', '&quot;a&quot; &lt;b&gt; &amp;'],
    [xmlCdata, 'a ]]> b ]]> c', '<![CDATA[a ]]]]><![CDATA[> b ]]]]><![CDATA[> c]]>'],
    [xmlCdata, ']]]]>>', '<![CDATA[]]]]]]><![CDATA[>>]]>'],
    [xmlText, 'x\x01y', 'xy'],
    [xmlText, '🚢', '🚢'],
  ])('%# gives %j', (write, given, wanted) => expect(write(given)).toBe(wanted));

  it('leaves no markup from any string', () => {
    fc.assert(
      fc.property(anyString, (text) => {
        for (const write of [xmlText, xmlTitle, toXmlHtml, xmlAttribute]) expect(write(text)).not.toMatch(/[<>]/);
        expect(xmlAttribute(text)).not.toMatch(/["\n\t]/);
        expect(readCdata(xmlCdata(text))).toBe(legalText(text));
      }),
    );
  });
});
