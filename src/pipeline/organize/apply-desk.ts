/** Applies new, changed and removed editor decisions (`desk.yaml`) to stored articles. */

import type { LeadRules } from '../../cluster/lead.js';
import type { ArticleFacts, ArticleRef } from '../../model/article.js';
import type { ArticleEdits, DeskEntry, DeskSettings } from '../../model/desk.js';
import type { Source } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import { toSlug } from '../../text/slug.js';
import { primaryLanguage } from '../../text/stem.js';
import { parseUrl } from '../../text/url/parse-url.js';
import { urlKey } from '../../text/url/url.js';
import { findNewestDate } from '../facts/newest-date.js';
import { readPageFingerprints } from '../facts/page-fingerprints.js';
import { addAll, type ChangedArticles } from './changed-articles.js';
import { holdReviewed, listReviewedSources, releaseUnreviewed } from './hold-for-review.js';
import type { DeskStory } from './move-between-stories.js';

export interface DeskDeps {
  readonly store: Store;
  readonly desk: DeskSettings;
  readonly sources: readonly Pick<Source, 'id' | 'review'>[];
  /** Base address of the published folder, used to recognize page addresses. */
  readonly feedsUrl: string;
  readonly now: Date;
}

const DESK = 'desk';
const DESK_ENTRIES = 'desk.entries';

interface DeskState {
  readonly digest: string;
  /** Missing in stores of older versions. */
  readonly writtenIn?: DeskSettings['writtenIn'];
  readonly reviewed: readonly string[];
  /** Whether entries reference articles that are not stored yet. */
  readonly waiting: boolean;
  /** In file order. */
  readonly pins: readonly ArticleRef[];
  /** The days that end pins; missing: none. */
  readonly pinEnds?: readonly (readonly [ref: ArticleRef, until: string])[];
  readonly leads: readonly ArticleRef[];
  readonly stories: readonly DeskStory[];
}

const NO_STATE: DeskState = { digest: '', reviewed: [], waiting: false, pins: [], leads: [], stories: [] };

async function readDeskState(store: Pick<Store, 'readJson'>): Promise<DeskState> {
  return (await store.readJson<DeskState>(DESK)) ?? NO_STATE;
}

/** Combines preferred sources with the leads of the last application. */
export async function readLeadRules(
  { stories, site }: { readonly stories: Pick<LeadRules, 'prefer'>; readonly site: { readonly language: string } },
  store: Pick<Store, 'readJson'>,
): Promise<LeadRules> {
  const chosen = new Set((await readDeskState(store)).leads);
  return { prefer: stories.prefer, languages: [primaryLanguage(site.language)], chosen };
}

export async function readDeskStories(store: Pick<Store, 'readJson'>): Promise<readonly DeskStory[]> {
  return (await readDeskState(store)).stories;
}

export async function isDeskApplied(store: Pick<Store, 'readJson'>, desk: DeskSettings): Promise<boolean> {
  const state = await readDeskState(store);
  return state.digest === desk.digest || isLost(desk, state);
}

/** Whether the desk file is missing. Its entries stay in force then: a missing file must not lift a takedown. */
function isLost({ writtenIn, digest }: DeskSettings, before: DeskState): boolean {
  const hadEntries = before.digest !== '' && before.digest !== digest;
  return writtenIn === 'nowhere' && before.writtenIn !== 'config' && hadEntries;
}

/** Warning about a missing desk file; null: not missing. */
export async function describeLostDesk(store: Pick<Store, 'readJson'>, desk: DeskSettings): Promise<string | null> {
  if (!isLost(desk, await readDeskState(store))) return null;
  const entries = [...(await readAppliedEntries(store)).keys()].map((text) => JSON.parse(text) as DeskEntry);
  const takedowns = entries.filter(({ takedown }) => takedown === true).length;
  const stays = `its ${entries.length} entries stay in force (takedowns: ${takedowns})`;
  return `${desk.file} is missing: ${stays}; restore the file, or create it with [] to lift them`;
}

async function readAppliedDesk(store: Store, desk: DeskSettings, before: DeskState): Promise<DeskSettings> {
  const texts = [...(await readAppliedEntries(store)).keys()];
  const entries = texts.map((text) => ({ ...(JSON.parse(text) as DeskEntry), line: 0 }));
  return { ...desk, entries, digest: before.digest, writtenIn: 'file' };
}

/** A pin ends with the date of the newest article (ISO 8601), so that time alone changes nothing. */
export function isPinEnded(until: string, newest: string): boolean {
  return newest >= until;
}

