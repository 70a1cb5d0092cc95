/** Normalises language tags (BCP 47). */
import { loadMap } from '../data/load.js';

/** `uk_UA`, `EN-us`, `eng`, `iw` → `uk-UA`, `en-US`, `en`, `he`; null where it is not a language tag. */
export function languageTag(raw: string | null): string | null {
  if (raw === null) return null;
  const parts = raw
    .trim()
    .split(',', 1)[0]!
    .replace(/[.@;].*$/, '')
    .replaceAll('_', '-')
    .split('-');
  const primary = parts[0]!.toLowerCase();
  if (!/^[a-z]{2,3}$/.test(primary) || primary === 'und' || primary === 'zxx' || primary === 'mul') return null;
  const rest = parts
    .slice(1)
    .filter((part) => /^[a-z0-9]{2,8}$/i.test(part))
    .map(subtag);
  return [CODES.get(primary) ?? primary, ...rest].join('-');
}

/**
 * Codes of three letters, as libraries write them, withdrawn ones, as Java does, and those of countries that are of no language; each with the
 * one in use. Not from `Intl`, which differs by Node.
 */
const CODES = loadMap<string>('language-codes');

/** Whether it has roughly the form of a language tag (RFC 5646 2.1), so that it may be published. */
export function isLanguageTag(tag: string): boolean {
  return /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(tag);
}

/** Whether an article in `language` is one in `asked`: `pt` is also `pt-BR`. */
export function isOfLanguage(language: string | null, asked: string): boolean {
  const tag = language?.toLowerCase() ?? '';
  return tag === asked.toLowerCase() || tag.startsWith(`${asked.toLowerCase()}-`);
}

function subtag(part: string): string {
  if (/^[a-z]{4}$/i.test(part)) return part[0]!.toUpperCase() + part.slice(1).toLowerCase();
  return /^[a-z]{2}$/i.test(part) ? part.toUpperCase() : part.toLowerCase();
}
