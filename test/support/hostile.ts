/** Arbitrary strings that could break writers: markup, ends of sections, entities, illegal characters, lone surrogates. */
import fc from 'fast-check';

const BRICKS = [
  ']]>',
  '<![CDATA[',
  '<script>',
  '</title></item>',
  '&',
  '&amp;',
  '&lt;b&gt;',
  '"',
  "'",
  '<!--',
  '-->',
  '\0',
  '\x0b',
  '\x85',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udc00',
  '😀',
  '\r\n',
  '\n',
  '\t',
  ' ',
  '\u2028',
  'word',
  'é',
  '漢字',
  '\\',
  '\u202e',
  ']]',
  '>',
  '?>',
];

export const anyString = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...BRICKS), { maxLength: 12 }).map((parts) => parts.join('')),
  fc
    .array(fc.oneof(fc.constantFrom(...BRICKS), fc.string({ unit: 'grapheme', maxLength: 5 })))
    .map((parts) => parts.join('')),
);

/** Contains letters, so that required fields are not empty. */
export const anyText = anyString.map((text) => `a${text}z`);
