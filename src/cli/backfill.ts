/** `newsloom backfill`: older articles of a source, from before it was first read. */
import type { BackfillReport } from '../app/backfill-site.js';
import { parseDuration } from '../config/quantities.js';
import type { Settings } from '../model/settings.js';
import type { Command } from './command.js';
import { EXIT, requireKnown, UsageError } from './exit.js';
import { configOption, jsonOption, nowOption, readSettings } from './options.js';

const MOST_PAGES = 100;
/** A hundred years, in milliseconds. */
const MOST_HISTORY = 36_500 * 86_400_000;

export const backfillCommand: Command = {
  name: 'backfill',
  describe:
    "bring in a source's older articles, as far as its feed leads back: into the archives, announced to nobody, no full head changed",
  parameters: [{ name: '<source>', describe: 'its id' }],
  options: [
    configOption,
    jsonOption,
    { flags: '--history <duration>', describe: 'how far back, such as 90d (default: 90d)' },
    { flags: '--pages <number>', describe: `documents that are asked for at most (default: ${MOST_PAGES})` },
    nowOption,
  ],
  examples: [
    ['newsloom backfill paper', 'the last 90 days, one document a spacing; called again, it goes on where it ended'],
    ['newsloom backfill paper --history 365d --pages 300', 'a year'],
  ],
  async run(context) {
    const history = historyOf(context.value<string>('history') ?? '90d');
    const pages = pagesOf(context.value<string>('pages'));
    const settings = await readSettings(context, 'cached', 'announced');
    const id = await walkable(settings, context.args[0] ?? '');
    const { backfillSite } = await import('../app/backfill-site.js');
    const now = context.value<Date>('now') ?? new Date();
    const observer = { start: () => {}, done: () => {}, published: () => {} };
    const since = new Date(now.getTime() - history);
    const report = await backfillSite(settings, id, { since, pages, now, signal: context.signal, observer });
    context.show(report, () => describeBackfill(id, report));
    return report.ended === 'failed' ? EXIT.noSource : EXIT.ok;
  },
};

/** Milliseconds. */
function historyOf(written: string): number {
  const ms = parseDuration(written) ?? 0;
  if (ms < 3_600_000 || ms > MOST_HISTORY)
    throw new UsageError(`--history "${written}": write a number and h, d or w, such as 90d`);
  return ms;
}

function pagesOf(written: string | undefined): number {
  const pages = written === undefined ? MOST_PAGES : Number(written);
  if (Number.isInteger(pages) && pages >= 1 && pages <= 10_000) return pages;
  throw new UsageError(`--pages "${written}": write a whole number from 1 to 10000`);
}

/** Of what a list names, too. */
async function walkable(settings: Settings, id: string): Promise<string> {
  const { allSourceIds } = await import('../app/settings-with-listed.js');
  const known = [...(await allSourceIds(settings))].map((one) => ({ id: one }));
  requireKnown('source', [id], known);
  const source = settings.sources.find((one) => one.id === id);
  if (source?.own === undefined && source?.reading === undefined) return id;
  throw new UsageError(`"${id}" is no feed: only feeds lead back to older articles`);
}

const ENDS: Readonly<Record<BackfillReport['ended'], string>> = {
  date: 'what is older is not wanted',
  end: 'its feed leads no further back',
  limit: 'as many documents as allowed were read: call it again to go on',
  failed: 'it ended early; call it again to go on',
};

function describeBackfill(id: string, { pages, added, known, undated, tooNew, ended, error }: BackfillReport): string {
  const more = [
    known > 0 ? `${known} known already` : '',
    undated > 0 ? `${undated} without a date left out` : '',
    tooNew > 0 ? `${tooNew} left out that would push others out of a feed` : '',
  ].filter((part) => part !== '');
  const first = `${id}: ${added} older articles from ${pages} documents${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
  return `${first}; ${ENDS[ended]}${error === null ? '' : `: ${error}`}`;
}
