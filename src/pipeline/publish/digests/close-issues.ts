/** Closes due digest issues and removes content from closed ones that must no longer be shown. */

import type { LeadRules } from '../../../cluster/lead.js';
import { selectLead } from '../../../cluster/lead.js';
import { type ClockOffset, findLastBoundary, findNextBoundary, toLocalDate } from '../../../compose/digest-boundary.js';
import { createEntries, type EntryFactory } from '../../../compose/entry.js';
import { fitItems, issueItem } from '../../../compose/issue-item.js';
import { compareDigestStories } from '../../../compose/rank-stories.js';
import type { EditionSettings } from '../../../compose/settings.js';
import type { Article, ArticleRef } from '../../../model/article.js';
import { isShown } from '../../../model/desk.js';
import type { DigestSettings, Issue, IssueItem, IssueLink, ReadIntroduction } from '../../../model/digest.js';
import { parseDateKey, toDateKey } from '../../../model/order.js';
import { findOffset, type TimeZone } from '../../../model/page.js';
import { countPublications, toPublicationKey, toReport } from '../../../model/publications.js';
import type { StoryRecord } from '../../../model/story.js';
import { CANDIDATES_EACH, takeTurns } from '../../../model/take-turns.js';
import type { Store } from '../../../ports/store/store.js';
import type { IssueWriter } from '../../../write/digest/issue-writer.js';
import { findNewestDate } from '../../facts/newest-date.js';
import { readPinnedArticles } from '../../organize/apply-desk.js';
import { type DigestState, readDigestState, readIssueRows, saveDigestState, saveIssues } from './digest-notes.js';
import { listLicences, reviseIssues } from './revise-issues.js';

export interface DigestDeps {
  readonly store: Store;
  readonly settings: EditionSettings;
  readonly leads: LeadRules;
  readonly zone: TimeZone;
  readonly readIntroduction?: ReadIntroduction | undefined;
  writer(): Promise<IssueWriter>;
}

/**
 * Requires placed articles. Uses the date of the newest article as the clock, so that a run without news closes
 * nothing. A new digest starts with the current period.
 */
export async function closeIssues(deps: DigestDeps): Promise<void> {
  const { store, settings } = deps;
  const digests = settings.digests ?? [];
  if (digests.length === 0) return;
  const newest = await findNewestDate(store);
  if (newest === null) return;
  const dirty = await store.dirty();
  const gone = dirty.some(({ takedown }) => takedown) ? await store.unpublishedIds() : null;
  for (const digest of digests) {
    const before = await readDigestState(store, digest.id);
    const state = before ?? (await createDigestState(digest, newest, deps));
    const revised = before === null ? state : await reviseIssues(digest, state, gone, deps);
    const after = await closeAll(digest, revised, newest, deps);
    if (JSON.stringify(after) !== JSON.stringify(before)) await saveDigestState(store, digest.id, after);
  }
}

async function createDigestState(
  { every }: DigestSettings,
  newest: Date,
  { store, settings, zone }: DigestDeps,
): Promise<DigestState> {
  return {
    closedAt: findLastBoundary(every, newest, toClockOffset(zone)).getTime(),
    upTo: await store.clusteredUpTo(),
    revision: 0,
    issuedAt: null,
    rights: listLicences(settings),
  };
}

function toClockOffset(zone: TimeZone): ClockOffset {
  return (at) => findOffset(zone, at);
}

async function closeAll(
  digest: DigestSettings,
  begun: DigestState,
  newest: Date,
  deps: DigestDeps,
): Promise<DigestState> {
  let state = begun;
  for (;;) {
    const from = new Date(state.closedAt);
    const closedAt = findNextBoundary(digest.every, from, toClockOffset(deps.zone));
    if (newest.getTime() <= closedAt.getTime()) return state;
    const refs = await findPeriodArticles(digest, { from, to: closedAt, upTo: state.upTo }, deps.store);
    const isClosed = refs.length > 0 && (await close(digest, closedAt, refs, deps));
    const issued = isClosed ? { revision: state.revision + 1, issuedAt: closedAt.getTime() } : {};
    state = { ...state, closedAt: closedAt.getTime(), upTo: await deps.store.clusteredUpTo(), ...issued };
  }
}

/** `upTo`: articles with greater refs arrived after the last issue closed. */
interface Period {
  readonly from: Date;
  readonly to: Date;
  readonly upTo: ArticleRef;
}

