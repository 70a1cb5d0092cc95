/** Cleans the audio and video enclosures of an article, and what a podcast says of its episode. */
import { loadTable } from '../data/load.js';
import type { Episode, MediaLink } from '../model/article.js';
import type { ItemEnclosure, ItemEpisode } from '../model/item.js';
import { languageTag } from '../text/language.js';
import { absoluteHref, urlKey } from '../text/url/url.js';
import { nameOf } from './plain-text.js';

/** Types by file extension. */
export interface FileTypes {
  readonly images: Readonly<Record<string, string>>;
  readonly media: Readonly<Record<string, string>>;
  readonly transcripts: Readonly<Record<string, string>>;
}

const TYPES = loadTable<FileTypes>('file-types');

/** In source order, one per address. The type comes from the file extension where the source's is missing or too general. */
export function mediaLinksOf(enclosures: readonly ItemEnclosure[], base: string): MediaLink[] {
  const links = new Map<string, MediaLink>();
  for (const enclosure of enclosures) {
    const url = absoluteHref(enclosure.url, base);
    const type = url === null ? null : mediaType(enclosure.type, url);
    if (url === null || type === null || links.has(urlKey(url))) continue;
    links.set(urlKey(url), { url, type, length: positive(enclosure.length), duration: positive(enclosure.duration) });
  }
  return [...links.values()];
}

/** No list of an episode is longer. */
const MOST = 50;

/** Files have an absolute address and a type, people a name; each once. null: nothing is left. */
export function cleanEpisode(said: ItemEpisode | null, base: string): Episode | null {
  if (!said) return null;
  const transcripts = said.transcripts.flatMap(({ url: raw, type, language }) => {
    const url = absoluteHref(raw, base);
    return url === null ? [] : { url, type: fileType(type, url, 'text/plain'), language: languageTag(language) };
  });
  const chaptersUrl = said.chapters === null ? null : absoluteHref(said.chapters.url, base);
  const chapters =
    chaptersUrl === null
      ? null
      : { url: chaptersUrl, type: fileType(said.chapters!.type, chaptersUrl, 'application/json+chapters') };
  const people = said.people.flatMap(({ name, role, url }) => {
    const known = {
      name: nameOf(name),
      role: nameOf(role) || null,
      url: url === null ? null : absoluteHref(url, base),
    };
    return known.name === '' ? [] : known;
  });
  const episode: Episode = {
    season: positive(said.season),
    number: positive(said.number),
    transcripts: distinctBy(transcripts, ({ url }) => url),
    chapters,
    people: distinctBy(people, ({ name, role }) => `${name}\n${role}`),
  };
  const { season, number } = episode;
  const says = season ?? number ?? chapters ?? episode.transcripts[0] ?? episode.people[0];
  return says === undefined ? null : episode;
}

function fileType(declared: string | null, url: string, otherwise: string): string {
  const type = (declared ?? '').split(';', 1)[0]!.trim().toLowerCase();
  return /^[a-z]+\/[\w.+-]+$/.test(type) ? type : (TYPES.transcripts[endingOf(url)] ?? otherwise);
}

function distinctBy<T>(list: readonly T[], key: (one: T) => string): T[] {
  return [...new Map([...list].reverse().map((one) => [key(one), one])).values()].reverse().slice(0, MOST);
}

/** The file extension in the path of an absolute address, lower case; empty: none. */
export function endingOf(url: string): string {
  const path = url.slice(url.indexOf('/', 8)).replace(/[?#].*$/, '');
  return /\.([a-z0-9]{2,5})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** The file extension decides, too, where the declared type is one of a program (`application/x-ms-wmd`) or unregistered (`x-audio/mp3`). */
function mediaType(declared: string | null, url: string): string | null {
  const type = (declared ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (/^(?:audio|video)\/[\w.+-]+$/.test(type)) return type;
  if (type.startsWith('image/')) return null;
  return (
    TYPES.media[endingOf(url)] ?? /^x-((?:audio|video)\/[\w.+-]+)$/.exec(type)?.[1]?.replace('/mp3', '/mpeg') ?? null
  );
}

function positive(length: number | null): number | null {
  return length !== null && Number.isSafeInteger(length) && length > 0 ? length : null;
}
