/** Writes the podcast elements that RSS and Atom share: Apple's, and those of Podcasting 2.0. */
import type { Entry } from '../model/channel.js';
import { xmlAttribute, xmlText } from '../text/xml.js';

export const EPISODE_NAMESPACES =
  ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"';

/** The only image types that Apple supports. */
const APPLE_IMAGES = new Set(['image/jpeg', 'image/png']);

/** Empty if the entry has no audio, video or episode. The duration is that of the first enclosure. */
export function episodeElements({ enclosures, episode, image }: Entry): string {
  const [played] = enclosures;
  let out = played === undefined ? '' : element('itunes:duration', played.duration);
  if (played !== undefined && image !== null && APPLE_IMAGES.has(image.type ?? ''))
    out += `<itunes:image href="${xmlAttribute(image.url)}"/>\n`;
  if (!episode) return out;
  out += element('itunes:season', episode.season) + element('itunes:episode', episode.number);
  for (const { url, type, language } of episode.transcripts)
    out += `<podcast:transcript url="${xmlAttribute(url)}" type="${xmlAttribute(type)}"${attribute('language', language)}/>\n`;
  if (episode.chapters !== null) {
    const { url, type } = episode.chapters;
    out += `<podcast:chapters url="${xmlAttribute(url)}" type="${xmlAttribute(type)}"/>\n`;
  }
  for (const { name, role, url } of episode.people)
    out += `<podcast:person${attribute('role', role)}${attribute('href', url)}>${xmlText(name)}</podcast:person>\n`;
  return out;
}

function element(name: string, value: number | null): string {
  return value === null ? '' : `<${name}>${value}</${name}>\n`;
}

function attribute(name: string, value: string | null): string {
  return value === null ? '' : ` ${name}="${xmlAttribute(value)}"`;
}
