import type { RuleCount } from '../app/explain/explain-rules.js';
import type { SourceRow } from '../app/status/site-status.js';
import type { TargetRow } from '../app/status/target-status.js';
import type { SourceVolume } from '../app/status/volume.js';
import type { RoundStatus } from '../model/round.js';
import type { Settings } from '../model/settings.js';
import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { configOption, describeRejected, jsonOption, nowOption, readSettingsInUse } from './options.js';
import { formatRulePlace } from './rule-place.js';
import { formatCount, formatMinute, formatSpan, formatTable, listFew } from './table.js';
import { describeUnpublished } from './unpublished-line.js';

export const statusCommand: Command = {
  name: 'status',
  describe:
    'show the state of each source (problems first), the articles dropped by each rule, and the state of announcements',
  options: [
    configOption,
    jsonOption,
    nowOption,
    { flags: '--volume', describe: 'also the number of articles of each source, and its share of the newest ones' },
  ],
  examples: [
    ['newsloom status --volume', 'also which sources fill the section'],
    ['newsloom status', 'state, last success, newest article, next attempt and problems'],
    [
      'newsloom status --json',
      'the same as JSON: { counts, sources: […], rules: […], targets: […] }; with workers and round if several processes share the work',
    ],
  ],
  async run(context) {
    const { settings, rejected, isValid } = await readSettingsInUse(context);
    const now = context.value<Date>('now') ?? new Date();
    const { result, words } = await readStatus(settings, now);
    const volume = context.flag('volume') ? await readVolumes(settings, now) : null;
    const shown = rejected === null ? [] : [describeRejected(rejected)];
    const document = { ...(rejected !== null && { config: rejected }), ...result, ...(volume !== null && { volume }) };
    context.show(document, () => [...shown, words(), ...formatVolume(volume)].join('\n\n'));
    return isValid ? EXIT.ok : EXIT.config;
  },
};

async function readStatus(settings: Settings, now: Date): Promise<{ readonly result: object; words(): string }> {
  const [{ readSiteStatus }, { isLostStore }, { readUnpublished }, { countDropped }, { shownState }] =
    await Promise.all([
      import('../app/status/site-status.js'),
      import('../app/status/lost-store.js'),
      import('../app/status/unpublished.js'),
      import('../app/explain/explain-rules.js'),
      import('../app/status/overview.js'),
    ]);
  const rows = (await readSiteStatus(settings, now)).map((row) => ({ row, state: shownState(row) }));
  const counts: Record<string, number> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  const rules = await countDropped(settings);
  const targets = await readTargets(settings, now);
  const shared = await readSharedRounds(settings);
  const lost = await isLostStore(settings);
  const unpublished = await readUnpublished(settings);
  return {
    result: {
      counts,
      sources: rows.map(({ row }) => row),
      rules,
      targets,
      ...shared,
      ...(lost && { lost }),
      ...(unpublished && { unpublished }),
    },
    words: () =>
      [
        formatSourceTable(rows, counts, now),
        ...describeUnread(rows, now),
        ...(lost ? [LOST] : []),
        ...(unpublished === null ? [] : [describeUnpublished(unpublished)]),
        ...formatRules(rules),
        ...formatTargets(targets),
        ...formatRounds(shared),
      ].join('\n\n'),
  };
}

async function readVolumes(settings: Settings, now: Date): Promise<readonly SourceVolume[]> {
  const { readVolume } = await import('../app/status/volume.js');
  return await readVolume(settings, now);
}

function formatVolume(volume: readonly SourceVolume[] | null): string[] {
  if (volume === null) return [];
  const lines = volume.map(({ id, articles, perDay, share }) => [id, String(articles), String(perDay), `${Math.round(share * 100)} %`]); // biome-ignore format: one row
  return [formatTable([['source', 'seven days', 'per day (median)', 'share of newest'], ...lines])];
}

const LOST =
  'The store was lost and contains none of the published articles. The next build restores it from the published edition.';

const HEADING = ['source', 'state', 'since', 'last success', 'newest article', 'next attempt', ''];

interface ShownRow {
  readonly row: SourceRow;
  readonly state: string;
}

function formatSourceTable(rows: readonly ShownRow[], counts: Record<string, number>, now: Date): string {
  const lines = rows.map(({ row, state }) => [
    row.id,
    state,
    formatMinute(row.since),
    formatMinute(row.lastSuccessAt),
    formatMinute(row.newestArticleAt),
    row.left || row.paused === true
      ? 'never'
      : row.paused !== undefined
        ? row.paused
        : row.nextAttemptAt === null
          ? 'next run'
          : formatMinute(row.nextAttemptAt),
    describeSourceState(row, now),
  ]);
  const parts = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  return `${formatTable([HEADING, ...lines])}\n\n${formatCount(rows.length, 'source')}: ${parts.join(', ')}. Times are UTC.`;
}

const HOURS_UNREAD = 24;

