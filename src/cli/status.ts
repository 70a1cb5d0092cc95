/** `newsloom status`: the state of each source. */

import type { RuleCount } from '../app/editing/explain-rules.js';
import type { TargetRow } from '../app/outgoing/announcing.js';
import type { SourceRow } from '../app/status.js';
import type { RoundStatus } from '../model/rounds/round.js';
import type { Settings } from '../model/settings.js';
import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { configOption, jsonOption, nowOption, readSettings } from './options.js';
import { rulePlaceLine } from './rule-place.js';
import { minute, span, table } from './table.js';

export const statusCommand: Command = {
  name: 'status',
  describe:
    'show how each source does, what needs an editor first, how much each rule drops, and how announcements arrive',
  options: [configOption, jsonOption, nowOption],
  examples: [
    ['newsloom status', 'state, last success, newest article, next attempt, and what is wrong'],
    [
      'newsloom status --json',
      'the same for scripts: { counts, sources: […], rules: […], targets: […] }, with workers and round where several share the work',
    ],
  ],
  async run(context) {
    const [{ siteStatus }, { countDropped }] = await Promise.all([
      import('../app/status.js'),
      import('../app/editing/explain-rules.js'),
    ]);
    const now = context.value<Date>('now') ?? new Date();
    const settings = await readSettings(context);
    const rows = await siteStatus(settings, now);
    const counts = countStates(rows);
    const rules = await countDropped(settings);
    const targets = await targetsOf(settings, now);
    const shared = await roundsOf(settings);
    const words = () =>
      [statusTable(rows, counts, now), ...ruleTable(rules), ...targetTable(targets), ...roundLines(shared)].join(
        '\n\n',
      );
    context.show({ counts, sources: rows, rules, targets, ...shared }, words);
    return EXIT.ok;
  },
};

/** A silent source is fetched without error but still needs an editor's attention. */
function stateOf({ state, quiet }: SourceRow): string {
  return quiet === null || state !== 'ok' ? state : 'quiet';
}

function countStates(rows: readonly SourceRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[stateOf(row)] = (counts[stateOf(row)] ?? 0) + 1;
  return counts;
}

const HEADING = ['source', 'state', 'since', 'last success', 'newest article', 'next attempt', ''];

function statusTable(rows: readonly SourceRow[], counts: Record<string, number>, now: Date): string {
  const lines = rows.map((row) => [
    row.id,
    stateOf(row),
    minute(row.since),
    minute(row.lastSuccessAt),
    minute(row.newestArticleAt),
    row.left ? 'never' : row.nextAttemptAt === null ? 'next run' : minute(row.nextAttemptAt),
    remarks(row, now),
  ]);
  const parts = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  return `${table([HEADING, ...lines])}\n\n${rows.length} sources: ${parts.join(', ')}. Times are UTC.`;
}

/** null: one process does all. */
async function roundsOf({ store }: Settings): Promise<RoundStatus | null> {
  if (store.kind !== 'postgres') return null;
  const { readRounds } = await import('../app/rounds/read-rounds.js');
  return await readRounds(store);
}

function roundLines(shared: RoundStatus | null): string[] {
  if (shared === null) return [];
  const { workers, round } = shared;
  const lines = workers.map(({ name, role, version, seen }) => [name, role, version, minute(seen)]);
  const state = round?.open ? 'is going on' : 'has ended';
  const said =
    round && `round ${round.n} of ${minute(round.now)} ${state}: ${round.answered} of ${round.asked} answered`;
  return [table([['worker', 'role', 'version', 'last seen'], ...lines]), said ?? 'no round yet'];
}

async function targetsOf(settings: Settings, now: Date): Promise<readonly TargetRow[]> {
  if (settings.announce.length === 0) return [];
  const { targetStatus } = await import('../app/outgoing/announcing.js');
  return await targetStatus(settings, now);
}

/** Messages of a target that are named. */
const MOST_UNSENT = 5;

function targetTable(targets: readonly TargetRow[]): string[] {
  if (targets.length === 0) return [];
  const lines = targets.map(({ id, to, waiting, lastSentAt, failingSince, error, nextAttemptAt }) => [
    id,
    to,
    failingSince === null ? 'ok' : `failing since ${minute(failingSince)}`,
    minute(lastSentAt),
    String(waiting),
    nextAttemptAt === null ? 'next run' : minute(nextAttemptAt),
    error ?? '',
  ]);
  const heading = ['target', '', 'state', 'last sent', 'waiting', 'next attempt', ''];
  return [table([heading, ...lines]), ...targets.flatMap(unsentLines)];
}

const UNSENT = { unknown: 'may not have arrived, and is not sent again', refused: 'was refused' } as const;

function unsentLines({ id, unsent }: TargetRow): string[] {
  if (unsent.length === 0) return [];
  const named = unsent.slice(0, MOST_UNSENT).map(({ at, what, text }) => `  ${minute(at)} ${UNSENT[what]}: ${text}`);
  const rest = unsent.length - named.length;
  return [[`${id}:`, ...named, ...(rest > 0 ? [`  and ${rest} more`] : [])].join('\n')];
}

/** Conditions of a rule that are named. */
const MOST_CONDITIONS = 5;

function ruleTable(rules: readonly RuleCount[]): string[] {
  if (rules.length === 0) return [];
  const lines = rules.map(({ at, action, sourceId, dropped, conditions }) => {
    const named = conditions.slice(0, MOST_CONDITIONS).map(({ rule, articles }) => `${rule} (${articles})`);
    return [rulePlaceLine(at), sourceId ?? 'all', action, String(dropped), named.join('; ')];
  });
  return [table([['rule', 'of', '', 'drops', ''], ...lines])];
}

function remarks({ error, failures, movedTo, quiet, newestArticleAt, hubUntil, ...row }: SourceRow, now: Date): string {
  const said: string[] = [];
  if (row.listedBy !== undefined)
    said.push(row.left ? `no longer in the list ${row.listedBy}: not asked` : `from the list ${row.listedBy}`);
  if (error !== null) {
    const status = error.status === null ? '' : ` ${error.status}`;
    said.push(`${error.code}${status}${failures > 1 ? ` (${failures} times)` : ''}: ${error.message}`);
  }
  if (quiet !== null && newestArticleAt !== null) {
    const silence = (now.getTime() - newestArticleAt.getTime()) / 60_000;
    said.push(`silent for ${span(silence)}; it used to bring an article every ${span(quiet.usualMinutes)}`);
  }
  if (hubUntil !== null) said.push(`its hub tells of news, until ${minute(hubUntil)}`);
  if (movedTo !== null) said.push(`moved for good to ${movedTo}: change its url`);
  return said.join('; ');
}
