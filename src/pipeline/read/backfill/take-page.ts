/** Stores the items of an older document that are new, dated and old enough. */
import { identify } from '../../../identity/identify.js';
import { matchItems } from '../../../identity/match.js';
import type { Tagging } from '../../facts/tagging.js';
import { type ChangedItemsDeps, readChangedItems, type SourceResponse } from '../changed-items.js';
import { noChanges, toSourceChanges } from '../source-changes.js';
import type { IsOldEnough } from './full-heads.js';

export interface TakePageDeps extends ChangedItemsDeps {
  readonly tagging: Tagging;
  readonly isOldEnough: IsOldEnough;
  /** Lower limit of the article date. */
  readonly since: Date;
  readonly now: Date;
}

export interface TakenPage {
  readonly added: number;
  /** Items already stored. */
  readonly known: number;
  /** Items without a date, which cannot be placed. */
  readonly undated: number;
  /** Items that would displace others in a feed. */
  readonly tooNew: number;
  readonly items: number;
  /** Identifier of each item. */
  readonly names: readonly string[];
  /** Whether half of the dated items are older than `since`. A single one may be pinned. */
  readonly reachedSince: boolean;
  readonly older: string | null;
}

/**
 * Leaves the source state and known articles unchanged. Rejects with `ParseError` and `StoreError`.
 *
 * @param isFeed the document is the feed itself: counts its items without storing them
 */
export async function takePage(
  { source, before: state, answer }: SourceResponse,
  deps: TakePageDeps,
  isFeed: boolean,
): Promise<TakenPage> {
  const { store, now, since } = deps;
  const part = { source, before: state, answer: { ...answer, partial: true } };
  const { document, seen, known, ownership } = await readChangedItems(part, deps);
  const matched = matchItems(seen.items, known, source.id, ownership);
  const dates = seen.items.flatMap(({ draft }) => draft.claimedPublishedAt ?? []);
  const unknown = seen.items.filter((item) => !matched.matches.has(item));
  const dated = unknown.filter(({ draft }) => draft.claimedPublishedAt !== null && draft.claimedPublishedAt < now);
  const wanted = isFeed ? [] : dated.filter(({ draft }) => draft.claimedPublishedAt! >= since);
  const firstRef = await store.reserveRefs(wanted.length);
  const found = identify(
    document,
    { ...seen, items: wanted },
    [],
    { ...matched, matches: new Map() },
    firstRef,
    {
      sourceId: source.id,
      withdrawn: 'keep',
      absence: 'nothing',
      lastRead: state.lastRead,
      guidsUnusable: state.guidsUnusable,
      partial: true,
      ownership,
      isCarriedElsewhere: () => true,
      unchanged: [],
    },
    now,
  );
  // Pages of older articles are not fetched: full archive documents would not show their text.
  const { articlePages: _, ...asked } = source;
  const by = { source: asked, tagger: await deps.tagging.load(), topicsFingerprint: deps.tagging.fingerprint, now };
  const changes = toSourceChanges(found, by);
  const old = await Promise.all(changes.added.map(deps.isOldEnough));
  const added = changes.added.filter((_, i) => old[i]);
  if (added.length > 0) await store.saveFetch(state, { ...noChanges(deps.tagging.fingerprint), added });
  return {
    added: added.length,
    known: seen.items.length - unknown.length,
    undated: unknown.length - dated.length,
    tooNew: changes.added.length - added.length,
    items: document.drafts.length + document.skipped,
    names: document.drafts.map(({ guid, url, title }) => guid ?? url ?? title),
    reachedSince: dates.length > 0 && dates.filter((date) => date < since).length * 2 >= dates.length,
    older: document.older ?? null,
  };
}
