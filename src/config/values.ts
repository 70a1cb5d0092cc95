/** Validates single values of the config beyond what a pattern can express. */
import { isAddress } from '../model/address.js';
import { TEXT_NAMES } from '../model/announcing.js';
import { parseExpression } from '../model/rule.js';

/** An absolute http(s) URL without white space. */
export function isHttpUrl(text: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(text)) return false;
  return isAddress(text) && new URL(text).hostname !== '';
}

/** `2026-12-24` */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(text).toJSON()?.startsWith(text) === true;
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

/** Requires a registered language code, and the two-letter code if the language has one. */
export function isLanguage(text: string): boolean {
  const { length } = parsePrimaryLanguage(text);
  const [code = ''] = text.split('-');
  return length > 1 && length < 4 && code.length <= length && (length > 2 || findEnglishName(code) !== undefined);
}

function parsePrimaryLanguage(tag: string): string {
  try {
    const { language = 'und' } = new Intl.Locale(tag) as Partial<Intl.Locale>; // Node 20 has no name for "und"
    return language;
  } catch {
    return '';
  }
}

let names: Intl.DisplayNames | undefined;

function findEnglishName(code: string): string | undefined {
  names ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  return names.of(code);
}

export function isDatabaseUrl(value: string): boolean {
  return /^postgres(ql)?:\/\//.test(value) && isAddress(value);
}

export function isPhrase(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

export function isPhraseOrExpression(text: string): boolean {
  return parseExpression(text) !== null || isPhrase(text);
}

export function isTemplate(text: string): boolean {
  const filled = text.replace(/\{(?:id|slug|url|title)\}/g, 'x');
  return isHttpUrl(filled) && !/[{}]/.test(filled);
}

export function isCredit(text: string): boolean {
  const parts = text.split('{publication}');
  return parts.length === 2 && parts.every((part) => !/[{}]/.test(part)) && isPhrase(parts.join(''));
}

export function removePassword(text: string): string {
  return text.replace(/\/\/[^/?#\s]*@/, '//***@');
}

/** Rejects offsets such as "+02:00", because they ignore daylight saving time. */
export function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z][\w+/-]*$/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

export function isAnnounceText(text: string): boolean {
  const names = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);
  const known: readonly string[] = TEXT_NAMES;
  return names.every((name) => known.includes(name)) && names.some((name) => name === 'title' || name === 'url');
}
