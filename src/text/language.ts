/** Normalises language tags (BCP 47). */
import { loadMap } from '../data/load.js';
import { cacheByText } from './cached.js';

/** `uk_UA`, `EN-us`, `eng`, `iw` → `uk-UA`, `en-US`, `en`, `he`; null: not a language tag. */
export function toLanguageTag(raw: string | null): string | null {
  return raw === null ? null : normalizeTag(raw);
}

const normalizeTag = cacheByText((raw) => {
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
    .map(formatSubtag);
  return [CODES.get(primary) ?? primary, ...rest].join('-');
});

/** Three-letter, withdrawn and mistaken country codes → the code in use. Not from `Intl`, which differs by Node. */
const CODES = loadMap<string>('language-codes');

/** Roughly the form of RFC 5646 2.1, safe to publish. */
export function isLanguageTag(tag: string): boolean {
  return /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(tag);
}

/** `pt` includes `pt-BR`. @param requested a language tag. */
export function isInLanguage(language: string | null, requested: string): boolean {
  const tag = language?.toLowerCase() ?? '';
  return tag === requested.toLowerCase() || tag.startsWith(`${requested.toLowerCase()}-`);
}

function formatSubtag(part: string): string {
  if (/^[a-z]{4}$/i.test(part)) return part[0]!.toUpperCase() + part.slice(1).toLowerCase();
  return /^[a-z]{2}$/i.test(part) ? part.toUpperCase() : part.toLowerCase();
}
