/** Cleans the audio and video enclosures of an article. */
import type { MediaLink } from '../model/article.js';
import type { ItemEnclosure } from '../model/item.js';
import { absoluteHref, urlKey } from '../text/url/url.js';

const BY_ENDING: Readonly<Record<string, string>> = {
  aac: 'audio/aac',
  asf: 'video/x-ms-asf',
  avi: 'video/x-msvideo',
  flac: 'audio/flac',
  m3u8: 'application/vnd.apple.mpegurl',
  m4a: 'audio/mp4',
  m4b: 'audio/mp4',
  m4v: 'video/mp4',
  mkv: 'video/x-matroska',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  mpeg: 'video/mpeg',
  mpg: 'video/mpeg',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  ogv: 'video/ogg',
  opus: 'audio/opus',
  wav: 'audio/wav',
  weba: 'audio/webm',
  webm: 'video/webm',
  wma: 'audio/x-ms-wma',
  wmv: 'video/x-ms-wmv',
};

/** In source order, one per address. The type comes from the file extension where the source's is missing or too general. */
export function mediaLinksOf(enclosures: readonly ItemEnclosure[], base: string): MediaLink[] {
  const links = new Map<string, MediaLink>();
  for (const enclosure of enclosures) {
    const url = absoluteHref(enclosure.url, base);
    const type = url === null ? null : mediaType(enclosure.type, url);
    if (url === null || type === null || links.has(urlKey(url))) continue;
    links.set(urlKey(url), { url, type, length: positive(enclosure.length), duration: null });
  }
  return [...links.values()];
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
    BY_ENDING[endingOf(url)] ?? /^x-((?:audio|video)\/[\w.+-]+)$/.exec(type)?.[1]?.replace('/mp3', '/mpeg') ?? null
  );
}

function positive(length: number | null): number | null {
  return length !== null && Number.isSafeInteger(length) && length > 0 ? length : null;
}
