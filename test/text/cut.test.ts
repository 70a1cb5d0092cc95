import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, extractFirstSentence, findInitial } from '../../src/text/cut.js';

/** A sentence without an end, longer than any summary, in each script. `spaced`: spaces separate words. */
const SCRIPTS = [
  [
    'Latin',
    'the council of the harbour town has voted to keep the old ferry and to paint it green before the winter comes ',
    true,
  ],
  ['Cyrillic', 'міська рада вирішила залишити старий пором і пофарбувати його в зелений колір до початку зими ', true],
  [
    'Greek',
    'το δημοτικό συμβούλιο αποφάσισε να κρατήσει το παλιό πλοίο και να το βάψει πράσινο πριν από τον χειμώνα ',
    true,
  ],
  ['Arabic', 'قرر مجلس المدينة الإبقاء على العبارة القديمة وطلاءها باللون الأخضر قبل حلول فصل الشتاء ', true],
  ['Hebrew', 'מועצת העיר החליטה לשמור על המעבורת הישנה ולצבוע אותה בירוק לפני בוא החורף ', true],
  ['Devanagari', 'नगर परिषद ने पुरानी नाव को रखने और सर्दियों से पहले उसे हरे रंग में रंगने का निर्णय लिया ', true],
  ['Hangul', '시의회는 오래된 연락선을 유지하고 겨울이 오기 전에 초록색으로 칠하기로 결정했다고 밝혔다 ', true],
  ['Georgian', 'ქალაქის საბჭომ გადაწყვიტა ძველი ბორნის შენარჩუნება და მისი მწვანედ შეღებვა ზამთრის დადგომამდე ', true],
  ['Armenian', 'քաղաքային խորհուրդը որոշեց պահպանել հին լաստանավը և ներկել այն կանաչ մինչև ձմռան գալը ', true],
  ['Tamil', 'நகர சபை பழைய படகை வைத்திருக்கவும் குளிர்காலத்திற்கு முன் பச்சை நிறம் பூசவும் முடிவு செய்தது ', true],
  ['Han', '市议会决定保留旧渡轮并在冬天来临之前将其漆成绿色', false],
  ['Kana', '市議会は古いフェリーを残し冬が来る前に緑色に塗ることを決めた', false],
  ['Thai', 'สภาเมืองตัดสินใจเก็บเรือข้ามฟากเก่าไว้และทาสีเขียวก่อนฤดูหนาวจะมาถึง', false],
  ['Khmer', 'ក្រុមប្រឹក្សាក្រុងបានសម្រេចចិត្តរក្សាទុកសាឡាងចាស់', false],
] as const;

describe('cutText', () => {
  it('keeps a text that fits', () => {
    expect(cutText('Short.', 500)).toBe('Short.');
    expect(cutText('x'.repeat(500), 500)).toHaveLength(500);
  });

  it.each(SCRIPTS)('cuts %s at a word', (_script, words, spaced) => {
    const text = words.repeat(40).trim();
    const cut = cutText(text, 500);
    expect(cut.length).toBeLessThanOrEqual(500);
    expect(cut.length).toBeGreaterThan(300);
    expect(cut.endsWith('…')).toBe(true);
    const kept = cut.slice(0, -1);
    expect(text.startsWith(kept)).toBe(true);
    if (spaced) expect(text[kept.length]).toBe(' ');
    // Never between a letter and its marks.
    expect(text.slice(kept.length)).not.toMatch(/^\p{M}/u);
  });

  it.each([
    ['Latin', 'The old ferry stays, the council says. ', '.'],
    ['Devanagari', 'नगर परिषद ने पुरानी नाव को रखने का निर्णय लिया। ', '।'],
    ['Arabic', 'هل تبقى العبارة القديمة في المدينة؟ ', '؟'],
    ['Han', '市议会决定保留旧渡轮，并将其漆成绿色。', '。'],
    ['Armenian', 'քաղաքային խորհուրդը որոշեց պահպանել հին լաստանավը։ ', '։'],
  ])('prefers the end of a sentence in %s', (_script, sentence, end) => {
    const cut = cutText(sentence.repeat(40), 500);
    expect(cut.endsWith(`${end} …`)).toBe(true);
    expect(cut.length).toBeLessThanOrEqual(500);
  });

  it('does not end a sentence at an abbreviation', () => {
    const text = `${'word '.repeat(85)}said Mr. Tarn of the U.S. ferry company and many more words follow here until the room is full`;
    expect(cutText(text, 500)).not.toMatch(/(?:Mr|U\.S)\. …$/);
  });

  it('keeps emoji sequences whole', () => {
    expect(cutText(`${'x'.repeat(9)}👩‍🚀${'y'.repeat(30)}`, 13)).not.toMatch(/[\uD800-\uDBFF]…|\u200D…/);
    expect(cutText('🚀'.repeat(300), 501)).toMatch(/^(?:🚀)+…$/u);
  });

  it('never exceeds the limit or splits a pair, and is idempotent', () => {
    const words = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.constantFrom('. ', ' ', '…', '。', '👩‍🚀', 'क्षि', 'Mr. '),
      ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 120 }), (parts, limit) => {
        const text = parts.join('').replace(/\s+/g, ' ').trim();
        const cut = cutText(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
        expect(cutText(cut, limit)).toBe(cut);
      }),
      { seed: 9 },
    );
  });
});

describe('firstSentence', () => {
  it.each([
    [
      'Rain closed the harbour bridge for an hour. Traffic was sent north.',
      'Rain closed the harbour bridge for an hour.',
    ],
    ['Mr. Tarn left the town on Monday. He will be back.', 'Mr. Tarn left the town on Monday.'],
    ['U.S. ferries stop for the night. All of them.', 'U.S. ferries stop for the night.'],
    ['No end at all', 'No end at all'],
    ['First line\nSecond line.', 'First line'],
    ['市议会决定保留旧渡轮。将其漆成绿色。市长很高兴。', '市议会决定保留旧渡轮。'],
    ['Закрыт ли мост на ночь? Никто не знает.', 'Закрыт ли мост на ночь?'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(extractFirstSentence(text, 80)).toBe(expected);
  });

  it('is cut if it is too long', () => {
    const cut = extractFirstSentence('word '.repeat(60), 80);
    expect(cut.length).toBeLessThanOrEqual(80);
    expect(cut).toMatch(/word…$/);
  });
});

it.each([
  ['The Harbour Post', 'H'],
  ['the harbour post', 'H'],
  ['Der Hafenbote', 'H'],
  ['Die Welle', 'W'],
  ['Das Ufer', 'U'],
  ['La Marea', 'M'],
  ['Le Quai', 'Q'],
  ['Les Nouvelles', 'N'],
  ['El Faro', 'F'],
  ['Los Barcos', 'B'],
  ['L’Écluse', 'É'],
  ["«L'Écluse»", 'É'],
  ['«The Harbour»', 'H'],
  ['The 7th Wave', '7'],
  // Words with an article-like beginning, and a name that is only an article.
  ['Los Angeles Times', 'L'],
  ['“Las Vegas Sun”', 'L'],
  ['La Pazifista', 'P'],
  ['Theatre News', 'T'],
  ['Lesart', 'L'],
  ['Elbe Post', 'E'],
  ['The', 'T'],
  ['The …', 'T'],
  ['«Вісник»', 'В'],
  ['ßtraße', 'SS'],
  ['𐐨 Post', '𐐀'],
  ['…', '·'],
  ['', '·'],
])('stands for %s: %s', (name, letter) => {
  expect(findInitial(name)).toBe(letter);
});
