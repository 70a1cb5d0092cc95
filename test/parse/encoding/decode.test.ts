import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeDocument, decodeHtml } from '../../../src/parse/encoding/decode.js';

const declared = (label: string, text: string) => `<?xml version="1.0" encoding="${label}"?><t>${text}</t>`;

/** Encoded in UTF-8, taken for windows-1252, and encoded again. */
function twice(text: string): Buffer {
  return Buffer.from(new TextDecoder('windows-1252').decode(Buffer.from(text)));
}

function read(bytes: Uint8Array, contentType: string | null = null) {
  return decodeDocument(bytes, contentType);
}

describe('decodeDocument', () => {
  const cases: readonly (readonly [what: string, bytes: Uint8Array, contentType: string | null, part: string])[] = [
    ['UTF-8 without a word', Buffer.from('<t>Привіт</t>'), null, 'Привіт'],
    ['a label in the header', iconv.encode('<t>Привет</t>', 'koi8-r'), 'text/xml; charset="KOI8-R"', 'Привет'],
    [
      'a label in the declaration',
      iconv.encode(declared('windows-1251', 'Привет'), 'windows-1251'),
      'text/xml',
      'Привет',
    ],
    [
      'a header that says UTF-8 of what is not',
      iconv.encode(declared('windows-1251', 'Привет'), 'windows-1251'),
      'text/xml; charset=utf-8',
      'Привет',
    ],
    [
      'a header of a server that says latin1 of everything',
      Buffer.from(declared('utf-8', 'Ñandú Привет')),
      'text/xml; charset=iso-8859-1',
      'Ñandú Привет',
    ],
    [
      'latin1 as windows-1252',
      Buffer.from([0x3c, 0x74, 0x3e, 0x93, 0x78, 0x94]),
      'text/xml; charset=iso-8859-1',
      '“x”',
    ],
    ['gb2312 as gb18030', iconv.encode(declared('gb2312', '镕基'), 'gb18030'), null, '镕基'],
    [
      'UTF-8 that says gb2312',
      Buffer.from(declared('gb2312', '渡轮在风暴后恢复运营，港口照常')),
      null,
      '渡轮在风暴后恢复运营',
    ],
    [
      'UTF-8 of a server that says gbk of everything',
      Buffer.from(declared('utf-8', '渡轮在风暴后恢复运营，港口照常')),
      'text/xml; charset=gbk',
      '渡轮',
    ],
    ['a few letters that are valid UTF-8 by chance', iconv.encode(declared('gbk', '联通'), 'gbk'), null, '联通'],
    ['x-sjis', iconv.encode(declared('x-sjis', '日本語'), 'shift_jis'), null, '日本語'],
    [
      'UTF-16 by its mark, whatever it says',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(declared('utf-8', 'ü'), 'utf16le')]),
      null,
      'ü',
    ],
    ['UTF-16 without a mark', iconv.encode('<t>ü</t>', 'utf-16be'), null, '<t>ü</t>'],
    ['UTF-32', iconv.encode('<t>ü</t>', 'utf-32le'), null, '<t>ü</t>'],
    ['a label of UTF-16 that cannot be true', Buffer.from(declared('utf-16', 'ü')), null, 'ü'],
    ['an unknown label', Buffer.from(declared('x-klingon', 'ü')), null, 'ü'],
    ['a name that is no character set', Buffer.from(declared('base64', 'ü')), null, 'ü'],
    [
      'windows-1252 without a word',
      Buffer.from([0x3c, 0x74, 0x3e, 0x63, 0x61, 0x66, 0xe9, 0x20, 0x96]),
      null,
      'café –',
    ],
    [
      'one stray byte in UTF-8',
      Buffer.concat([Buffer.from('<t>Größe naïve '), Buffer.from([0x92]), Buffer.from(' ñ</t>')]),
      null,
      'Größe naïve ’ ñ',
    ],
    [
      'quotes of windows-1252 as control characters',
      Buffer.from('<t>\u0093It\u0092s\u0094 Größe\u0085\u0081</t>'),
      null,
      '“It’s” Größe…</t>',
    ],
    ['UTF-8 that was encoded twice', twice('<t>Größe – “naïve” 💡 €</t>'), null, '<t>Größe – “naïve” 💡 €</t>'],
    [
      'the same where spaces that do not break became plain ones',
      Buffer.from(twice('<t>à bientôt\u00a0!«</t>').toString().replaceAll('\u00a0', ' ')),
      null,
      'à bientôt\u00a0!',
    ],
  ];
  for (const [what, bytes, contentType, part] of cases) {
    it(`reads ${what}`, () => {
      const { text } = read(bytes, contentType);
      expect(text).toContain(part);
      expect(text).not.toContain('\ufffd');
    });
  }

  it('says what it overruled', () => {
    const bytes = iconv.encode(declared('windows-1251', 'Привет'), 'windows-1251');
    expect(read(bytes, 'text/xml; charset=utf-8').warnings).toEqual([
      'labelled utf-8, but read as windows-1251: the bytes are not UTF-8',
    ]);
    expect(read(Buffer.from(declared('x-klingon', 'a'))).warnings).toEqual([
      'XML declaration names an unknown encoding: x-klingon',
    ]);
  });

  it.each([
    'How “é” becomes Ã©, â€™ and Ã¶ by mistake',
    'one Ã© alone',
    'NÃO, NÃO, NÃO',
    'Âge, Âge, Âge',
    'Привет, Ã© Ã© Ã©',
  ])('leaves a text as it is that was encoded once: %s', (text) => {
    expect(read(Buffer.from(text))).toEqual({ text, warnings: [] });
  });

  it('says nothing of what is in order', () => {
    expect(read(Buffer.from(declared('utf-8', 'ü')), 'application/rss+xml; charset=UTF-8').warnings).toEqual([]);
  });
});

describe('a page', () => {
  const page = (head: string) => iconv.encode(`<!doctype html><html><head>${head}</head><p>Привет</p>`, 'windows-1251');
  it.each([
    ['meta', '<meta charset="windows-1251">', 'text/html'],
    ['meta, without a header', '<META CHARSET=windows-1251>', null],
    ['meta http-equiv', '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251" />', 'text/html'],
    ['the second meta', '<meta name="charset-note" content="x"><meta\ncharset = \'cp1251\'>', 'text/html'],
    ['the meta after one in a comment', '<!-- <meta charset="koi8-r"> --><meta charset="windows-1251">', 'text/html'],
    ['a late meta', `${'<!-- -->'.repeat(150)}<meta charset="windows-1251">`, 'text/html'],
    ['meta, against a header that is wrong', '<meta charset="windows-1251">', 'text/html; charset=utf-8'],
    ['the header, against meta', '<meta charset="koi8-r">', 'text/html; charset=windows-1251'],
    ['an XML declaration', '<?xml version="1.0" encoding="windows-1251"?>', 'application/xhtml+xml'],
  ])('is read as %s says', (_, head, contentType) => {
    expect(decodeHtml(page(head), contentType).text).toContain('<p>Привет</p>');
  });

  it('is UTF-8 where it says UTF-16 in ASCII', () => {
    const html = '<meta charset="utf-16"><p>Привет</p>';
    expect(decodeHtml(Buffer.from(html), 'text/html')).toEqual({ text: html, warnings: [] });
  });
});
