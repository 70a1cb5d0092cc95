/** Validates single values of the config beyond what a pattern can express. */
import { isAddress } from '../model/address.js';
import { TEXT_NAMES } from '../model/announcing.js';
import { expressionIn } from '../model/rule.js';

/** An absolute http(s) URL without white space. */
export function isHttpUrl(text: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(text)) return false;
  return isAddress(text) && new URL(text).hostname !== '';
}

/** Accepts an appended path: no query, no fragment. */
export function isPlainHttpUrl(text: string): boolean {
  return isHttpUrl(text) && !/[?#]/.test(text);
}

/** http(s), or `file:` with a path. */
export function isFeedAddress(text: string): boolean {
  if (/%00|[\u0000-\u001f]/.test(text)) return false;
  return isHttpUrl(text) || /^file:(\/\/\/)?[^/\s]|^file:\/[^/]/.test(text);
}

/**
 * A well-formed BCP 47 tag with a registered language code. Codes of five or more letters are well-formed, but none
 * is registered. Rejects three-letter codes with a two-letter equivalent.
 */
export function isLanguage(text: string): boolean {
  const { length } = shortLanguage(text);
  const [code = ''] = text.split('-');
  return length > 1 && length < 4 && code.length <= length && (length > 2 || englishName(code) !== undefined);
}

/** Empty if it is not a tag. */
function shortLanguage(tag: string): string {
  try {
    const { language = 'und' } = new Intl.Locale(tag) as Partial<Intl.Locale>; // Node 20 has no name for "und"
    return language;
  } catch {
    return '';
  }
}

let names: Intl.DisplayNames | undefined;

/** undefined if there is no such language. */
function englishName(code: string): string | undefined {
  names ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  return names.of(code);
}

export function isDatabaseUrl(value: string): boolean {
  return /^postgres(ql)?:\/\//.test(value) && isAddress(value);
}

/** Whether the phrase contains anything that can match. */
export function isPhrase(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

export function isPhraseOrExpression(text: string): boolean {
  return expressionIn(text) !== null || isPhrase(text);
}

/** An address template for `site.comments`. */
export function isTemplate(text: string): boolean {
  const filled = text.replace(/\{(?:id|slug|url|title)\}/g, 'x');
  return isHttpUrl(filled) && !/[{}]/.test(filled);
}

/** A credit line: text with exactly one `{publication}`. */
export function isCredit(text: string): boolean {
  const parts = text.split('{publication}');
  return parts.length === 2 && parts.every((part) => !/[{}]/.test(part)) && isPhrase(parts.join(''));
}

/** Removes the password of a URL for messages. */
export function withoutPassword(text: string): string {
  return text.replace(/\/\/[^/?#\s]*@/, '//***@');
}

/**
 * Rejects offsets such as "+02:00", which newer versions of Node accept, because they ignore daylight saving time.
 */
export function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z][\w+/-]*$/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** Requires a fact of the article, and known placeholders only. */
export function isAnnounceText(text: string): boolean {
  const names = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);
  const known: readonly string[] = TEXT_NAMES;
  return names.every((name) => known.includes(name)) && names.some((name) => name === 'title' || name === 'url');
}
