/** Cleans the audio and video enclosures of an article, and its podcast episode. */
import { loadTable } from '../data/load.js';
import type { Episode, MediaLink } from '../model/article.js';
import type { ItemEnclosure, ItemEpisode } from '../model/item.js';
import { toLanguageTag } from '../text/language.js';
import { absoluteHref, urlKey } from '../text/url/url.js';
import { cleanName } from './plain-text.js';

export interface FileTypes {
  readonly images: Readonly<Record<string, string>>;
  readonly media: Readonly<Record<string, string>>;
  readonly transcripts: Readonly<Record<string, string>>;
}

const TYPES = loadTable<FileTypes>('file-types');

/** In source order, one per address. The file extension decides if the declared type is missing or too general. */
export function cleanEnclosures(enclosures: readonly ItemEnclosure[], base: string): MediaLink[] {
  const links = new Map<string, MediaLink>();
  for (const enclosure of enclosures) {
    const url = absoluteHref(enclosure.url, base);
    const type = url === null ? null : toMediaType(enclosure.type, url);
    if (url === null || type === null || links.has(urlKey(url))) continue;
    links.set(urlKey(url), {
      url,
      type,
      length: toPositive(enclosure.length),
      duration: toPositive(enclosure.duration),
    });
  }
  return [...links.values()];
}

const MAX_ENTRIES = 50;

/** Drops files without an address or a type, and people without a name. null: nothing is left. */
export function cleanEpisode(given: ItemEpisode | null, base: string): Episode | null {
  if (!given) return null;
  const transcripts = given.transcripts.flatMap(({ url: raw, type, language }) => {
    const url = absoluteHref(raw, base);
    return url === null ? [] : { url, type: toFileType(type, url, 'text/plain'), language: toLanguageTag(language) };
  });
  const chaptersUrl = given.chapters === null ? null : absoluteHref(given.chapters.url, base);
  const chapters =
    chaptersUrl === null
      ? null
      : { url: chaptersUrl, type: toFileType(given.chapters!.type, chaptersUrl, 'application/json+chapters') };
  const people = given.people.flatMap(({ name, role, url }) => {
    const known = {
      name: cleanName(name),
      role: cleanName(role) || null,
      url: url === null ? null : absoluteHref(url, base),
    };
    return known.name === '' ? [] : known;
  });
  const episode: Episode = {
    season: toPositive(given.season),
    number: toPositive(given.number),
    transcripts: removeDuplicates(transcripts, ({ url }) => url),
    chapters,
    people: removeDuplicates(people, ({ name, role }) => `${name}\n${role}`),
  };
  const { season, number } = episode;
  const first = season ?? number ?? chapters ?? episode.transcripts[0] ?? episode.people[0];
  return first === undefined ? null : episode;
}

function toFileType(declared: string | null, url: string, otherwise: string): string {
  const type = (declared ?? '').split(';', 1)[0]!.trim().toLowerCase();
  return /^[a-z]+\/[\w.+-]+$/.test(type) ? type : (TYPES.transcripts[findExtension(url)] ?? otherwise);
}

function removeDuplicates<T>(list: readonly T[], key: (one: T) => string): T[] {
  return [...new Map([...list].reverse().map((one) => [key(one), one])).values()].reverse().slice(0, MAX_ENTRIES);
}

/** The lower-case file extension in the path of an absolute address; empty: none. */
export function findExtension(url: string): string {
  const path = url.slice(url.indexOf('/', 8)).replace(/[?#].*$/, '');
  return /\.([a-z0-9]{2,5})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** The extension decides for types of programs (`application/x-ms-wmd`) and unregistered ones (`x-audio/mp3`). */
function toMediaType(declared: string | null, url: string): string | null {
  const type = (declared ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (/^(?:audio|video)\/[\w.+-]+$/.test(type)) return type;
  if (type.startsWith('image/')) return null;
  return (
    TYPES.media[findExtension(url)] ??
    /^x-((?:audio|video)\/[\w.+-]+)$/.exec(type)?.[1]?.replace('/mp3', '/mpeg') ??
    null
  );
}

function toPositive(length: number | null): number | null {
  return length !== null && Number.isSafeInteger(length) && length > 0 ? length : null;
}
