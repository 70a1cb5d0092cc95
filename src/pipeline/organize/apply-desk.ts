/** Applies what the editor decided about single articles (`desk.yaml`) to the store: only where a decision is new, changed or gone. */
import type { ArticleFacts, ArticleRef } from '../../model/article.js';
import type { ArticleEdits, DeskEntry, DeskSettings } from '../../model/desk.js';
import type { Source } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import { slugOf } from '../../text/slug.js';
import { parseUrl } from '../../text/url/parse-url.js';
import { urlKey } from '../../text/url/url.js';
import type { LeadRules } from '../facts/multi-source-stories.js';
import { pageFingerprints } from '../facts/page-fingerprints.js';
import type { DeskStory } from './desk-stories.js';
import { holdReviewed, releaseUnreviewed, sourcesOnHold } from './review-queue.js';

export interface DeskDeps {
  readonly store: Store;
  readonly desk: DeskSettings;
  readonly sources: readonly Pick<Source, 'id' | 'review'>[];
  /** Base address of the published folder, to recognise the addresses of pages. */
  readonly feedsUrl: string;
  readonly now: Date;
}

export interface AppliedDesk {
  /** Articles that readers see or no longer see. */
  readonly visibilityChanged: readonly ArticleRef[];
  /** Articles whose stories the editor chose, in the order of the file. */
  readonly stories: readonly DeskStory[];
  readonly warnings: readonly string[];
}

/** Meta key of what every run must know of the last application. */
const DESK = 'desk';
/** Meta key of the entries as they were applied last. */
const DESK_ENTRIES = 'desk.entries';

interface DeskState {
  readonly digest: string;
  /** Missing in stores of older versions. */
  readonly writtenIn?: DeskSettings['writtenIn'];
  /** Ids of the sources that are reviewed. */
  readonly reviewed: readonly string[];
  /** Whether entries wait for their article. */
  readonly waiting: boolean;
  /** Pinned articles, in the order of the file. */
  readonly pins: readonly ArticleRef[];
  /** Articles that lead their stories. */
  readonly leads: readonly ArticleRef[];
  readonly stories: readonly DeskStory[];
}

const NO_STATE: DeskState = { digest: '', reviewed: [], waiting: false, pins: [], leads: [], stories: [] };

async function readDeskState(store: Pick<Store, 'note'>): Promise<DeskState> {
  return ((await store.note(DESK, isDeskState)) as DeskState | null) ?? NO_STATE;
}

function isDeskState(value: unknown): boolean {
  const { reviewed, pins, leads, stories } = value as Partial<DeskState>;
  return [reviewed, pins, leads, stories].every(Array.isArray);
}

/** What the store notes of the desk; STORE_CORRUPT where it is not what was written. */
export async function checkDeskNotes(store: Pick<Store, 'note'>): Promise<void> {
  await Promise.all([readDeskState(store), appliedEntries(store)]);
}

/** By the editor's choice of articles and of sources. */
export async function leadRules({ prefer }: Pick<LeadRules, 'prefer'>, store: Pick<Store, 'note'>): Promise<LeadRules> {
  return { prefer, chosen: new Set((await readDeskState(store)).leads) };
}

/** Whether the last run applied the entries as they are now. */
export async function isDeskApplied(store: Pick<Store, 'note'>, desk: DeskSettings): Promise<boolean> {
  const state = await readDeskState(store);
  return state.digest === desk.digest || isLost(desk, state);
}

/** Whether its file is gone, and what was decided there stays: that nobody can read it lifts no takedown. */
function isLost({ writtenIn, digest }: DeskSettings, before: DeskState): boolean {
  const hadEntries = before.digest !== '' && before.digest !== digest;
  return writtenIn === 'nowhere' && before.writtenIn !== 'config' && hadEntries;
}

/** What to do about a desk whose file is gone; null: it is not. */
export async function lostDesk(store: Pick<Store, 'note'>, desk: DeskSettings): Promise<string | null> {
  if (!isLost(desk, await readDeskState(store))) return null;
  const entries = [...(await appliedEntries(store)).keys()].map((text) => JSON.parse(text) as DeskEntry);
  const takedowns = entries.filter(({ takedown }) => takedown === true).length;
  const stays = `what its ${entries.length} entries say stays in force (takedowns: ${takedowns})`;
  return `${desk.file} is gone: ${stays}; put it back, or write [] into it where they are to be lifted`;
}

