/** Reads the podcast elements of an episode: Apple's, and those of https://podcasting2.org/docs/podcast-namespace. */
import type { ItemEpisode } from '../../model/item.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';
import { attribute, children, childText, elementText, type XmlNode } from '../xml/element.js';
import { parseWholeNumber } from './links.js';
import { type MappingContext, resolveReference } from './mapping-context.js';

/** Longer durations are invalid. */
const LONGEST_SECONDS = 7 * 86_400;

/** null: the item has none of the elements. */
export function readEpisode(item: XmlNode, context: MappingContext): ItemEpisode | null {
  const [chapters = null] = readLinkedFiles(item, 'podcast:chapters', context);
  const episode: ItemEpisode = {
    season: parseOrdinal(childText(item, 'itunes:season') ?? childText(item, 'podcast:season')),
    number: parseOrdinal(childText(item, 'itunes:episode') ?? childText(item, 'podcast:episode')),
    transcripts: readLinkedFiles(item, 'podcast:transcript', context),
    chapters: chapters && { url: chapters.url, type: chapters.type },
    people: children(item, 'podcast:person')
      .slice(0, PARSE_LIMITS.list)
      .flatMap((node) => readEpisodePerson(node, context)),
  };
  const { season, number, transcripts, people } = episode;
  return (season ?? number ?? chapters ?? transcripts[0] ?? people[0]) ? episode : null;
}

function readLinkedFiles(item: XmlNode, name: string, context: MappingContext): ItemEpisode['transcripts'] {
  return children(item, name)
    .slice(0, PARSE_LIMITS.list)
    .flatMap((node) => {
      const url = readAddress(node, 'url', context);
      return url === null ? [] : { url, type: attribute(node, 'type'), language: attribute(node, 'language') };
    });
}

function readEpisodePerson(node: XmlNode, context: MappingContext): ItemEpisode['people'] {
  const name = truncateText(elementText(node), PARSE_LIMITS.line);
  return name === '' ? [] : [{ name, role: attribute(node, 'role'), url: readAddress(node, 'href', context) }];
}

function readAddress(node: XmlNode, name: string, context: MappingContext): string | null {
  const written = attribute(node, name);
  return written === null || written.length > PARSE_LIMITS.line ? null : resolveReference(written, node, context);
}

/** 0 means missing. */
export function parseOrdinal(value: string | null): number | null {
  return parseWholeNumber(value) || null;
}

/** `1:02:03`, `62:03`, `3723`, `3723.4` or `PT1H2M3S` in whole seconds; null: anything else, or more than a week. */
export function parseSeconds(value: string | null): number | null {
  const seconds = value === null ? 0 : Math.round(parseClock(value.trim()) ?? parsePeriod(value.trim()) ?? 0);
  return seconds > 0 && seconds <= LONGEST_SECONDS ? seconds : null;
}

function parseClock(value: string): number | null {
  if (!/^\d{1,6}(?::\d{1,3}){0,2}(?:\.\d{1,9})?$/.test(value)) return null;
  return value.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** ISO 8601 durations of hours, minutes and seconds. */
function parsePeriod(value: string): number | null {
  const match = /^PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:\.\d{1,9})?S)?$/i.exec(value);
  return match === null ? null : Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
}
