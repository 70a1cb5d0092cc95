/** Tables of the suffixes that publishing software appends to summaries. New suffixes are added as rows. */

/** Alone, or followed by the title or the publication's name (`…`). */
const READ_ON = [
  'read more',
  'read on',
  'read the full (?:story|article|post|entry|text)',
  'read full (?:story|article|post)',
  'full (?:story|article)',
  'continue reading',
  'keep reading',
  'more details?',
  'view (?:full )?(?:article|post|comments)',
  'click here to (?:read|continue|view)(?: more)?',
  'weiterlesen',
  'mehr lesen',
  'mehr erfahren',
  "lire (?:la suite|plus|l[’']article)(?: .{1,80})?",
  'en savoir plus',
  'leer más',
  'seguir leyendo',
  'sigue leyendo',
  'ler mais',
  'leia mais',
  'continue lendo',
  'leggi (?:tutto|di più|anche)',
  'continua a leggere',
  'lees (?:meer|verder)',
  'czytaj (?:więcej|dalej)',
  'läs mer',
  'les mer',
  'læs mere',
  'lue lisää',
  'devamını oku',
  'читать (?:далее|дальше|полностью)',
  'читати (?:далі|повністю|більше)',
  'подробнее',
  'детальніше',
  'прочетете повече',
  'διαβάστε περισσότερα',
  '続きを読む',
  '阅读全文',
  '閱讀全文',
  '더 보기',
  'اقرأ المزيد',
  'קרא עוד',
];

const ARROW = '\\s*(?:[…:→»>›]|\\.\\.\\.)*\\s*';

/** Applied to the end of a text, each until it no longer matches. */
export const READ_MORE_SUFFIXES: readonly (readonly [RegExp, string])[] = [
  // WordPress, with and without the link.
  [/\s*The post .{1,300}? (?:first )?appeared (?:first )?on .{1,120}\.?\s*$/su, ''],
  [/\s*Der Beitrag .{1,300}? erschien zuerst auf .{1,120}\.?\s*$/su, ''],
  [/\s*L[’']article .{1,300}? est apparu en premier sur .{1,120}\.?\s*$/su, ''],
  [/\s*La entrada .{1,300}? (?:se publicó primero en|aparece primero en) .{1,120}\.?\s*$/su, ''],
  [/\s*L[’']articolo .{1,300}? proviene da .{1,120}\.?\s*$/su, ''],
  [/\s*O post .{1,300}? apareceu primeiro em .{1,120}\.?\s*$/su, ''],
  [/\s*Het bericht .{1,300}? verscheen eerst op .{1,120}\.?\s*$/su, ''],
  [/\s*Запись .{1,300}? впервые появилась .{1,120}\.?\s*$/su, ''],
  // After a sentence or on a line of its own: in any letter case, optionally followed by words ("Continue reading Ferry returns").
  [
    new RegExp(
      `(?<=\\n|[.!?…。！？\\])”"»]\\s*)[[(]?(?:${READ_ON.join('|')})(?: [^.!?。！？\\n]{1,160})?[\\])]?\\.?${ARROW}$`,
      'iu',
    ),
    '',
  ],
  [new RegExp(`^[[(]?(?:${READ_ON.join('|')})[\\])]?${ARROW}$`, 'iu'), ''],
  // After a word only with a capital: "children should read more" is a sentence.
  [new RegExp(`(?<=\\s)[[(]?(?:${READ_ON.map(capital).join('|')})[\\])]?${ARROW}$`, 'u'), ''],
  // After a word, followed by words, only where an arrow ends it.
  [new RegExp(`(?<=\\s)(?:${READ_ON.map(capital).join('|')})(?: [^.!?。！？\\n]{1,160})?\\s*[→»›]\\s*$`, 'u'), ''],
  [/(?<=[.!?…。！？]\s*)(?:more|mehr|suite|más|ещё|ще)\s*(?:…|\.\.\.|[→»›])\s*$/iu, ''],
  // Slashdot and Reddit.
  [/\s*Read more of this story at .{1,60}\.?\s*$/su, ''],
  [/\s*submitted by\s+\/?u\/\S+.{0,120}$/su, ''],
  [/\s*(?:\[link\]|\[comments\])\s*$/iu, ''],
  // Normalises ellipses: "ferry …", "ferry [...]" → "ferry…"; after a sentence, with a space before it.
  [/(?<=[.!?。！？])\s*(?:[[(]\s*(?:…|\.\.\.)\s*[\])]|…)\s*$/u, ' …'],
  [/(?<=[^\s.!?。！？…])\s*(?:[[(]\s*(?:…|\.\.\.)\s*[\])]|\.\.\.|…)\s*$/u, '…'],
];

/** Number of characters at the end of a text that can contain a suffix. */
const LONGEST = 600;
/** A character or word that every match contains; for `READ_ON`, the fixed beginning of each pattern. */
const SIGN = new RegExp(
  `[…→»›]|\\.\\.\\.|${[
    ...READ_ON.map((words) => /^[\p{L} ]+(?![\p{L}?])/u.exec(words)![0].replaceAll(' ', '\\s')),
    ...'appeared erschien apparu publicó aparece proviene apareceu verscheen впервые story u/ link comments'.split(' '),
  ].join('|')}`,
  'iu',
);

/** A cheap test before the slow patterns: false for most texts. Line breaks make no difference. */
export function mayHaveReadMoreSuffix(text: string): boolean {
  return SIGN.test(text.slice(-LONGEST));
}

function capital(words: string): string {
  return words[0]!.toUpperCase() + words.slice(1);
}
