import type { BackfillReport } from '../app/backfill-site.js';
import { parseDuration } from '../config/quantities.js';
import type { Settings } from '../model/settings.js';
import type { Command } from './command.js';
import { EXIT, requireKnown, UsageError } from './exit.js';
import { configOption, jsonOption, nowOption, readSettings } from './options.js';

const MOST_PAGES = 100;
const MOST_HISTORY = 36_500 * 86_400_000;

export const backfillCommand: Command = {
  name: 'backfill',
  describe:
    "follow the feed's links to older articles and add them to the archives, without announcing them or displacing newer entries from feeds",
  parameters: [{ name: '<source>', describe: 'id of the source' }],
  options: [
    configOption,
    jsonOption,
    { flags: '--history <duration>', describe: 'how far back to go, such as 90d (default: 90d)' },
    { flags: '--pages <number>', describe: `maximum number of documents to fetch (default: ${MOST_PAGES})` },
    nowOption,
  ],
  examples: [
    [
      'newsloom backfill paper',
      'the last 90 days, with the usual pause between documents; run it again to continue after an interruption',
    ],
    ['newsloom backfill paper --history 365d --pages 300', 'one year'],
  ],
  async run(context) {
    const history = parseHistory(context.value<string>('history') ?? '90d');
    const pages = parsePageLimit(context.value<string>('pages'));
    const settings = await readSettings(context, 'cached', 'announced');
    const id = await requireFeedSource(settings, context.args[0] ?? '');
    const { backfillSite } = await import('../app/backfill-site.js');
    const now = context.value<Date>('now') ?? new Date();
    const observer = { start: () => {}, done: () => {}, published: () => {} };
    const since = new Date(now.getTime() - history);
    const report = await backfillSite(settings, id, { since, pages, now, signal: context.signal, observer });
    context.show(report, () => describeBackfill(id, report));
    return report.ended === 'failed' ? EXIT.noSource : EXIT.ok;
  },
};

function parseHistory(written: string): number {
  const ms = parseDuration(written) ?? 0;
  if (ms < 3_600_000 || ms > MOST_HISTORY)
    throw new UsageError(`invalid --history "${written}": write a number followed by h, d or w, such as 90d`);
  return ms;
}

function parsePageLimit(written: string | undefined): number {
  const pages = written === undefined ? MOST_PAGES : Number(written);
  if (Number.isInteger(pages) && pages >= 1 && pages <= 10_000) return pages;
  throw new UsageError(`invalid --pages "${written}": write a whole number from 1 to 10000`);
}

/** Also accepts sources that come from a list. */
async function requireFeedSource(settings: Settings, id: string): Promise<string> {
  const { listAllSourceIds } = await import('../app/settings-with-listed.js');
  const known = [...(await listAllSourceIds(settings))].map((one) => ({ id: one }));
  requireKnown('source', [id], known);
  const source = settings.sources.find((one) => one.id === id);
  if (source?.own === undefined && source?.reading === undefined) return id;
  throw new UsageError(`source "${id}" is not a feed: only feeds link to older articles`);
}

const ENDS: Readonly<Record<BackfillReport['ended'], string>> = {
  date: 'reached the requested date',
  end: 'the feed links no further back',
  limit: 'reached the maximum number of documents; run the command again to continue',
  failed: 'stopped early; run the command again to continue',
};

function describeBackfill(id: string, { pages, added, known, undated, tooNew, ended, error }: BackfillReport): string {
  const more = [
    known > 0 ? `${known} already known` : '',
    undated > 0 ? `${undated} skipped without a date` : '',
    tooNew > 0 ? `${tooNew} skipped because they would displace articles in a feed` : '',
  ].filter((part) => part !== '');
  const first = `${id}: ${added} older articles from ${pages} documents${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
  return `${first}; ${ENDS[ended]}${error === null ? '' : `: ${error}`}`;
}
