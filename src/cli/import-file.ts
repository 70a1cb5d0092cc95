/** The export of another program that a command was given, and what is said of it. */
import type { ReadImport } from '../app/imports/read-import.js';
import { UsageError } from './exit.js';

/** Throws UsageError where it cannot be read, or names no feed. */
export async function readExport(file: string): Promise<ReadImport> {
  const { ImportRefused, readImport } = await import('../app/imports/read-import.js');
  const read = await readImport(file).catch((error: unknown) => {
    throw error instanceof ImportRefused ? new UsageError(error.message) : error;
  });
  if (read.sources.length === 0) throw new UsageError(`${file}: no feed in it${emptyBecause(read)}`);
  return read;
}

function emptyBecause({ formats, leftOut }: ReadImport): string {
  if (leftOut.length > 0) return `; left out: ${leftOut.map(({ what, why }) => `${what} (${why})`).join('; ')}`;
  return formats[0] === 'opml' ? ': no <outline> has an xmlUrl' : '';
}

/** What was left out of an import, one a line. */
export function leftOutLines(leftOut: ReadImport['leftOut']): string[] {
  return leftOut.map(({ what, why }) => `left out ${what}: ${why}`);
}
