/** Removes what publishing software appends to summaries and articles. */
import { loadTable } from '../data/load.js';
import { htmlToText } from '../text/html.js';

/** Regular expressions: alone, or followed by the title or the publication's name (`…`). */
const READ_ON = loadTable<readonly string[]>('read-on');

const ARROW = '\\s*(?:[…:→»>›]|\\.\\.\\.)*\\s*';

/** Paragraphs that WordPress and Medium append, in all languages of their translations. */
const TABLE = loadTable<{ readonly endings: readonly string[]; readonly lines: readonly string[] }>('notices');
const NOTICES: readonly RegExp[] = [
  ...TABLE.endings.map((words) => new RegExp(`\\s*${words}[.。]?\\s*$`, 'su')),
  ...TABLE.lines.map((words) => new RegExp(`(?<=^|\\n).{1,300}${words}[.。]?\\s*$`, 'u')),
];

/** Every notice has one of these words, after a space, a tag or a reference. The last ones need no space before. */
const NOTICE_SIGN =
  /[\s>;](?:appeared|erschien|apparu|primero en|aparegut|proviene|primo su|apareceu|verscheen|geplaatst|först upp|blev først|dukket|julkaistiin|pochodzi|pochází|впервые|спершу|вперше|εμφανίστηκε|pertama kali|xuất hiện|ortaya|prima dată|originally published)|表示されました|最先出现/;

/** In characters, at the end of an article's HTML. */
const NOTICE_LIMIT = 3_000;

/** Removes an appended notice. The sanitiser closes tags that remain open. */
export function stripNotice(html: string): string {
  const start = Math.max(0, html.length - NOTICE_LIMIT);
  const tail = html.slice(start);
  if (!NOTICE_SIGN.test(tail)) return html;
  for (const { index } of [...tail.matchAll(/<(?:p|div|hr)[\s/>]|(?<=<\/(?:p|div)>|<br ?\/?>)|\n/gi)]
    .reverse()
    .slice(0, 40)) {
    const text = htmlToText(tail.slice(index)).trim();
    if (text !== '' && !text.includes('\n') && NOTICES.some((notice) => text.replace(notice, '') === ''))
      return html.slice(0, start + index).replace(/<hr\s*\/?>\s*$/i, '');
  }
  return html;
}

/** As `stripNotice`, for plain text with one paragraph per line. */
export function stripTextNotice(text: string): string {
  if (!NOTICE_SIGN.test(text.slice(-LONGEST))) return text;
  const last = text.lastIndexOf('\n') + 1;
  return (text.slice(0, last) + NOTICES.reduce((rest, notice) => rest.replace(notice, ''), text.slice(last))).trimEnd();
}

/** In characters: longest suffix. */
const LONGEST = 600;

interface SuffixGroup {
  /** A part that each match of the group has, for a cheap test. */
  readonly sign: RegExp;
  readonly suffixes: readonly (readonly [RegExp, string])[];
}

const SUFFIX_GROUPS: readonly SuffixGroup[] = [
  { sign: NOTICE_SIGN, suffixes: NOTICES.map((notice) => [notice, '']) },
  {
    sign: new RegExp(
      `${READ_ON.join('|')}|View Full Coverage|(?:more|mehr|suite|más|ещё|ще)\\s*(?:[…→»›]|\\.\\.\\.)|submitted by|\\[(?:link|comments)\\]`,
      'iu',
    ),
    suffixes: [
      [/\s*[[(](?:read )?more\s*(?:…|\.\.\.)[\])]\s*$/iu, ''],
      [/\s*View Full Coverage(?: on Google News)?\s*$/u, ''],
      [/(?<=…\s*)Continue reading .{1,200}[→»›]\s*$/u, ''],
      // After a sentence or on its own line: any letter case, optionally more words ("Continue reading Ferry returns").
      [
        new RegExp(
          `(?<=\\n|[.!?…。！？\\])”"»]\\s*)[[(]?(?:${READ_ON.join('|')})(?: [^.!?。！？\\n]{1,160})?[\\])]?\\.?${ARROW}$`,
          'iu',
        ),
        '',
      ],
      [new RegExp(`^[[(]?(?:${READ_ON.join('|')})[\\])]?${ARROW}$`, 'iu'), ''],
      // After a word only with a capital: "children should read more" is a sentence.
      [new RegExp(`(?<=\\s)[[(]?(?:${READ_ON.map(capitalize).join('|')})[\\])]?${ARROW}$`, 'u'), ''],
      // After a word and before more words, only if an arrow ends it.
      [
        new RegExp(`(?<=\\s)(?:${READ_ON.map(capitalize).join('|')})(?: [^.!?。！？\\n]{1,160})?\\s*[→»›]\\s*$`, 'u'),
        '',
      ],
      [/(?<=[.!?…。！？]\s*)(?:more|mehr|suite|más|ещё|ще)\s*(?:…|\.\.\.|[→»›])\s*$/iu, ''],
      [/\s*Read more of this story at .{1,60}\.?\s*$/su, ''],
      [/\s*submitted by\s+\/?u\/\S+.{0,120}$/su, ''],
      [/\s*(?:\[link\]|\[comments\])\s*$/iu, ''],
    ],
  },
  {
    sign: /…|\.\.\./,
    suffixes: [
      // Normalises ellipses: "ferry …", "ferry [...]" → "ferry…"; after a sentence, with a space before it.
      [/(?<=[.!?。！？])\s*(?:[[(]\s*(?:…|\.\.\.)\s*[\])]|…)\s*$/u, ' …'],
      [/(?<=[^\s.!?。！？…])\s*(?:[[(]\s*(?:…|\.\.\.)\s*[\])]|\.\.\.|…)\s*$/u, '…'],
    ],
  },
];

/** Suffixes may follow each other ("… Read more The post … appeared first on …"). */
export function stripReadMoreSuffixes(text: string): string {
  let before = text;
  for (let round = 0; round < 8; round++) {
    const after = SUFFIX_GROUPS.reduce(stripGroup, before).trimEnd();
    if (after === before) break;
    before = after;
  }
  return before;
}

function stripGroup(text: string, { sign, suffixes }: SuffixGroup): string {
  if (!sign.test(text.slice(-LONGEST))) return text;
  return suffixes.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}

function capitalize(words: string): string {
  return words[0]!.toUpperCase() + words.slice(1);
}
