/** Reads the export of another program and reports what it skips. */
import type { ReadImport } from '../app/imports/read-import.js';
import type { Settings } from '../model/settings.js';
import type { Context } from './command.js';
import { UsageError } from './exit.js';
import { listFew } from './table.js';

export const withProxiesOption = {
  flags: '--with-proxies',
  describe: 'also import proxies and headers, which see or change every request',
};

/** Throws UsageError if the file is not readable or contains no feed. */
export async function readExport(context: Pick<Context, 'flag'>, file: string): Promise<ReadImport> {
  const { ImportRefused, readImport } = await import('../app/imports/read-import.js');
  const trust = { withProxies: context.flag('with-proxies') };
  const read = await readImport(file, trust).catch((error: unknown) => {
    throw error instanceof ImportRefused ? new UsageError(error.message) : error;
  });
  if (read.sources.length === 0) throw new UsageError(`${file}: contains no feed${describeEmptyImport(read)}`);
  return read;
}

function describeEmptyImport({ formats, leftOut }: ReadImport): string {
  if (leftOut.length > 0) return `; skipped: ${leftOut.map(({ what, why }) => `${what} (${why})`).join('; ')}`;
  return formats[0] === 'opml' ? ': no <outline> has an xmlUrl' : '';
}

export function applyNetworkOptions(context: Pick<Context, 'flag' | 'value'>, settings: Settings): Settings {
  const proxy = context.value('proxy');
  const allowPrivateAddresses = settings.fetch.allowPrivateAddresses || context.flag('allow-private');
  return { ...settings, fetch: { ...settings.fetch, allowPrivateAddresses, ...(proxy && { proxy }) } };
}

const MOST_NAMED = 3;

export function formatSkipped(leftOut: ReadImport['leftOut']): string[] {
  return [...new Set(leftOut.map(({ why }) => why))].map((why) => {
    const same = leftOut.filter((one) => one.why === why);
    const named = listFew(
      same.map(({ what }) => what),
      MOST_NAMED,
      '; ',
    );
    return `${same[0]!.kept ? 'check' : 'skipped'} ${named}: ${why}`;
  });
}
