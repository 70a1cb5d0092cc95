/** The language of an article: as declared, unless the text itself says otherwise. */
import { languageTag } from '../text/language.js';
import { hasFunctionWords, languageOfFunctionWords } from './function-words.js';
import { detectLanguage } from './language-detector.js';
import { languageOfScript, mayBeWritten, scriptOf } from './writing-system.js';

/** Of fewer letters nothing can be said. */
const ENOUGH_LETTERS = /(?:\P{L}*\p{L}){15}/u;

/** More tells no more. */
const ENOUGH = 400;

export interface Declared {
  /** Of the item itself. */
  readonly item: string | null;
  /** Of the feed, else of the Content-Language header. */
  readonly feed: string | null;
}

/**
 * BCP 47; null where nobody says and the text does not tell. An item's own declaration counts unless it is never written
 * in this script; the feed's (often a left-over `en-us`) also gives way to a text that reliably reads as another language.
 * Script first: the detector is asked only where script and function words leave a doubt.
 */
export function languageOf(declared: Declared, words: string): string | null {
  const text = words.slice(0, ENOUGH);
  const feed = languageTag(declared.feed);
  const item = languageTag(declared.item);
  const claim = item ?? feed;
  if (!ENOUGH_LETTERS.test(text)) return claim;
  const script = scriptOf(text);
  const primary = claim?.split('-', 1)[0] ?? null;
  if (primary !== null && mayBeWritten(primary, script)) {
    const told = languageOfScript(script) !== null || (item !== null && item !== feed);
    if (told || hasFunctionWords(text, primary)) return claim;
  }
  const read = languageOfScript(script) ?? languageOfFunctionWords(text) ?? detectLanguage(text);
  return read === null || sameLanguage(read, primary) ? claim : read;
}

/** Norwegian has two names; Croatian, Serbian and Bosnian, Malay and Indonesian read alike. */
const ALIKE = ['no nb nn da', 'hr sr bs sh', 'ms id', 'tl fil', 'he iw', 'zh cmn yue', 'gl pt es', 'af nl'].map((row) =>
  row.split(' '),
);

function sameLanguage(read: string, claim: string | null): boolean {
  return (
    claim !== null &&
    (read === claim ||
      ALIKE.some((row) => (row[0] === read ? row.includes(claim) : row.includes(read) && row.includes(claim))))
  );
}
