/** How a section is, in few figures, and what its editor would do next. Reads the store without a lock. */
import type { Settings } from '../../model/settings.js';
import { waitingForReview } from '../../pipeline/organize/hold-for-review.js';
import { type NextIssue, nextIssues } from '../digest-preview.js';
import { readStore } from '../open-store.js';
import { isLostStore } from './lost-store.js';
import { type SourceRow, siteStatus } from './site-status.js';
import { targetStatus } from './target-status.js';
import { type Unpublished, unpublishedIn } from './unpublished.js';

export interface SiteOverview {
  readonly title: string;
  readonly url: string;
  readonly sources: number;
  /** How many of them are in each state, the most urgent first. */
  readonly states: Readonly<Record<string, number>>;
  readonly topics: number;
  readonly articles: number;
  /** How many of them rules drop. */
  readonly dropped: number;
  /** Stories that several publications tell. */
  readonly stories: number;
  readonly newestArticleAt: Date | null;
  /** When a source last answered; null: none was asked. */
  readonly lastReadAt: Date | null;
  /** Published files. */
  readonly files: number;
  /** The store was lost: the next build restores it. */
  readonly lost: boolean;
  /** Why not all is published; null: it is. */
  readonly unpublished: Unpublished | null;
  /** Articles that wait for the editor. */
  readonly waiting: number;
  /** Ids of targets of announcements that take nothing. */
  readonly failingTargets: readonly string[];
  /** When the next issue of each digest closes, in the order of the config. */
  readonly digests: readonly NextIssue[];
  readonly next: NextStep;
}

export interface NextStep {
  /** A command line, or a file to edit. */
  readonly what: string;
  readonly why: string;
}

/** Throws StoreError. */
export async function siteOverview(settings: Settings, now: Date): Promise<SiteOverview> {
  const rows = await siteStatus(settings, now);
  const targets = await targetStatus(settings, now);
  return await readStore(settings.store, async (store) => {
    const lost = await isLostStore(settings);
    const facts = {
      title: settings.site.title,
      url: settings.site.url,
      sources: rows.length,
      states: statesOf(rows),
      topics: settings.topics.length,
      articles: await store.countArticles(),
      dropped: (await store.droppedByRules()).reduce((sum, { articles }) => sum + articles, 0),
      stories: (await store.countStories()).multiSource,
      newestArticleAt: latest(rows.map(({ newestArticleAt }) => newestArticleAt)),
      lastReadAt: latest(rows.map(({ lastSuccessAt }) => lastSuccessAt)),
      files: await store.countPublished(''),
      lost,
      unpublished: await unpublishedIn(store),
      waiting: (await waitingForReview(store)).length,
      failingTargets: targets.flatMap(({ id, failingSince }) => (failingSince === null ? [] : [id])),
      digests: await nextIssues(settings, store, now),
    };
    const next = nextStep(facts, rows, now);
    const [needs] = next.what === 'newsloom build' ? (settings.unset ?? []) : [];
    if (needs === undefined) return { ...facts, next };
    return { ...facts, next: { what: `set ${needs.unset}`, why: `newsloom build needs it: ${needs.path}` } };
  });
}

/** A silent source is fetched without error, but needs an editor's attention all the same. */
export function shownState({ state, quiet }: Pick<SourceRow, 'state' | 'quiet'>): string {
  return quiet === null || state !== 'ok' ? state : 'quiet';
}

function statesOf(rows: readonly SourceRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[shownState(row)] = (counts[shownState(row)] ?? 0) + 1;
  return counts;
}

function latest(dates: readonly (Date | null)[]): Date | null {
  const known = dates.flatMap((date) => date ?? []);
  return known.length === 0 ? null : new Date(Math.max(...known.map((date) => date.getTime())));
}

const EXAMPLE = /(?:^|\.)example(?:\.(?:com|net|org))?$/;
const HOURS_UNREAD = 24;
/** States of sources that could not be read, the most urgent first. */
const FAILED = ['gone', 'dead', 'failing', 'degraded'];

/** What matters most comes first; the rest waits until that is done. */
export function nextStep(
  site: Pick<
    SiteOverview,
    'url' | 'sources' | 'states' | 'lost' | 'unpublished' | 'waiting' | 'lastReadAt' | 'failingTargets'
  >,
  rows: readonly Pick<SourceRow, 'id' | 'state' | 'movedTo'>[],
  now: Date,
): NextStep {
  const { url, sources, states, waiting, lastReadAt, failingTargets, unpublished } = site;
  const failed = FAILED.filter((state) => states[state] !== undefined);
  const [worst = ''] = failed;
  const named = rows.find(({ state }) => state === worst)?.id ?? '';
  // If every source failed, another build would only wait.
  const isUnread = lastReadAt === null && (failed.length === 0 || states.new !== undefined);
  const hours = lastReadAt === null ? 0 : Math.round((now.getTime() - lastReadAt.getTime()) / 3_600_000);
  const moved = rows.find(({ movedTo }) => movedTo !== null);
  const mended = unpublished?.code === null ? 'it publishes the rest' : 'once that is mended';
  const steps: readonly (readonly [isNeeded: boolean, what: string, why: string])[] = [
    [site.lost, 'newsloom build', 'the store was lost: it is restored from what is published'],
    [unpublished !== null, 'newsloom build', `${mended}; a worker goes on by itself`],
    [waiting > 0, 'newsloom desk queue', `articles that wait for you: ${waiting}`],
    [
      EXAMPLE.test(new URL(url).hostname),
      'edit config/newsloom.yaml',
      'site.url is an example, and article ids use its host',
    ],
    [sources === 0, 'newsloom sources add <address>', 'there is nothing to read yet'],
    [isUnread, 'newsloom build', 'no source has been read yet'],
    [hours >= HOURS_UNREAD, 'newsloom build', `nothing was read for ${hours} hours: does the schedule still run?`],
    [worst !== '', 'newsloom status', `${firstOf(named, states[worst] ?? 0)}: ${worst}`],
    [
      failingTargets.length > 0,
      'newsloom status',
      `announcements do not arrive: ${firstOf(failingTargets[0] ?? '', failingTargets.length)}`,
    ],
    [moved !== undefined, 'newsloom status', `${moved?.id} has moved for good: change its url`],
    [states.quiet !== undefined, 'newsloom status', `${states.quiet} fell silent`],
  ];
  const [, what, why] = steps.find(([isNeeded]) => isNeeded) ?? [true, 'newsloom preview', 'all is well: look at it'];
  return { what, why };
}

function firstOf(id: string, count: number): string {
  return `${id}${count > 1 ? ` and ${count - 1} more` : ''}`;
}