/** Newest first, with late arrivals of the previous period, such as those of a source that is polled daily. */
async function findPeriodArticles(
  { of }: DigestSettings,
  { from, to, upTo }: Period,
  store: Store,
): Promise<ArticleRef[]> {
  const earliest = from.getTime() - (to.getTime() - from.getTime());
  const found: ArticleRef[] = [];
  for (let order = toDateKey(to); ; ) {
    const rows = await store.neighbours(of, order, 'older', ROWS);
    for (const row of rows) {
      const published = parseDateKey(row.order).getTime();
      if (published <= earliest) return found;
      if (published > from.getTime() || row.ref > upTo) found.push(row.ref);
    }
    if (rows.length < ROWS) return found;
    order = rows.at(-1)!.order;
  }
}

const ROWS = 1000;

async function close(
  digest: DigestSettings,
  closedAt: Date,
  refs: readonly ArticleRef[],
  deps: DigestDeps,
): Promise<boolean> {
  const issue = await composeIssue(digest, closedAt, refs, deps);
  if (issue === null) return false;
  const content = (await deps.writer()).content(issue);
  await saveIssues(deps.store, digest.id, [{ ...issue, content }]);
  return true;
}

/** null: empty. */
async function composeIssue(
  digest: DigestSettings,
  closedAt: Date,
  refs: readonly ArticleRef[],
  deps: DigestDeps,
): Promise<Issue | null> {
  const { store, settings } = deps;
  const most = digest.perSource === undefined ? digest.items : CANDIDATES_EACH * digest.items;
  const ranked =
    digest.by === 'newest'
      ? await composeNewestItems(refs, most, createEntries(settings), store)
      : await composeStoryItems(refs, most, closedAt, deps);
  const found = limitSources(await putPinsFirst(ranked, refs, deps), digest);
  if (found.length === 0) return null;
  const writer = await deps.writer();
  const rows = await readIssueRows(store, digest.id);
  const same = rows.find((row) => row.closedAt.getTime() === closedAt.getTime());
  const number = same?.number ?? (rows.at(-1)?.number ?? 0) + 1;
  const words = { path: `digests/${digest.id}`, title: digest.title };
  const day = toLocalDate(closedAt, toClockOffset(deps.zone));
  const introduction = digest.introduction && (await deps.readIntroduction?.(digest, day));
  const frame = { number, closedAt, title: writer.heading(words, closedAt), ...(introduction && { introduction }) };
  const measureItems = (items: readonly IssueItem[]) =>
    Buffer.byteLength(writer.mail(words, { ...frame, items }), 'utf8');
  return { ...frame, items: fitItems(found, measureItems) };
}

/** In the order of the desk. A pinned report takes its story along. */
async function putPinsFirst(
  ranked: readonly IssueItem[],
  refs: readonly ArticleRef[],
  { store, settings }: DigestDeps,
): Promise<readonly IssueItem[]> {
  const pins = (await readPinnedArticles(store)).filter((ref) => refs.includes(ref));
  if (pins.length === 0) return ranked;
  const entryOf = createEntries(settings);
  const pinned = (await store.visibleArticles(pins)).filter(isShown).map((article) => {
    const isOf = ({ id }: IssueLink) => id === article.id;
    const item = ranked.find((one) => isOf(one) || one.others.some(isOf));
    return item ?? issueItem(entryOf(article), article.sourceId, []);
  });
  return [...new Set([...pinned, ...ranked])];
}

function limitSources(items: readonly IssueItem[], { items: most, perSource = most }: DigestSettings): IssueItem[] {
  const isWithin = ({ sourceId }: IssueItem, at: number) =>
    items.slice(0, at).filter((one) => one.sourceId === sourceId).length < perSource;
  return items.filter(isWithin).slice(0, most);
}

/** The earliest closing time of the next issue. `now`: used if nothing is stored yet. */
export async function findNextClosing(
  digest: DigestSettings,
  now: Date,
  { store, zone }: Pick<DigestDeps, 'store' | 'zone'>,
): Promise<Date> {
  const state = await readDigestState(store, digest.id);
  const from = state === null ? ((await findNewestDate(store)) ?? now) : new Date(state.closedAt);
  return findNextBoundary(digest.every, from, toClockOffset(zone));
}

