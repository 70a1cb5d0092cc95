import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPhraseFinder, searchedContent } from '../../../src/tag/phrases/phrase-finder.js';
import { createPhraseSieve } from '../../../src/tag/phrases/phrase-sieve.js';

const PHRASES = [
  ...[
    'court',
    'energy',
    'city council',
    'policeman',
    'mouse',
    'making',
    'stop',
    'crisis',
    'house',
    'NATO',
    'US',
    'oxen',
  ],
  ...['=ally', 'electri*', 'café', 'co-operate', '2020s', 'суд', '欧州', 'wife', 'AI', 'reduce', 'ties'],
];
const find = createPhraseFinder(PHRASES);
const sieveOf = createPhraseSieve(PHRASES);
const article = (contentHtml: string | null, title = '', language: string | null = 'en') => {
  return { title, summary: '', contentHtml, language };
};

/** Phrases that are found although the sieve excludes them. */
function missed(given: ReturnType<typeof article>): string[] {
  const found = find(`${given.title}\n${given.summary}\n${searchedContent(given.contentHtml)}`, given.language);
  return PHRASES.filter((phrase) => found.has(phrase) && !sieveOf(given)(phrase));
}

const word = fc.constantFrom(
  ...'court courts court’s energies ENERGY policemen policeman mice mouse made making makes stopped stopping crises crisis'.split(
    ' ',
  ),
  ...'houses N.A.T.O. NATO Nato U.S. US U.S.A. oxen ox ally allies electricity café cafe cafés co-operating 2020s суду 欧州連合'.split(
    ' ',
  ),
  ...'wives A.I. reduced reducing tied ties c\u00adourt co\u200burt &eacute;t caf&eacute; &#99;ourt AT&amp;T city council the of'.split(
    ' ',
  ),
);
const between = fc.constantFrom(
  ...[
    ' ',
    ' ',
    ' ',
    ', ',
    '. ',
    '</p><p>',
    '<br>',
    '<b>',
    '</b>',
    ' <a href="/x">',
    '</a> ',
    '<!-- > -->',
    '&nbsp;',
    '<i hidden>',
    '</i>',
  ],
  ...['<span hidden="">', '</span>', '<aside>', '</aside>', '-', '<b title="a>b">', '<wbr>', '<', ' > '],
);
/** Whole words, or words with something inserted. */
const piece = fc.oneof(
  { weight: 4, arbitrary: word },
  fc.tuple(word, between, fc.nat(8)).map(([text, sign, at]) => text.slice(0, at) + sign + text.slice(at)),
);
const html = fc.array(fc.tuple(piece, between), { maxLength: 8 }).map((all) => all.flat().join(''));

test('never excludes a phrase that the finder finds', () => {
  fc.assert(
    fc.property(html, fc.boolean(), fc.constantFrom('en', 'en-GB', 'de', null), (text, plain, language) => {
      expect(missed(plain ? article(null, text, language) : article(text, '', language))).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

test('excludes missing phrases in an ordinary English article', () => {
  const may = sieveOf(article('<p>The <a href="/court">judge’s</a> “ruling” — on AT&amp;T.</p>', 'U.S. energies'));
  expect(PHRASES.filter(may)).toEqual(['energy', 'US', 'oxen', '欧州', 'AI', 'ties']);
});

test.each([
  ['another language', article('<p>Gericht</p>', '', 'de')],
  ['accents', article('<p>São Paulo</p>')],
  ['references of letters', article('<p>c&#111;urt</p>')],
  ['hidden parts', article('<p>co<i hidden="">x</i>urt</p>')],
  ['long acronyms', article(null, 'N.A.T.O.')],
])('does not exclude phrases with %s', (_, given) => {
  expect(PHRASES.filter(sieveOf(given))).toEqual(PHRASES);
});