/** Without those that ended. */
export async function readPinnedArticles(
  store: Pick<Store, 'readJson' | 'neighbours'>,
): Promise<readonly ArticleRef[]> {
  const { pins, pinEnds = [] } = await readDeskState(store);
  if (pinEnds.length === 0) return pins;
  const newest = (await findNewestDate(store))?.toISOString() ?? '';
  const ended = new Set(pinEnds.flatMap(([ref, until]) => (isPinEnded(until, newest) ? ref : [])));
  return pins.filter((ref) => !ended.has(ref));
}

/** An entry and its article; null: not stored yet. */
type AppliedEntry = readonly [entry: string, ref: ArticleRef | null];

/**
 * Requires article ids and applied rules. Entries of a missing file stay in force. Articles of reviewed sources are
 * held unless an entry approves them. Resolves with warnings.
 */
export async function applyDesk(deps: DeskDeps, changed: ChangedArticles): Promise<readonly string[]> {
  const { store, sources } = deps;
  const before = await readDeskState(store);
  const lost = await describeLostDesk(store, deps.desk);
  const warnings = lost === null ? [] : [lost];
  const desk = lost === null ? deps.desk : await readAppliedDesk(store, deps.desk, before);
  const known = new Set<string>(sources.map(({ id }) => id));
  // Articles that were held when their source left the config stay held.
  const left = before.reviewed.filter((id) => !known.has(id));
  const reviewed = [...new Set([...listReviewedSources(sources), ...left])].sort();
  const isReviewSame = reviewed.join() === before.reviewed.join();
  if (!isReviewSame) addAll(changed.visibility, await releaseUnreviewed(store, reviewed));
  const isSame = desk.digest === before.digest || (before.digest === '' && desk.entries.length === 0);
  if (isSame && !(before.waiting && (await store.unplaced(1)).length > 0)) {
    if (!isReviewSame) await saveState(store, { ...before, reviewed }, before);
    return warnings;
  }
  return [...warnings, ...(await applyEntries({ ...deps, desk }, before, reviewed, changed))];
}

async function applyEntries(
  deps: DeskDeps,
  before: DeskState,
  reviewed: readonly string[],
  changed: ChangedArticles,
): Promise<readonly string[]> {
  const { store, desk } = deps;
  const applied = await readAppliedEntries(store);
  const found = await findEntries(deps, applied);
  const { entries, warnings } = mapEntries(found, desk);
  await applyEdits(selectTouched(found, applied), entries, deps, changed);
  addAll(changed.visibility, await holdReviewed(await findUnapproved(applied, entries, store), reviewed, deps));
  const { stories, missing, refused } = await chooseStories(entries, deps);
  const selectRefs = (key: 'pin' | 'lead') => [...entries].flatMap(([ref, entry]) => (entry[key] ? ref : []));
  const pinEnds = [...entries].flatMap(([ref, { pin }]) =>
    typeof pin === 'object' ? [[ref, pin.until] as const] : [],
  );
  const waiting = missing.length > 0 || found.some(({ ref }) => ref === null);
  const { digest, writtenIn } = desk;
  const lists = { pins: selectRefs('pin'), ...(pinEnds.length > 0 && { pinEnds }), leads: selectRefs('lead'), stories };
  const state = { digest, writtenIn, reviewed, waiting, ...lists };
  await store.saveMeta(DESK_ENTRIES, JSON.stringify(found.map(({ text, ref }): AppliedEntry => [text, ref])));
  await saveState(store, state, before);
  const fresh = found.filter(({ text }) => !applied.has(text));
  const freshEntries = new Set(fresh.map(({ entry }) => entry));
  return [
    ...warnings,
    ...(digest === before.digest ? [] : refused),
    ...fresh.filter(({ ref }) => ref === null).map(({ entry }) => warnWaiting(entry, entry.article, desk)),
    ...missing
      .filter(({ entry }) => freshEntries.has(entry))
      .map(({ entry, other }) => warnWaiting(entry, other, desk)),
  ];
}

async function saveState(store: Store, state: DeskState, before: DeskState): Promise<void> {
  if (state.leads.join() !== before.leads.join()) await renewStories(store, [...state.leads, ...before.leads]);
  await store.saveMeta(DESK, JSON.stringify(state));
}

/** Marks the story feed for rewriting when the lead of a story changes. */
async function renewStories(store: Store, refs: readonly ArticleRef[]): Promise<void> {
  const stories = await store.stories([...new Set((await store.findStoryRefs(refs)).values())]);
  await store.saveStories({ stories, merged: [], terms: [], clusteredUpTo: 0, closedBefore: 0 });
}

async function readAppliedEntries(store: Pick<Store, 'readJson'>): Promise<ReadonlyMap<string, ArticleRef | null>> {
  return new Map(await store.readJson<AppliedEntry[]>(DESK_ENTRIES));
}

interface FoundEntry {
  readonly entry: DeskEntry;
  /** Without the line number, which may change in the file. */
  readonly text: string;
  readonly ref: ArticleRef | null;
}

