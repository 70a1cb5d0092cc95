/** The state of each source, for an editor. Reads the store without a lock. */
import { collectProfiles, sourceTitle } from '../../compose/channel-metadata.js';
import { listProvedHosts, toProvedHost } from '../../identity/site-ownership.js';
import type { SourceStatus } from '../../model/page.js';
import type { Settings } from '../../model/settings.js';
import {
  chooseNewUrl,
  type FetchState,
  isPaused,
  type Source,
  type SourceError,
  type SourceHealth,
} from '../../model/source.js';
import { listFeeds, toFeedKey } from '../../model/source-feeds.js';
import { expandListedSources } from '../../pipeline/read/lists/listed-sources.js';
import { readOutage } from '../../pipeline/read/outage-note.js';
import { computeHubDueTime, resolveState } from '../../politeness/decide-request.js';
import { isInactive } from '../../politeness/health.js';
import { postingGap } from '../../politeness/schedule.js';
import { isReliable } from '../../politeness/subscriptions.js';
import { redactUrl, redactUrls } from '../../text/url/redact-url.js';
import { readStore } from '../open-store.js';

export interface SourceRow extends Omit<SourceStatus, 'error' | 'proposedUrl'> {
  readonly lastSuccessAt: Date | null;
  /** Error of the last attempt; null: it succeeded. */
  readonly error: SourceError | null;
  readonly failures: number;
  /** null: due in the next run. */
  readonly nextAttemptAt: Date | null;
  /** Target of a permanent redirect, or the feed that its site names since this one is gone; null: none. */
  readonly movedTo: string | null;
  /** Host of its home page, which neither names the feed nor is in `sites`; null: none that had to be checked. */
  readonly unprovedSite: string | null;
  /** Time until which a hub pushes changes; null: no hub. */
  readonly hubUntil: Date | null;
  /** Id of the list that contains it; missing: from the config. */
  readonly listedBy?: string;
  /** No longer in its list, and not polled. */
  readonly left?: true;
  /** Its group, and the keys that it sets differently; missing: none. */
  readonly group?: NonNullable<Source['group']>;
  /** Not polled, or not until this day. */
  readonly paused?: true | string;
  /** Not reached since an outage began; missing: no outage, or reached. */
  readonly unreached?: true;
  /** Usual minutes between articles if it is inactive for much longer; otherwise null. */
  readonly quiet: { readonly usualMinutes: number } | null;
}

/** Most urgent first, then by waiting time. Throws StoreError. */
export async function readSiteStatus(settings: Settings, now: Date): Promise<SourceRow[]> {
  const [states, subscriptions, outage] = await readStore(settings.store, (store) =>
    Promise.all([store.fetchStates(), store.subscriptions(), readOutage(store)]),
  );
  const findNewestArticle = (feedId: string) => states.get(feedId)?.newestArticleAt ?? null;
  const leases = new Map(
    (settings.worker.publicUrl === null ? [] : subscriptions).flatMap((one) =>
      isReliable(one, findNewestArticle(one.feedId), now) ? [[one.feedId, one.leaseUntil]] : [],
    ),
  );
  const profiles = collectProfiles(states);
  const { sources, lists = [] } = expandListedSources(settings, states);
  return [...sources, ...lists]
    .flatMap(listFeeds)
    .map((source) => {
      const id = toFeedKey(source);
      const shown = { title: sourceTitle(source, profiles), hubUntil: leases.get(id) ?? null, outage };
      return sourceRow(source, states.get(id) ?? null, shown, now);
    })
    .sort(compareUrgency);
}

function sourceRow(
  source: Source,
  stored: FetchState | null,
  { title, hubUntil, outage }: Pick<SourceRow, 'title' | 'hubUntil'> & { readonly outage: Date | null },
  now: Date,
): SourceRow {
  const state = resolveState(stored, source);
  const target = chooseNewUrl(state);
  const paused = isPaused(source, now);
  const due = computeHubDueTime(state, source, { runEvery: null, isSubscribed: hubUntil !== null });
  return {
    id: toFeedKey(source),
    title,
    state: state.health,
    since: state.healthSince,
    lastSuccessAt: state.lastSuccessAt,
    newestArticleAt: state.newestArticleAt,
    error: state.error === null ? null : { ...state.error, message: redactUrls(state.error.message) },
    failures: state.failures,
    nextAttemptAt: due !== null && due > now ? due : null,
    hubUntil,
    unprovedSite: findUnprovedSite(source, state),
    movedTo: target === null ? null : redactUrl(target),
    ...(source.listedBy !== undefined && { listedBy: source.listedBy }),
    ...(source.delisted && { left: true as const }),
    ...(outage !== null && (state.lastSuccessAt ?? outage) <= outage && { unreached: true as const }),
    ...(source.group !== undefined && { group: source.group }),
    ...(paused && { paused: source.paused! }),
    quiet:
      source.delisted !== true && !paused && isInactive(state, now)
        ? { usualMinutes: Math.round(postingGap(state)) }
        : null,
  };
}

function findUnprovedSite({ sites }: Source, { profile, siteProofs = [] }: FetchState): string | null {
  const host = toProvedHost(profile?.homeUrl ?? '');
  const isRefused = siteProofs.some((proof) => proof.host === host && proof.isProved === false);
  return host !== null && isRefused && !listProvedHosts(sites).includes(host) ? host : null;
}

const URGENCY: Readonly<Record<SourceHealth, number>> = { gone: 0, dead: 1, failing: 2, degraded: 5, new: 6, ok: 7 };

function rankUrgency({ state, quiet, movedTo, paused }: SourceRow): number {
  if (paused !== undefined) return URGENCY.ok;
  return Math.min(URGENCY[state], quiet === null ? 9 : 3, movedTo === null ? 9 : 4);
}

function compareUrgency(a: SourceRow, b: SourceRow): number {
  const waiting = (row: SourceRow) => row.since?.getTime() ?? Number.MAX_SAFE_INTEGER;
  const waited = URGENCY[a.state] < URGENCY.new ? waiting(a) - waiting(b) : 0;
  return rankUrgency(a) - rankUrgency(b) || waited || (a.id < b.id ? -1 : 1);
}
