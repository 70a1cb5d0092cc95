/** Reads the reservations of a page and its response, which forbid taking its text. */
import type { ResponseHeaders } from '../model/fetch.js';
import type { Reservation } from '../model/reservation.js';
import { PRODUCT_TOKEN } from './robots.js';

export interface PageStatements {
  /** Contents of `meta` robots and `meta` newsloom. */
  readonly robots: readonly string[];
  /** Contents of `meta` tdm-reservation. */
  readonly tdmReservations: readonly string[];
  /** Whether it links to a licence for machines, or contains one (RSL 1.0). */
  readonly isLicensed: boolean;
}

/** Directives that forbid keeping and publishing a page's text. */
const RESERVING = new Set(['noai', 'noimageai', 'noarchive']);
/** Directives with a value: the name before their colon is not a program. */
const VALUED = /^(?:unavailable_after|max-snippet|max-image-preview|max-video-preview)$/i;

/** In words; null: nothing is reserved. */
export function findPageReservation(headers: ResponseHeaders, page: PageStatements): string | null {
  const inHeader = findReservingWord([headers['x-robots-tag'] ?? '']);
  if (inHeader !== null) return `${inHeader} in X-Robots-Tag`;
  if (isSet(headers['tdm-reservation'] ?? '')) return 'the header tdm-reservation';
  if (/\bapplication\/rsl\+xml\b/i.test(headers.link ?? '')) return 'a licence for machines (RSL) in Link';
  const inPage = findReservingWord(page.robots);
  if (inPage !== null) return `${inPage} in meta robots`;
  if (page.tdmReservations.some(isSet)) return 'meta tdm-reservation';
  return page.isLicensed ? 'a licence for machines (RSL) in the page' : null;
}

/** A server's objection to machine use of its feed; null: none. */
export function findNoAi(headers: ResponseHeaders): Reservation | null {
  const words = parseDirectives([headers['x-robots-tag'] ?? '']);
  return words.includes('noai') ? { policy: null, by: 'noai in X-Robots-Tag' } : null;
}

function isSet(value: string): boolean {
  return value.split(',').some((one) => one.trim() === '1');
}

function findReservingWord(values: readonly string[]): string | null {
  return parseDirectives(values).find((word) => RESERVING.has(word)) ?? null;
}

function parseDirectives(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(',')).flatMap((part) => parseDirective(part) ?? []);
}

/** A directive that applies to newsloom; null: it is for another program. */
function parseDirective(part: string): string | null {
  const [, name, word] = /^\s*(?:([\w-]+)\s*:)?\s*(.*?)\s*$/s.exec(part)!;
  const isOthers =
    name !== undefined && !VALUED.test(name) && name.toLowerCase() !== PRODUCT_TOKEN && name !== 'robots';
  return isOthers ? null : word!.toLowerCase();
}
