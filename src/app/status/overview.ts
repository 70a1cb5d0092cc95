/** Summarizes a section and suggests the editor's next step. Reads the store without a lock. */
import type { Settings } from '../../model/settings.js';
import { findHeldArticles } from '../../pipeline/organize/hold-for-review.js';
import { listNextIssues, type NextIssue } from '../digest-preview.js';
import type { RejectedConfig } from '../last-good-config.js';
import { readStore } from '../open-store.js';
import { isLostStore } from './lost-store.js';
import { readSiteStatus, type SourceRow } from './site-status.js';
import { readTargetStatus } from './target-status.js';
import { findUnpublished, type Unpublished } from './unpublished.js';

export interface SiteOverview {
  readonly title: string;
  readonly url: string;
  readonly sources: number;
  readonly states: Readonly<Record<string, number>>;
  readonly topics: number;
  readonly articles: number;
  readonly dropped: number;
  readonly stories: number;
  readonly newestArticleAt: Date | null;
  /** Time of the last response; null: no source was requested. */
  readonly lastReadAt: Date | null;
  readonly files: number;
  /** Whether the store was lost; the next build restores it. */
  readonly lost: boolean;
  /** Problems of the current config; missing: none. */
  readonly config?: RejectedConfig;
  /** Why publishing is incomplete; null: complete. */
  readonly unpublished: Unpublished | null;
  readonly waiting: number;
  readonly failingTargets: readonly string[];
  readonly digests: readonly NextIssue[];
  readonly next: NextStep;
}

export interface NextStep {
  /** A command, or a file to edit. */
  readonly what: string;
  readonly why: string;
}

/** Throws StoreError. */
export async function readSiteOverview(
  settings: Settings,
  now: Date,
  rejected: RejectedConfig | null = null,
): Promise<SiteOverview> {
  const rows = await readSiteStatus(settings, now);
  const targets = await readTargetStatus(settings, now);
  return await readStore(settings.store, async (store) => {
    const lost = await isLostStore(settings);
    const facts = {
      title: settings.site.title,
      url: settings.site.url,
      sources: rows.length,
      states: countStates(rows),
      topics: settings.topics.length,
      articles: await store.countArticles(),
      dropped: (await store.countDroppedByRules()).reduce((sum, { articles }) => sum + articles, 0),
      stories: (await store.countStories()).multiSource,
      newestArticleAt: findLatest(rows.map(({ newestArticleAt }) => newestArticleAt)),
      lastReadAt: findLatest(rows.map(({ lastSuccessAt }) => lastSuccessAt)),
      files: await store.countPublished(),
      lost,
      ...(rejected !== null && { config: rejected }),
      unpublished: await findUnpublished(store),
      waiting: (await findHeldArticles(store)).length,
      failingTargets: targets.flatMap(({ id, failingSince }) => (failingSince === null ? [] : [id])),
      digests: await listNextIssues(settings, store, now),
    };
    const next = chooseNextStep(facts, rows, now);
    const [needs] = next.what === 'newsloom build' ? (settings.unset ?? []) : [];
    if (needs === undefined) return { ...facts, next };
    return { ...facts, next: { what: `set ${needs.unset}`, why: `newsloom build needs it: ${needs.path}` } };
  });
}

/** An inactive source has no error but needs attention. */
export function shownState(row: Pick<SourceRow, 'state' | 'quiet' | 'paused' | 'unreached'>): string {
  if (row.paused !== undefined) return 'paused';
  if (row.unreached && (row.state === 'ok' || row.state === 'new')) return 'unreached';
  return row.quiet === null || row.state !== 'ok' ? row.state : 'quiet';
}

function countStates(rows: readonly SourceRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[shownState(row)] = (counts[shownState(row)] ?? 0) + 1;
  return counts;
}

function findLatest(dates: readonly (Date | null)[]): Date | null {
  const known = dates.flatMap((date) => date ?? []);
  return known.length === 0 ? null : new Date(Math.max(...known.map((date) => date.getTime())));
}

const EXAMPLE = /(?:^|\.)example(?:\.(?:com|net|org))?$/;
const HOURS_UNREAD = 24;
/** States of unreadable sources, the most urgent first. */
const FAILED = ['gone', 'dead', 'failing', 'degraded'];

export function chooseNextStep(
  site: Pick<
    SiteOverview,
    'url' | 'sources' | 'states' | 'lost' | 'config' | 'unpublished' | 'waiting' | 'lastReadAt' | 'failingTargets'
  >,
  rows: readonly Pick<SourceRow, 'id' | 'state' | 'movedTo' | 'paused'>[],
  now: Date,
): NextStep {
  const { url, sources, states, waiting, lastReadAt, failingTargets, unpublished } = site;
  const failed = FAILED.filter((state) => states[state] !== undefined);
  const [worst = ''] = failed;
  const named = rows.find(({ state, paused }) => state === worst && paused === undefined)?.id ?? '';
  // If every source failed, another build would only wait.
  const isUnread = lastReadAt === null && (failed.length === 0 || states.new !== undefined);
  const hours = lastReadAt === null ? 0 : Math.round((now.getTime() - lastReadAt.getTime()) / 3_600_000);
  const moved = rows.find(({ movedTo }) => movedTo !== null);
  const healed = rows.find(({ movedTo, state, paused }) => movedTo !== null && state === worst && paused === undefined);
  const remedy = unpublished?.code === null ? 'publishes the rest' : 'run it when the cause is fixed';
  const steps: readonly (readonly [isNeeded: boolean, what: string, why: string])[] = [
    [site.config !== undefined, 'newsloom check', 'the config is rejected'],
    [site.lost, 'newsloom build', 'the store was lost: this restores it from the published files'],
    [unpublished !== null, 'newsloom build', `${remedy}; a worker does this by itself`],
    [waiting > 0, 'newsloom desk queue', `articles waiting for review: ${waiting}`],
    [
      EXAMPLE.test(new URL(url).hostname),
      'edit config/newsloom.yaml',
      'site.url is an example, and article ids use its host',
    ],
    [sources === 0, 'newsloom sources add <address>', 'no sources are configured'],
    [isUnread, 'newsloom build', 'no source has been read yet'],
    [hours >= HOURS_UNREAD, 'newsloom build', `no source was read for ${hours} hours: check the schedule`],
    [states.unreached !== undefined, 'newsloom status', `unreached sources: ${states.unreached}; check the network`],
    [healed !== undefined, `newsloom sources move ${healed?.id}`, `${worst}; its feed is at ${healed?.movedTo}`],
    [worst !== '', 'newsloom status', `${summarizeIds(named, states[worst] ?? 0)}: ${worst}`],
    [
      failingTargets.length > 0,
      'newsloom status',
      `announcements fail: ${summarizeIds(failingTargets[0] ?? '', failingTargets.length)}`,
    ],
    [moved !== undefined, `newsloom sources move ${moved?.id}`, `it has moved permanently to ${moved?.movedTo}`],
    [states.quiet !== undefined, 'newsloom status', `inactive sources: ${states.quiet}`],
  ];
  const [, what, why] = steps.find(([isNeeded]) => isNeeded) ?? [
    true,
    'newsloom preview',
    'no problems found: look at the pages',
  ];
  return { what, why };
}

function summarizeIds(id: string, count: number): string {
  return `${id}${count > 1 ? ` and ${count - 1} more` : ''}`;
}