/** Sources keep their state while nothing polls them. */
function describeUnread(rows: readonly ShownRow[], now: Date): string[] {
  if (rows.some(({ state }) => state === 'unreached'))
    return ['Most sources are unreached since they failed together: check the network of this machine.'];
  const last = Math.max(0, ...rows.map(({ row }) => row.lastSuccessAt?.getTime() ?? 0));
  const hours = Math.floor((now.getTime() - last) / 3_600_000);
  return last === 0 || hours < HOURS_UNREAD ? [] : [`No source was read for ${hours} hours: check the schedule.`];
}

/** null if one process does everything. */
async function readSharedRounds({ store }: Settings): Promise<RoundStatus | null> {
  if (store.kind !== 'postgres') return null;
  const { readRounds } = await import('../app/rounds/open-rounds.js');
  return await readRounds(store);
}

function formatRounds(shared: RoundStatus | null): string[] {
  if (shared === null) return [];
  const { workers, round } = shared;
  const lines = workers.map(({ name, role, version, seen }) => [name, role, version, formatMinute(seen)]);
  const state = round?.open ? 'is in progress' : 'has ended';
  const roundLine =
    round &&
    `round ${round.n} of ${formatMinute(round.now)} ${state}: ${round.answered} of ${round.asked} sources done`;
  return [formatTable([['worker', 'role', 'version', 'last seen'], ...lines]), roundLine ?? 'no round yet'];
}

async function readTargets(settings: Settings, now: Date): Promise<readonly TargetRow[]> {
  if (settings.announce.length === 0) return [];
  const { readTargetStatus } = await import('../app/status/target-status.js');
  return await readTargetStatus(settings, now);
}

const MOST_UNSENT = 5;

function formatTargets(targets: readonly TargetRow[]): string[] {
  if (targets.length === 0) return [];
  const lines = targets.map(({ id, to, waiting, lastSentAt, failingSince, error, nextAttemptAt }) => [
    id,
    to,
    failingSince === null ? 'ok' : `failing since ${formatMinute(failingSince)}`,
    formatMinute(lastSentAt),
    String(waiting),
    nextAttemptAt === null ? 'next run' : formatMinute(nextAttemptAt),
    error ?? '',
  ]);
  const heading = ['target', '', 'state', 'last sent', 'waiting', 'next attempt', ''];
  return [formatTable([heading, ...lines]), ...targets.flatMap(formatUnsent)];
}

const UNSENT = { unknown: 'may have arrived, will not be sent again', refused: 'refused' } as const;

function formatUnsent({ id, unsent }: TargetRow): string[] {
  if (unsent.length === 0) return [];
  const named = unsent
    .slice(0, MOST_UNSENT)
    .map(({ at, what, text }) => `  ${formatMinute(at)} ${UNSENT[what]}: ${text}`);
  const rest = unsent.length - named.length;
  return [[`${id}:`, ...named, ...(rest > 0 ? [`  and ${rest} more`] : [])].join('\n')];
}

const MOST_CONDITIONS = 5;

function formatRules(rules: readonly RuleCount[]): string[] {
  if (rules.length === 0) return [];
  const lines = rules.map(({ at, action, sourceId, dropped, conditions }) => {
    const named = conditions.map(({ rule, articles }) => `${rule} (${articles})`);
    return [formatRulePlace(at), sourceId ?? 'all', action, String(dropped), listFew(named, MOST_CONDITIONS, '; ')];
  });
  return [formatTable([['rule', 'of', '', 'drops', ''], ...lines])];
}

function describeSourceState(
  { error, failures, movedTo, unprovedSite, quiet, newestArticleAt, hubUntil, ...row }: SourceRow,
  now: Date,
): string {
  const said: string[] = [];
  if (row.listedBy !== undefined)
    said.push(row.left ? `no longer in the list ${row.listedBy}: not polled` : `from the list ${row.listedBy}`);
  if (row.group?.differs[0] !== undefined)
    said.push(`differs from group ${row.group.id}: ${row.group.differs.join(', ')}`);
  if (row.paused !== undefined) said.push(row.paused === true ? 'paused' : `paused until ${row.paused}`);
  if (error !== null) {
    const status = error.status === null ? '' : ` ${error.status}`;
    said.push(`${error.code}${status}${failures > 1 ? ` (${failures} times)` : ''}: ${error.message}`);
  }
  if (quiet !== null && newestArticleAt !== null) {
    const silence = (now.getTime() - newestArticleAt.getTime()) / 60_000;
    said.push(`no article for ${formatSpan(silence)}; usually one every ${formatSpan(quiet.usualMinutes)}`);
  }
  if (hubUntil !== null) said.push(`its hub pushes updates until ${formatMinute(hubUntil)}`);
  if (movedTo !== null) said.push(`moved to ${movedTo}: run newsloom sources move ${row.id}`);
  if (unprovedSite !== null) said.push(`${unprovedSite} does not name this feed: if it is its site, add it to "sites"`);
  return said.join('; ');
}