/** Of a lost file: as it was applied last. */
async function inForce(store: Store, desk: DeskSettings, before: DeskState): Promise<DeskSettings> {
  const texts = [...(await appliedEntries(store)).keys()];
  const entries = texts.map((text) => ({ ...(JSON.parse(text) as DeskEntry), line: 0 }));
  return { ...desk, entries, digest: before.digest, writtenIn: 'file' };
}

/** In the order of the file. */
export async function pinnedArticles(store: Pick<Store, 'note'>): Promise<readonly ArticleRef[]> {
  return (await readDeskState(store)).pins;
}

/** An entry, and the article that it was applied to; null: it waits for one. */
type AppliedEntry = readonly [entry: string, ref: ArticleRef | null];

/** `news`: whether there may be articles that an entry waits for. */
export async function applyDesk(deps: DeskDeps, news: boolean): Promise<AppliedDesk> {
  const { store, sources } = deps;
  const before = await readDeskState(store);
  const lost = await lostDesk(store, deps.desk);
  const gone = lost === null ? [] : [lost];
  const desk = lost === null ? deps.desk : await inForce(store, deps.desk, before);
  const known = new Set<string>(sources.map(({ id }) => id));
  // What waited as its source left the config waits on.
  const left = before.reviewed.filter((id) => !known.has(id));
  const reviewed = [...new Set([...sourcesOnHold(sources), ...left])].sort();
  const released = reviewed.join() === before.reviewed.join() ? [] : await releaseUnreviewed(store, reviewed);
  const same = desk.digest === before.digest || (before.digest === '' && desk.entries.length === 0);
  if (same && !(before.waiting && news)) {
    if (reviewed.join() !== before.reviewed.join()) await saveState(store, { ...before, reviewed }, before);
    return { visibilityChanged: released, stories: before.stories, warnings: gone };
  }
  const applied = await appliedEntries(store);
  const found = await articlesOf({ ...deps, desk }, applied);
  const { entryOf, warnings } = oneEach(found, desk);
  const touched = touchedBy(found, applied);
  const visibilityChanged = await apply(touched, entryOf, deps);
  visibilityChanged.push(...(await holdReviewed(await unapproved(applied, entryOf, store), reviewed, deps)));
  const { stories, missing, refused } = await chosenStories(entryOf, deps);
  const refsWith = (key: 'pin' | 'lead') => [...entryOf].flatMap(([ref, entry]) => (entry[key] === true ? ref : []));
  const waiting = missing.length > 0 || found.some(({ ref }) => ref === null);
  const { digest, writtenIn } = desk;
  const state = { digest, writtenIn, reviewed, waiting, pins: refsWith('pin'), leads: refsWith('lead'), stories };
  await store.saveMeta(DESK_ENTRIES, JSON.stringify(found.map(({ text, ref }): AppliedEntry => [text, ref])));
  await saveState(store, state, before);
  const isNew = ({ text }: FoundEntry) => !applied.has(text);
  const unknown = found
    .filter((one) => one.ref === null && isNew(one))
    .map(({ entry }) => waits(entry, entry.article, desk));
  const fresh = new Set(found.filter(isNew).map(({ entry }) => entry));
  const others = missing.filter(({ entry }) => fresh.has(entry)).map(({ entry, other }) => waits(entry, other, desk));
  return {
    visibilityChanged: [...released, ...visibilityChanged],
    stories,
    warnings: [...gone, ...warnings, ...(digest === before.digest ? [] : refused), ...unknown, ...others],
  };
}

async function saveState(store: Store, state: DeskState, before: DeskState): Promise<void> {
  if (state.leads.join() !== before.leads.join()) await renewStories(store, [...state.leads, ...before.leads]);
  await store.saveMeta(DESK, JSON.stringify(state));
}

/** Marks the feed of stories that a chosen article leads, or no longer does. */
async function renewStories(store: Store, refs: readonly ArticleRef[]): Promise<void> {
  const stories = await store.stories([...new Set((await store.storiesOf(refs)).values())]);
  await store.saveStories({ stories, merged: [], terms: [], clusteredUpTo: 0, closedBefore: 0 });
}

async function appliedEntries(store: Pick<Store, 'note'>): Promise<ReadonlyMap<string, ArticleRef | null>> {
  return new Map((await store.note(DESK_ENTRIES, isListOfPairs)) as AppliedEntry[] | null);
}

function isListOfPairs(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => Array.isArray(each) && each.length === 2);
}

interface FoundEntry {
  readonly entry: DeskEntry;
  /** Without its line: it may move in the file. */
  readonly text: string;
  readonly ref: ArticleRef | null;
}