async function findEntries(
  { store, desk, feedsUrl }: DeskDeps,
  known: ReadonlyMap<string, ArticleRef | null>,
): Promise<FoundEntry[]> {
  const entries = desk.entries.map((entry) => {
    const { line: _, ...written } = entry;
    const text = JSON.stringify(written);
    return { entry, text, ref: known.get(text) ?? null };
  });
  const names = entries.filter(({ ref }) => ref === null).map(({ entry }) => entry.article);
  const refs = await findArticles(store, names, feedsUrl);
  return entries.map((one) => ({ ...one, ref: one.ref ?? refs.get(one.entry.article) ?? null }));
}

type ArticleNames = Pick<Store, 'findRefs' | 'publishedFiles' | 'articles' | 'hiddenRefs' | 'unplaced'>;

/** Finds articles by id, by any of their addresses, or by the address of their page on any host (previews, copies). */
export async function findArticles(
  store: ArticleNames,
  names: readonly string[],
  feedsUrl: string,
): Promise<ReadonlyMap<string, ArticleRef>> {
  const refs = await store.findRefs([...new Set(names.flatMap((name) => [name, urlKey(name)]))]);
  const known = (name: string) => refs.get(name) ?? refs.get(urlKey(name));
  const hasPages = names.some((name) => known(name) === undefined && pagePath(name, feedsUrl) !== null);
  const byPath: ReadonlyMap<string, ArticleRef> = hasPages ? await readPageRefs(store) : new Map();
  return new Map(
    names.flatMap((name) => {
      const ref = known(name) ?? byPath.get(pagePath(name, feedsUrl) ?? '');
      return ref === undefined ? [] : [[name, ref] as const];
    }),
  );
}

/** null: not the path of an article page. */
function pagePath(name: string, feedsUrl: string): string | null {
  const { pathname } = parseUrl(name, feedsUrl) ?? { pathname: '' };
  return /(?:^|\/)(articles\/[^/]+\.html)$/.exec(pathname)?.[1] ?? null;
}

/** Includes hidden articles without a page reference, and new ones with pages from a lost store. */
async function readPageRefs(store: ArticleNames): Promise<ReadonlyMap<string, ArticleRef>> {
  const files = await store.publishedFiles({ inside: 'articles/', after: 'articles/', limit: Number.MAX_SAFE_INTEGER });
  const hidden = await store.articles([...(await store.hiddenRefs('desk')), ...(await store.hiddenRefs('takedown'))]);
  const coming = await store.unplaced(Number.MAX_SAFE_INTEGER);
  return new Map([
    ...[...readPageFingerprints(files).values()].map(({ path, ref }) => [path, ref] as const),
    ...[...hidden, ...coming].map(({ id, ref }) => [`articles/${toSlug(id)}.html`, ref] as const),
  ]);
}

/** Maps articles to entries. The first entry for an article counts. */
function mapEntries(found: readonly FoundEntry[], { file }: DeskSettings) {
  const entries = new Map<ArticleRef, DeskEntry>();
  const warnings: string[] = [];
  for (const { entry, ref } of found) {
    const first = ref === null ? undefined : entries.get(ref);
    if (first !== undefined) {
      const both = `${first.article} (line ${first.line}) and ${entry.article} are the same article`;
      warnings.push(`${file}:${entry.line}: ${both}: the first entry counts; merge the two entries`);
    } else if (ref !== null) entries.set(ref, entry);
  }
  return { entries, warnings };
}

function warnWaiting({ line }: DeskEntry, name: string, { file }: DeskSettings): string {
  return `${file}:${line}: unknown article ${name}: the entry applies when the article arrives; check the address`;
}

/** `missing`: entries that reference an unknown article; `refused`: warnings about contradictory entries. */
async function chooseStories(entries: ReadonlyMap<ArticleRef, DeskEntry>, { store, feedsUrl, desk }: DeskDeps) {
  const wishes = [...entries].flatMap(([ref, entry]) => {
    const { with: joined, apart } = entry.story ?? {};
    const how = joined === undefined ? ('apart' as const) : ('with' as const);
    const name = joined ?? apart;
    return name === undefined ? [] : [{ ref, entry, how, name }];
  });
  const refs = await findArticles(store, wishes.map(({ name }) => name), feedsUrl); // biome-ignore format: one call
  const stories: DeskStory[] = [];
  const missing: { readonly entry: DeskEntry; readonly other: string }[] = [];
  const refused: string[] = [];
  const known = new StoryRequests();
  for (const { ref, entry, how, name } of wishes) {
    const other = refs.get(name);
    if (other === undefined) missing.push({ entry, other: name });
    else if (other !== ref) {
      const line = known.add({ ref, how, other }, entry.line);
      if (line === null) stories.push({ ref, how, other });
      else refused.push(`${desk.file}:${entry.line}: contradicts "story" in line ${line}: the first entry counts; remove one of them`); // biome-ignore format: one message
    }
  }
  return { stories, missing, refused };
}

