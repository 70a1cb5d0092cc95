/** Lists the supported export formats of other programs. */
import type { ExportedFile, ImportFormat } from './imported-site.js';
import { opmlImport } from './opml/opml-import.js';
import { planetImport } from './planet.js';

export const importFormats: readonly ImportFormat[] = [opmlImport, planetImport];

export function findImportFormat(file: ExportedFile): ImportFormat | null {
  return importFormats.find((format) => format.recognizes(file)) ?? null;
}