/** Previews the next issue as if it closed now. Stores nothing. */
export async function previewIssue(
  digest: DigestSettings,
  now: Date,
  deps: DigestDeps,
): Promise<{ readonly closesAt: Date; readonly issue: Issue | null }> {
  const { store } = deps;
  const closesAt = await findNextClosing(digest, now, deps);
  const newest = await findNewestDate(store);
  if (newest === null) return { closesAt, issue: null };
  const known = await readDigestState(store, digest.id);
  const { closedAt, upTo } = known ?? (await createDigestState(digest, newest, deps));
  const refs = await findPeriodArticles(digest, { from: new Date(closedAt), to: closesAt, upTo }, store);
  return { closesAt, issue: refs.length === 0 ? null : await composeIssue(digest, closesAt, refs, deps) };
}

async function composeNewestItems(
  refs: readonly ArticleRef[],
  most: number,
  entryOf: EntryFactory,
  store: Store,
): Promise<IssueItem[]> {
  // All of the period: a limit would let the newest articles of one source push out all others.
  const facts = (await store.articleFacts(refs)).filter(isShown);
  const chosen = takeTurns(facts, 2 * most).map(({ ref }) => ref);
  const articles = (await store.visibleArticles(chosen)).filter(isShown);
  return takeTurns(articles, most).map((article) => issueItem(entryOf(article), article.sourceId, []));
}

/** First stories with news in this period and several publications by its end, then single reports, newest first. */
async function composeStoryItems(
  refs: readonly ArticleRef[],
  most: number,
  closedAt: Date,
  { store, settings, leads }: DigestDeps,
): Promise<IssueItem[]> {
  const entryOf = createEntries(settings);
  const here = new Set(refs);
  const storyOf = await store.findStoryRefs(refs);
  const several = await store.filterMultiSource([...new Set(storyOf.values())]);
  const period = { here, until: closedAt.getTime() };
  const stories = (await store.stories([...several])).flatMap(
    (record) => selectPeriodStory(record, period, leads) ?? [],
  );
  // Two sources may be one publication.
  const likely = stories.sort(compareDigestStories).slice(0, 2 * most);
  const articles = await loadByRef(
    store,
    likely.flatMap(({ members }) => members),
  );
  const told = likely.flatMap(({ id, lead, members, lastAt }) => {
    const all = members.flatMap((ref) => articles.get(ref) ?? []);
    // If the lead was withdrawn, uses another article of this period: earlier ones were in an issue already.
    const first = articles.get(lead) ?? all.find(({ ref }) => here.has(ref));
    if (first === undefined) return [];
    const counted = countPublications([first, ...all].map(toReport));
    const publications = counted.size;
    return publications < 2 ? [] : [{ id, first, all, counted, publications, lastAt }];
  });
  const top = told.sort(compareDigestStories).slice(0, most);
  const items = top.map(({ first, all, counted }) => {
    const named = all.filter(
      (one) => one.ref !== first.ref && counted.has(toPublicationKey(toReport(one).publication)),
    );
    const others = named.map(entryOf);
    return issueItem(entryOf(first), first.sourceId, others);
  });
  const shown = new Set(top.flatMap(({ first }) => storyOf.get(first.ref) ?? []));
  const rest = selectOnePerStory(refs, storyOf, shown);
  return [...items, ...(await composeNewestItems(rest, most - items.length, entryOf, store))];
}

/** Led by an article of the period. null: only one source, or no news. */
function selectPeriodStory(
  { id, members }: StoryRecord,
  { here, until }: { readonly here: ReadonlySet<ArticleRef>; readonly until: number },
  leads: LeadRules,
) {
  const reports = members.filter(({ role, publishedAt }) => role === 'member' && publishedAt <= until);
  const fresh = reports.filter(({ article }) => here.has(article));
  const sources = new Set(reports.map(({ sourceId }) => sourceId)).size;
  if (sources < 2 || fresh.length === 0) return null;
  return {
    id,
    lead: selectLead(fresh, leads).article,
    members: reports.map(({ article }) => article),
    publications: sources,
    lastAt: Math.max(...fresh.map(({ publishedAt }) => publishedAt)),
  };
}

function selectOnePerStory(
  refs: readonly ArticleRef[],
  storyOf: ReadonlyMap<ArticleRef, number>,
  shown: ReadonlySet<number>,
): ArticleRef[] {
  const seen = new Set(shown);
  return refs.filter((ref) => {
    const story = storyOf.get(ref);
    if (story === undefined) return true;
    const isNew = !seen.has(story);
    seen.add(story);
    return isNew;
  });
}

async function loadByRef(store: Store, refs: readonly ArticleRef[]): Promise<Map<ArticleRef, Article>> {
  const articles = (await store.visibleArticles(refs)).filter(isShown);
  return new Map(articles.map((article) => [article.ref, article]));
}