/** Looks up the articles of new entries, and of those that wait for theirs. */
async function articlesOf(
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

type ArticleNames = Pick<Store, 'refsNamed' | 'publishedFiles' | 'articles' | 'hiddenRefs' | 'unplaced'>;

/** Articles by id, by any of their addresses, or by that of their page, wherever the folder is looked at (a preview, a copy). */
export async function findArticles(
  store: ArticleNames,
  names: readonly string[],
  feedsUrl: string,
): Promise<ReadonlyMap<string, ArticleRef>> {
  const refs = await store.refsNamed([...new Set(names.flatMap((name) => [name, urlKey(name)]))]);
  const known = (name: string) => refs.get(name) ?? refs.get(urlKey(name));
  const hasPages = names.some((name) => known(name) === undefined && pagePath(name, feedsUrl) !== null);
  const byPath: ReadonlyMap<string, ArticleRef> = hasPages ? await pageRefs(store) : new Map();
  return new Map(
    names.flatMap((name) => {
      const ref = known(name) ?? byPath.get(pagePath(name, feedsUrl) ?? '');
      return ref === undefined ? [] : [[name, ref] as const];
    }),
  );
}

/** null: it cannot be a page of an article. */
function pagePath(name: string, feedsUrl: string): string | null {
  const { pathname } = parseUrl(name, feedsUrl) ?? { pathname: '' };
  return /(?:^|\/)(articles\/[^/]+\.html)$/.exec(pathname)?.[1] ?? null;
}

/** The page of a hidden article no longer tells whose it is; that of a new one, which may have been known to a store that was lost, not yet. */
async function pageRefs(store: ArticleNames): Promise<ReadonlyMap<string, ArticleRef>> {
  const files = await store.publishedFiles({ inside: 'articles/', from: 0, limit: Number.MAX_SAFE_INTEGER });
  const hidden = await store.articles([...(await store.hiddenRefs('desk')), ...(await store.hiddenRefs('takedown'))]);
  const coming = await store.unplaced(Number.MAX_SAFE_INTEGER);
  return new Map([
    ...[...pageFingerprints(files).values()].map(({ path, ref }) => [path, ref] as const),
    ...[...hidden, ...coming].map(({ id, ref }) => [`articles/${slugOf(id)}.html`, ref] as const),
  ]);
}

/** The entry of each article. Of two the first counts. */
function oneEach(found: readonly FoundEntry[], { file }: DeskSettings) {
  const entryOf = new Map<ArticleRef, DeskEntry>();
  const warnings: string[] = [];
  for (const { entry, ref } of found) {
    const first = ref === null ? undefined : entryOf.get(ref);
    if (first !== undefined) {
      const both = `${first.article} (line ${first.line}) and ${entry.article} are one article`;
      warnings.push(`${file}:${entry.line}: ${both}: the first entry counts; write both as one`);
    } else if (ref !== null) entryOf.set(ref, entry);
  }
  return { entryOf, warnings };
}

function waits({ line }: DeskEntry, name: string, { file }: DeskSettings): string {
  return `${file}:${line}: no article is known as ${name}: the entry waits for it; correct the address if it is a slip`;
}

/** `missing`: entries that name another article that is not known; `refused`: what is said of those that contradict earlier ones. */
async function chosenStories(entryOf: ReadonlyMap<ArticleRef, DeskEntry>, { store, feedsUrl, desk }: DeskDeps) {
  const told = [...entryOf].flatMap(([ref, entry]) => {
    const { with: joined, apart } = entry.story ?? {};
    const how = joined === undefined ? ('apart' as const) : ('with' as const);
    const name = joined ?? apart;
    return name === undefined ? [] : [{ ref, entry, how, name }];
  });
  const refs = await findArticles(store, told.map(({ name }) => name), feedsUrl); // biome-ignore format: one call
  const stories: DeskStory[] = [];
  const missing: { readonly entry: DeskEntry; readonly other: string }[] = [];
  const refused: string[] = [];
  const contradicts = contradictions();
  for (const { ref, entry, how, name } of told) {
    const other = refs.get(name);
    if (other === undefined) missing.push({ entry, other: name });
    else if (other !== ref) {
      const line = contradicts({ ref, how, other }, entry.line);
      if (line === null) stories.push({ ref, how, other });
      else refused.push(`${desk.file}:${entry.line}: line ${line} wants the opposite of "story" here: the first entry counts; take one of them back`); // biome-ignore format: one message
    }
  }
  return { stories, missing, refused };
}

/** For wishes in the order of the file: the line of an earlier one with which the next cannot be fulfilled as well; null: it can. */
function contradictions(): (wish: DeskStory, line: number) => number | null {
  const joined = new Map<ArticleRef, { readonly into: ArticleRef; readonly line: number }>();
  const parted: { readonly refs: readonly ArticleRef[]; readonly line: number }[] = [];
  /** One of those that are to be in one story stands for all, with the line of the last wish on the way. */
  const groupOf = (ref: ArticleRef, line = 0): { readonly group: ArticleRef; readonly line: number } => {
    const next = joined.get(ref);
    return next === undefined ? { group: ref, line } : groupOf(next.into, Math.max(line, next.line));
  };
  return ({ ref, how, other }, line) => {
    const [own, others] = [groupOf(ref), groupOf(other)];
    if (how === 'apart') {
      if (own.group === others.group) return Math.max(own.line, others.line);
      parted.push({ refs: [ref, other], line });
      return null;
    }
    if (own.group === others.group) return null;
    const against = parted.find(({ refs }) => {
      const groups = refs.map((one) => groupOf(one).group);
      return groups.includes(own.group) && groups.includes(others.group);
    });
    if (against === undefined) joined.set(own.group, { into: others.group, line });
    return against?.line ?? null;
  };
}

/** Articles of entries that were not applied before, or are gone. */
function touchedBy(found: readonly FoundEntry[], known: ReadonlyMap<string, ArticleRef | null>): Set<ArticleRef> {
  const there = new Set(found.map(({ text }) => text));
  const gone = [...known].filter(([text]) => !there.has(text)).map(([, ref]) => ref);
  const fresh = found.filter(({ text, ref }) => (known.get(text) ?? null) !== ref).map(({ ref }) => ref);
  return new Set([...gone, ...fresh].filter((ref) => ref !== null));
}

/** What the last application knew of reviews: ids of the sources, and the articles that entries approved. */
export async function appliedReviews(store: Pick<Store, 'note'>) {
  const { reviewed } = await readDeskState(store);
  const applied = [...(await appliedEntries(store))];
  const approved = new Set(applied.flatMap(([text, ref]) => (ref !== null && wasApproved(text) ? ref : [])));
  return { reviewed, approved };
}

function wasApproved(text: string): boolean {
  return (JSON.parse(text) as DeskEntry).approve === true;
}

/** Articles whose approval was taken back. */
async function unapproved(
  applied: ReadonlyMap<string, ArticleRef | null>,
  entryOf: ReadonlyMap<ArticleRef, DeskEntry>,
  store: Store,
): Promise<readonly ArticleFacts[]> {
  const refs = [...applied].flatMap(([text, ref]) =>
    ref !== null && entryOf.get(ref)?.approve !== true && wasApproved(text) ? ref : [],
  );
  return refs.length === 0 ? [] : await store.articleFacts(refs);
}

async function apply(
  touched: ReadonlySet<ArticleRef>,
  entryOf: ReadonlyMap<ArticleRef, DeskEntry>,
  { store, now }: DeskDeps,
): Promise<ArticleRef[]> {
  const refs = [...touched].sort((a, b) => a - b);
  const saying = (key: 'hide' | 'takedown' | 'approve') => refs.filter((ref) => entryOf.get(ref)?.[key] === true);
  const changed: ArticleRef[] = [];
  const hide = async (wanted: ReadonlySet<ArticleRef>, by: 'desk' | 'takedown') => {
    const others = refs.filter((ref) => !wanted.has(ref));
    changed.push(...(await store.setHidden([...wanted], { by }, now)), ...(await store.unsetHidden(others, by)));
  };
  await hide(new Set(saying('hide')), 'desk');
  await hide(new Set(saying('takedown')), 'takedown');
  changed.push(...(await store.unsetHidden(saying('approve'), 'review')));
  await store.saveEdits(refs.map((ref) => ({ ref, edits: editsOf(entryOf.get(ref)) })));
  return changed;
}

/** What the entry lays over its article; null: nothing. */
function editsOf(entry: DeskEntry | undefined): ArticleEdits | null {
  if (entry === undefined || entry.takedown === true) return null;
  const { title, summary, image, topics = [] } = entry;
  const signed = (sign: string) => topics.flatMap((topic) => (topic.startsWith(sign) ? topic.slice(1) : []));
  if (title === undefined && summary === undefined && image === undefined && topics.length === 0) return null;
  return {
    title: title ?? null,
    summary: summary ?? null,
    image: image ?? null,
    addedTopics: signed('+'),
    removedTopics: signed('-'),
  };
}
