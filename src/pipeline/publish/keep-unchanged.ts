/** Keeps published files that were not rendered again. */
import { listFormerPaths } from '../../compose/former-paths.js';
import { readDocumentPath } from '../../write/address.js';
import { listExpectedDocuments } from './edition-documents.js';
import type { EditionWork } from './edition-work.js';

/** Call after staging channels and parts. Then `files.all` contains every file except the manifest. */
export function keepUnchanged({ context, contents, plan, files, channels }: EditionWork): void {
  if (!plan.needed) {
    for (const path of plan.recorded.keys()) files.keep(path);
    return;
  }
  const { writers } = context.publishing;
  const last = new Map<string, number>(channels.map(({ metadata, lastArchive }) => [metadata.path, lastArchive]));
  const heads = listExpectedDocuments(
    writers,
    last.keys(),
    () => 0,
    (path) => listFormerPaths(path, contents.settings),
  );
  const formats = new Set<string>(
    writers.filter(({ document }) => document('all', 1) !== null).map(({ format }) => format),
  );
  const isPartOfEdition = (path: string): boolean => {
    const document = readDocumentPath(path);
    if (document === null || document.number === null) return heads.has(path);
    return formats.has(document.format) && document.number <= (last.get(document.channel) ?? 0);
  };
  for (const path of plan.recorded.keys()) if (isPartOfEdition(path)) files.keep(path);
}
