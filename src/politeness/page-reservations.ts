/** What a page and its answer reserve: its text is not taken where they do. */
import type { ResponseHeaders } from '../model/fetch.js';
import type { Reservation } from '../model/reservation.js';
import { PRODUCT_TOKEN } from './robots.js';

/** What a page says of itself to machines. */
export interface PageStatements {
  /** Contents of `meta` robots, and of those that name us. */
  readonly robots: readonly string[];
  /** Contents of `meta` tdm-reservation. */
  readonly tdmReservations: readonly string[];
  /** Whether it links to a licence for machines, or holds one (RSL 1.0). */
  readonly isLicensed: boolean;
}

/** The words that keep a page's text from being kept and published elsewhere by a machine. */
const RESERVING = new Set(['noai', 'noimageai', 'noarchive']);
/** Directives that have a value: what stands before their colon names no program. */
const VALUED = /^(?:unavailable_after|max-snippet|max-image-preview|max-video-preview)$/i;

/** What reserves a page, in words; null: nothing does. */
export function pageReservation(headers: ResponseHeaders, page: PageStatements): string | null {
  const inHeader = reservingWord([headers['x-robots-tag'] ?? '']);
  if (inHeader !== null) return `${inHeader} in X-Robots-Tag`;
  if (isSet(headers['tdm-reservation'] ?? '')) return 'the header tdm-reservation';
  if (/\bapplication\/rsl\+xml\b/i.test(headers.link ?? '')) return 'a licence for machines (RSL) in Link';
  const inPage = reservingWord(page.robots);
  if (inPage !== null) return `${inPage} in meta robots`;
  if (page.tdmReservations.some(isSet)) return 'meta tdm-reservation';
  return page.isLicensed ? 'a licence for machines (RSL) in the page' : null;
}

/** A feed that wants nothing made of it by machines, as its server says; null: it does not say so. */
export function noAiIn(headers: ResponseHeaders): Reservation | null {
  const words = wordsIn([headers['x-robots-tag'] ?? '']);
  return words.includes('noai') ? { policy: null, by: 'noai in X-Robots-Tag' } : null;
}

function isSet(value: string): boolean {
  return value.split(',').some((one) => one.trim() === '1');
}

function reservingWord(values: readonly string[]): string | null {
  return wordsIn(values).find((word) => RESERVING.has(word)) ?? null;
}

function wordsIn(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(',')).flatMap((part) => wordFor(part) ?? []);
}

/** A directive that holds for us; null: it is for another program. */
function wordFor(part: string): string | null {
  const [, name, word] = /^\s*(?:([\w-]+)\s*:)?\s*(.*?)\s*$/s.exec(part)!;
  const isOthers =
    name !== undefined && !VALUED.test(name) && name.toLowerCase() !== PRODUCT_TOKEN && name !== 'robots';
  return isOthers ? null : word!.toLowerCase();
}
