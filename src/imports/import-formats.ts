/** Lists the exports of other programs that are read, the most particular first. */
import { addressListImport } from './address-list.js';
import type { ExportedFile, ImportFormat } from './imported-site.js';
import { llunFeedsImport } from './llun-feeds.js';
import { opmlImport } from './opml/opml-import.js';
import { osmosfeedImport } from './osmosfeed.js';
import { planetImport } from './planet.js';
import { wordpressImport } from './wordpress.js';

export const importFormats: readonly ImportFormat[] = [
  opmlImport,
  wordpressImport,
  llunFeedsImport,
  osmosfeedImport,
  planetImport,
  addressListImport,
];

/** null: none of them. */
export function importFormatOf(file: ExportedFile): ImportFormat | null {
  return importFormats.find((format) => format.recognizes(file)) ?? null;
}
