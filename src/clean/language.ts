/** Determines the language of an article: as declared, unless its text contradicts that. */
import { toLanguageTag } from '../text/language.js';
import { countFunctionWords, hasFunctionWords, selectFunctionWordLanguage } from './function-words.js';
import { detectLanguage } from './language-detector.js';
import { canBeWritten, detectScript, findScriptLanguage } from './writing-system.js';

/** At least 15 letters: fewer are not enough evidence. */
const ENOUGH_LETTERS = /(?:\P{L}*\p{L}){15}/u;

const ENOUGH = 400;

export interface Declared {
  /** Declared by the item. */
  readonly item: string | null;
  /** Declared by the feed, else by the Content-Language header. */
  readonly feed: string | null;
}

/**
 * BCP 47; null: unknown. The item's declaration counts unless the script contradicts it. The feed's, often a default
 * `en-us`, also yields to a text that is reliably in another language.
 */
export function determineLanguage(declared: Declared, words: string): string | null {
  const text = words.slice(0, ENOUGH);
  const feed = toLanguageTag(declared.feed);
  const item = toLanguageTag(declared.item);
  const claim = item ?? feed;
  const script = detectScript(text);
  // In a short line, Han may be Japanese without kana.
  if (!ENOUGH_LETTERS.test(text)) return claim ?? (script === 'Han' ? null : findScriptLanguage(script));
  const hits = countFunctionWords(text);
  const primary = claim?.split('-', 1)[0] ?? null;
  if (primary !== null && canBeWritten(primary, script)) {
    const isCertain = findScriptLanguage(script) !== null || (item !== null && item !== feed);
    if (isCertain || hasFunctionWords(hits, primary)) return claim;
  }
  const read = findScriptLanguage(script) ?? selectFunctionWordLanguage(hits) ?? detectLanguage(text);
  return read === null || isSameLanguage(read, primary) ? claim : read;
}

/** Languages that detection confuses, or that have several codes. They do not contradict each other. */
const ALIKE = ['no nb nn da', 'hr sr bs sh', 'ms id', 'tl fil', 'zh yue', 'gl pt es', 'af nl'].map((row) =>
  row.split(' '),
);

function isSameLanguage(read: string, claim: string | null): boolean {
  return (
    claim !== null &&
    (read === claim ||
      ALIKE.some((row) => (row[0] === read ? row.includes(claim) : row.includes(read) && row.includes(claim))))
  );
}
