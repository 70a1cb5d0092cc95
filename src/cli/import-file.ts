/** The export of another program that a command was given, and what is said of it. */
import type { ReadImport } from '../app/imports/read-import.js';
import type { Settings } from '../model/settings.js';
import type { Context } from './command.js';
import { UsageError } from './exit.js';
import { listFew } from './table.js';

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

/** Settings under which a command may ask private addresses too, and through a proxy, where that is wished. */
export function reachOf(context: Pick<Context, 'flag' | 'value'>, settings: Settings): Settings {
  const proxy = context.value('proxy');
  const allowPrivateAddresses = settings.fetch.allowPrivateAddresses || context.flag('allow-private');
  return { ...settings, fetch: { ...settings.fetch, allowPrivateAddresses, ...(proxy && { proxy }) } };
}

/** Of each reason. */
const MOST_NAMED = 3;

/** What was left out of an import, a reason a line. */
export function leftOutLines(leftOut: ReadImport['leftOut']): string[] {
  return [...new Set(leftOut.map(({ why }) => why))].map((why) => {
    const same = leftOut.filter((one) => one.why === why);
    const named = listFew(
      same.map(({ what }) => what),
      MOST_NAMED,
      '; ',
    );
    return `${same[0]!.kept ? 'look at' : 'left out'} ${named}: ${why}`;
  });
}
