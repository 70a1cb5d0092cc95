import { describe, expect, it } from 'vitest';
import { type MarkupReader, readMarkup, readXmlDecoded, readXmlTags } from '../../src/text/markup.js';

/** The calls of a reader, in order; it stops after `enough` tags. */
function toldBy(read: (markup: string, reader: MarkupReader) => void, markup: string, enough = 1_000): string[] {
  const told: string[] = [];
  let tags = 0;
  read(markup, {
    open: (name, attributes, isEmpty) => {
      tags += 1;
      told.push(`<${name} ${JSON.stringify(attributes)}${isEmpty ? ' /' : ''}`);
    },
    close: (name) => {
      tags += 1;
      told.push(`/${name}`);
    },
    text: (value) => told.push(value),
    cdata: (value) => told.push(`[${value}]`),
    done: () => tags >= enough,
  });
  return told;
}

describe('readMarkup', () => {
  it.each([
    ['<P Class="a" data-b=\'c\' d=e hidden>x</P\n>', ['<p {"class":"a","data-b":"c","d":"e","hidden":""}', 'x', '/p']],
    ['<br/><br /><img src="i"/>', ['<br {} /', '<br {} /', '<img {"src":"i"} /']],
    ['<a href="/x?a=1&amp;b=2&copy=3">&amp;</a>', ['<a {"href":"/x?a=1&b=2&copy=3"}', '&', '/a']],
    ['&#8217;&#x27;&#150;&nbsp;&eacute;&notin;', ['’', "'", '–', '\u00a0', 'é', '∉']],
    ['<iframe src="/v" /><p>x', ['<iframe {"src":"/v"} /', '/iframe', '<p {}', 'x']],
    ['<script/>x<div/>y', ['<script {} /', '/script', 'x', '<div {} /', 'y']],
    ['<p a="b" A="c">', ['<p {"a":"b"}']],
    ['<!-- a --><!--><b>x</b><!x><?php ?>', ['<b {}', 'x', '/b']],
    ['<p><![CDATA[a]]></p>', ['<p {}', '[a]', '/p']],
    ['<title>a &amp; <b></title>', ['<title {}', 'a ', '&', ' <b>', '/title']],
    ['<script>a &amp; <b></script>', ['<script {}', 'a &amp; <b>', '/script']],
    ['</p></ p>', ['/p', '/p']],
    ['<svg:a xlink:href="x">', ['<svg:a {"xlink:href":"x"}']],
    ['日 < 😀 > é', ['日 ', '< 😀 > é']],
  ])('reads %s', (html, told) => {
    expect(toldBy(readMarkup, html)).toEqual(told);
  });

  it('accepts names of prototype members', () => {
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
  });

  it('stops when the reader is done', () => {
    expect(toldBy(readMarkup, 'a<p>b</p>c<p>d</p>e', 2)).toEqual(['a', '<p {}', 'b', '/p']);
  });

  it('does not treat a truncated tag as text', () => {
    expect(toldBy(readMarkup, '<p>Text</p><a href="/x"/')).toEqual(['<p {}', 'Text', '/p']);
  });

  it('reads at most 100 attributes per element', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ` a${index}=""`).join('');
    let read = 0;
    readMarkup(`<p${many}>`, {
      open: (_, attributes) => {
        read = Object.keys(attributes).length;
      },
      close: () => {},
      text: () => {},
    });
    expect(read).toBe(100);
  });
});

describe('readXmlDecoded', () => {
  it('reports names as written, decoded XML references, and tag offsets', () => {
    const starts: number[] = [];
    readXmlDecoded('<Item\n URL="a"/> <t>', {
      open: (_name, _attributes, _isEmpty, start) => starts.push(start),
      close: () => {},
      text: () => {},
    });
    expect(starts).toEqual([0, 17]);
    expect(toldBy(readXmlDecoded, '<Item URL="a&amp;b&#38;&eacute;"/>&lt;')).toEqual([
      '<Item {"url":"a&b&&eacute;"} /',
      '<',
    ]);
  });
});

describe('readXmlTags', () => {
  it('keeps names and references as written, and reports CDATA', () => {
    expect(toldBy(readXmlTags, '<Item URL="a&amp;b"/><t>x &amp; y<![CDATA[<b>]]></t>')).toEqual([
      '<Item {"url":"a&amp;b"} /',
      '<t {}',
      'x &amp; y',
      '[<b>]',
      '/t',
    ]);
  });
});