/** Requests that do not contradict each other, in file order. */
class StoryRequests {
  readonly #joined = new Map<ArticleRef, { readonly into: ArticleRef; readonly line: number }>();
  readonly #parted: { readonly refs: readonly ArticleRef[]; readonly line: number }[] = [];

  /** Returns the line of an earlier request that contradicts this one; null: added. */
  add({ ref, how, other }: DeskStory, line: number): number | null {
    const [own, others] = [this.#findGroup(ref), this.#findGroup(other)];
    if (how === 'apart') {
      if (own.group === others.group) return Math.max(own.line, others.line);
      this.#parted.push({ refs: [ref, other], line });
      return null;
    }
    if (own.group === others.group) return null;
    const against = this.#parted.find(({ refs }) => {
      const groups = refs.map((one) => this.#findGroup(one).group);
      return groups.includes(own.group) && groups.includes(others.group);
    });
    if (against === undefined) this.#joined.set(own.group, { into: others.group, line });
    return against?.line ?? null;
  }

  /** Returns the representative of a group of joined articles, and the last line on the path to it. */
  #findGroup(ref: ArticleRef, line = 0): { readonly group: ArticleRef; readonly line: number } {
    const next = this.#joined.get(ref);
    return next === undefined ? { group: ref, line } : this.#findGroup(next.into, Math.max(line, next.line));
  }
}

function selectTouched(found: readonly FoundEntry[], known: ReadonlyMap<string, ArticleRef | null>): Set<ArticleRef> {
  const there = new Set(found.map(({ text }) => text));
  const gone = [...known].filter(([text]) => !there.has(text)).map(([, ref]) => ref);
  const fresh = found.filter(({ text, ref }) => (known.get(text) ?? null) !== ref).map(({ ref }) => ref);
  return new Set([...gone, ...fresh].filter((ref) => ref !== null));
}

/** Reviewed sources and approved articles as of the last application. */
export async function readAppliedReviews(store: Pick<Store, 'readJson'>) {
  const { reviewed } = await readDeskState(store);
  const applied = [...(await readAppliedEntries(store))];
  const approved = new Set(applied.flatMap(([text, ref]) => (ref !== null && wasApproved(text) ? ref : [])));
  return { reviewed, approved };
}

function wasApproved(text: string): boolean {
  return (JSON.parse(text) as DeskEntry).approve === true;
}

async function findUnapproved(
  applied: ReadonlyMap<string, ArticleRef | null>,
  entries: ReadonlyMap<ArticleRef, DeskEntry>,
  store: Store,
): Promise<readonly ArticleFacts[]> {
  const refs = [...applied].flatMap(([text, ref]) =>
    ref !== null && entries.get(ref)?.approve !== true && wasApproved(text) ? ref : [],
  );
  return refs.length === 0 ? [] : await store.articleFacts(refs);
}

async function applyEdits(
  touched: ReadonlySet<ArticleRef>,
  entries: ReadonlyMap<ArticleRef, DeskEntry>,
  { store, now }: DeskDeps,
  { visibility }: ChangedArticles,
): Promise<void> {
  const refs = [...touched].sort((a, b) => a - b);
  const select = (key: 'hide' | 'takedown' | 'approve') => refs.filter((ref) => entries.get(ref)?.[key] === true);
  for (const [key, by] of [
    ['hide', 'desk'],
    ['takedown', 'takedown'],
  ] as const) {
    const wanted = new Set(select(key));
    addAll(visibility, await store.setHidden([...wanted], { by }, now));
    addAll(
      visibility,
      await store.unsetHidden(
        refs.filter((ref) => !wanted.has(ref)),
        by,
      ),
    );
  }
  addAll(visibility, await store.unsetHidden(select('approve'), 'review'));
  await store.saveEdits(refs.map((ref) => ({ ref, edits: toEdits(entries.get(ref)) })));
}

/** null: no edits. */
function toEdits(entry: DeskEntry | undefined): ArticleEdits | null {
  if (entry === undefined || entry.takedown === true) return null;
  const { title, summary, remark, image, topics = [] } = entry;
  const signed = (sign: string) => topics.flatMap((topic) => (topic.startsWith(sign) ? topic.slice(1) : []));
  if ([title, summary, remark, image, topics[0]].every((one) => one === undefined)) return null;
  return {
    title: title ?? null,
    summary: summary ?? null,
    image: image ?? null,
    ...(remark !== undefined && { remark }),
    addedTopics: signed('+'),
    removedTopics: signed('-'),
  };
}
