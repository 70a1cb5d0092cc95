/** Determines the language of an article from its text, its declared language and the usual language of its source. */
import { toLanguageTag } from '../text/language.js';
import { primaryLanguage } from '../text/stem.js';
import {
  countFunctionWords,
  getFunctionWordHits,
  hasFunctionWords,
  selectFunctionWordLanguage,
} from './function-words.js';
import { detectLanguage } from './language-detector.js';
import { canBeWritten, detectScript, findScriptLanguage } from './writing-system.js';

/** At least 15 letters: fewer are not enough evidence. */
const ENOUGH_LETTERS = /(?:\P{L}*\p{L}){15}/u;
/** From here, statistics outweigh the usual language of the source; `some`: if the text has at most one function word of it. */
const LETTERS = { some: /(?:\P{L}*\p{L}){40}/u, many: /(?:\P{L}*\p{L}){80}/u };

const ENOUGH = 400;

export interface Declared {
  /** Declared by the item. */
  readonly item: string | null;
  /** Declared by the feed, else by the Content-Language header. */
  readonly feed: string | null;
  /** Of most articles of the source; '': none; null: unknown. */
  readonly usual: string | null;
}

/**
 * BCP 47; null: unknown. The item's declaration counts unless the script contradicts it. The feed's, often a default
 * `en-us`, yields to the usual language of the source, and both to a text that is reliably in another language.
 */
export function determineLanguage(declared: Declared, words: string): string | null {
  const text = words.slice(0, ENOUGH);
  const feed = toLanguageTag(declared.feed);
  const item = toLanguageTag(declared.item);
  const claim = item ?? feed;
  const script = detectScript(text);
  const claims = [item === feed ? null : item, declared.usual || null, claim].flatMap((one) => one ?? []);
  const likely = claims.find((one) => canBeWritten(primaryLanguage(one), script)) ?? null;
  // Names in Latin script are written in any language. In a short line, Han may be Japanese without kana.
  const otherwise = likely ?? (script === 'Latin' || script === null ? claim : null);
  if (!ENOUGH_LETTERS.test(text))
    return withRegion(otherwise ?? (script === 'Han' ? null : findScriptLanguage(script)), claim);
  const hits = countFunctionWords(text);
  if (likely !== null) {
    const isCertain = findScriptLanguage(script) !== null || (likely === item && item !== feed);
    // If the feed contradicts the source's usual language, a few words are not enough evidence.
    const isUndisputed = claim === null || isSameLanguage(primaryLanguage(likely), claim);
    if (isCertain || (isUndisputed && hasFunctionWords(hits, primaryLanguage(likely))))
      return withRegion(likely, claim);
  }
  const isUsual = likely !== null && likely === declared.usual;
  const read = findScriptLanguage(script) ?? readLatinOrCyrillic(text, hits, likely, isUsual);
  return withRegion(read === null || isSameLanguage(read, otherwise) ? otherwise : read, claim);
}

const FEWEST = 3;

/** The language (primary subtag) of at least two thirds of the articles; '': none, or too few articles. */
export function findUsualLanguage(languages: readonly (string | null)[]): string {
  const counts = new Map<string, number>();
  for (const one of languages) {
    const primary = one === null ? null : primaryLanguage(one);
    if (primary !== null) counts.set(primary, (counts.get(primary) ?? 0) + 1);
  }
  return [...counts].find(([, count]) => count >= FEWEST && count * 3 >= languages.length * 2)?.[0] ?? '';
}

/** The declared tag if it only adds a region or a script. */
function withRegion(language: string | null, claim: string | null): string | null {
  return language !== null && claim !== null && primaryLanguage(claim) === primaryLanguage(language) ? claim : language;
}

/** null: no evidence that it is not in the `likely` language. */
function readLatinOrCyrillic(text: string, hits: readonly number[], likely: string | null, isUsual: boolean) {
  const hasUsualWords = likely !== null && getFunctionWordHits(hits, primaryLanguage(likely)) > 1;
  const isWeak = isUsual && !(hasUsualWords ? LETTERS.many : LETTERS.some).test(text);
  const read = selectFunctionWordLanguage(hits) ?? (isWeak ? null : detectLanguage(text));
  const row = CLOSE.find((one) => read !== null && Object.hasOwn(one, read));
  if (row === undefined) return read;
  const rate = ([language, letters]: readonly [string, RegExp | null]) => {
    const known = isSameLanguage(language, likely) ? (isUsual ? 4 : 1) : 0;
    const detected = language === read && language !== 'ms' ? 3 : 0;
    const own = letters === null ? 0 : new Set(text.toLowerCase().match(letters)).size;
    return { language, score: getFunctionWordHits(hits, language) + 2 * own + known + detected };
  };
  return Object.entries(row).map(rate).reduce((best, one) => (one.score > best.score ? one : best)).language; // biome-ignore format: one line
}

/** Languages that the detector confuses, or does not know, and letters that only one of a row has. The commonest first. */
const CLOSE: readonly Readonly<Record<string, RegExp | null>>[] = [
  { id: null, ms: null },
  { ru: /[ыэё]/giu, bg: /ъ/giu, mk: /[ѓќѕ]/giu, sr: /[ђћ]/giu, uk: /[їєґ]/giu, be: /ў/giu },
  { sv: /[äö]/giu, no: null, da: null },
  { cs: /[ěřů]/giu, sk: /[ľĺŕô]/giu },
  { es: /[ñ¿¡]/giu, pt: /[ãõ]/giu, gl: null },
];

/** Languages that detection confuses, or that have several codes. They do not contradict each other. */
const ALIKE = ['no nb nn da', 'hr sr bs sh', 'ms id', 'tl fil', 'zh yue', 'gl pt es', 'af nl'].map((row) =>
  row.split(' '),
);

function isSameLanguage(read: string, tag: string | null): boolean {
  const other = tag === null ? null : primaryLanguage(tag);
  return other !== null && (read === other || ALIKE.some((row) => row.includes(read) && row.includes(other)));
}
