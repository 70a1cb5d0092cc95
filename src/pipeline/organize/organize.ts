/** After all sources of a run are in: ids and stories for what is new, topics for what the editor changed, and the channels of each article. */
import { isDeepStrictEqual } from 'node:util';
import { withoutBorrowedCredit } from '../../clean/attribution/borrowed-names.js';
import type { MintContext, Minted } from '../../identity/mint.js';
import type { ArticleFacts, ArticleId, ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import { isShown, shownTopics } from '../../model/desk.js';
import type { PendingArticle, PendingCredit } from '../../model/identity.js';
import { orderKey } from '../../model/order.js';
import { askedChannels } from '../../model/question.js';
import type { BuildReport } from '../../model/report.js';
import type { Settings } from '../../model/settings.js';
import type { Source, SourceFacts, SourceId } from '../../model/source.js';
import type { CommandRunner } from '../../ports/command-runner.js';
import type { Store } from '../../ports/store/store.js';
import { contentDigest } from '../../text/digest.js';
import { ARTICLES_AT_ONCE, everyArticle } from '../facts/every-article.js';
import { carriersOf, type Folding, foldings, withCopies } from '../facts/multi-source-stories.js';
import { createOthersNames, type OthersNamesOf } from '../facts/names-of-others.js';
import { withReservations } from '../facts/reservations.js';
import { createSiteOwnership } from '../facts/site-ownership.js';
import { siteRulesOf } from '../facts/site-rules.js';
import { retag, type Tagging } from '../facts/tagging.js';
import { applyDesk, leadRules } from './apply-desk.js';
import { applyRules } from './apply-rules.js';
import { type Asking, createAsking } from './ask-questions.js';
import type { ReadBefore } from './copies.js';
import { moveBetweenStories } from './desk-stories.js';
import { readEnrichState } from './enrich/back-off.js';
import type { EnrichDeps } from './enrich/enrich.js';
import { holdForReview, sourcesOnHold, waitingForReview } from './review-queue.js';
import { applyTitles } from './source-titles.js';

export interface OrganizeDeps {
  readonly settings: Pick<
    Settings,
    | 'site'
    | 'sources'
    | 'topics'
    | 'duplicates'
    | 'rules'
    | 'desk'
    | 'channels'
    | 'languages'
    | 'enrich'
    | 'root'
    | 'stories'
  >;
  readonly store: Store;
  readonly tagging: Tagging;
  /** null: no command is run. */
  readonly runner: CommandRunner | null;
  readonly signal: AbortSignal;
}

export interface Organized {
  readonly stories: BuildReport['stories'];
  /** How many of the new articles the editor's rules drop. */
  readonly dropped: number;
  /** How many articles wait for the editor; null: no source is reviewed. */
  readonly held: number | null;
  /** For the editor. */
  readonly warnings: readonly string[];
  readonly commandWarnings: readonly string[];
}

/** What became of known articles in this run. */
interface RunChanges {
  /** Withdrawn, or back again. */
  readonly visibilityChanged: readonly ArticleRef[];
  readonly readBefore: ReadBefore;
  readonly now: Date;
  /**
   * Asks for the pages of new articles. Called when these have their ids, and rules have hidden what they hide: no page is asked for in
   * vain. Resolves with the articles whose text is another now.
   */
  readonly learnTexts: () => Promise<readonly ArticleRef[]>;
  /** Asks the sites of articles whether these may be given to commands. */
  readonly permissions: EnrichDeps['permissions'];
}

export async function organize(
  { settings, store, tagging, runner, signal }: OrganizeDeps,
  states: ReadonlyMap<SourceId, SourceFacts>,
  { visibilityChanged, readBefore, now, learnTexts, permissions }: RunChanges,
): Promise<Organized> {
  const siteHost = new URL(settings.site.url).hostname;
  const ownership = createSiteOwnership(settings.sources, states);
  await giveBackNames(store, settings.sources, states, createOthersNames(settings.sources, states, ownership));
  const { site, sources, desk } = settings;
  await applyTitles(store, sources, states);
  const deskDeps = { store, desk, sources, feedsUrl: site.feedsUrl, now };
  await holdForReview(deskDeps);
  const fresh = new Set(await mintNew(store, { siteHost, ownership }));
  await retagStale(store, tagging);
  const rules = { store, rules: siteRulesOf(settings), now };
  const ruled = [...(await applyRules(rules))];
  // Rules read the whole text.
  if ((await learnTexts()).length > 0) ruled.push(...(await applyRules(rules)));
  const applied = await applyDesk(deskDeps, (await store.unplaced(1)).length > 0);
  const renewed = await copiesOfChanged(store);
  const news = (await store.unassigned(1)).length > 0;
  const canonical = news ? await storiesOfNew(store, siteHost, readBefore) : [];
  const leads = await leadRules(settings.stories, store);
  const moved = await moveBetweenStories({ store, siteHost, leads, news }, applied.stories);
  const changed = await withCopies(store, [...visibilityChanged, ...ruled, ...applied.visibilityChanged]);
  const reserving = { ...settings, sources: withReservations(sources, states) };
  const commandDeps = { settings: reserving, store, tagging, runner, permissions, now, signal };
  const commandWarnings = await askCommands(commandDeps, changed);
  const asking = await createAsking(store, askedChannels(settings), settings.duplicates);
  const plan = {
    topics: new Set(settings.topics.map(({ id }) => id)),
    sources: new Set(settings.sources.map(({ id }) => id)),
    duplicates: settings.duplicates,
    asking,
  };
  const isFirst = asking !== null && (await store.channels()).length === 0;
  await placeArticles(store, plan, [...renewed, ...canonical, ...moved, ...changed], new Set(moved));
  await asking?.askAll(isFirst ? 'nothing-stored' : 'stored');
  const isReviewed = sourcesOnHold(sources).length > 0;
  // What waits as well is seen neither before nor after a rule drops it.
  const dropped = (isReviewed ? await store.hiddenRefs('rule') : ruled).filter((ref) => fresh.has(ref)).length;
  const held = isReviewed ? (await waitingForReview(store)).length : null;
  return { stories: await store.countStories(), dropped, held, warnings: applied.warnings, commandWarnings };
}

/** Reading texts is loaded only where one changed. */
async function copiesOfChanged(store: Store): Promise<readonly ArticleRef[]> {
  const changed = await store.unplacedReports();
  if (changed.length === 0) return [];
  const { renewCopies } = await import('./copies.js');
  return await renewCopies(store, changed);
}

/** Articles of earlier runs that are shown for a new near-duplicate. Clustering is loaded only where an article has no story yet. */
async function storiesOfNew(store: Store, siteHost: string, readBefore: ReadBefore): Promise<readonly ArticleRef[]> {
  const { findStories } = await import('./find-stories.js');
  return await findStories(store, { siteHost, readBefore });
}

/** Loaded only where the site has commands, or had some. */
async function askCommands(deps: EnrichDeps, changed: readonly ArticleRef[]): Promise<readonly string[]> {
  if (deps.settings.enrich === undefined && (await readEnrichState(deps.store)) === null) return [];
  const { enrich } = await import('./enrich/enrich.js');
  return await enrich(deps, changed);
}

const NAMED_BY = 'named-by';

/** A name may be known to be another source's only now that all are in, and in all that is stored where a source came or was renamed. */
async function giveBackNames(
  store: Store,
  sources: readonly Source[],
  states: ReadonlyMap<SourceId, SourceFacts>,
  namesOf: OthersNamesOf,
): Promise<void> {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const giveBack = async (articles: readonly PendingCredit[]) => {
    const changed = articles.flatMap(({ ref, sourceId, attribution, authors }) => {
      const source = byId.get(sourceId);
      if (source === undefined) return [];
      const own = withoutBorrowedCredit({ attribution, authors }, namesOf(source), source.url);
      return isDeepStrictEqual(own, { attribution, authors }) ? [] : [{ ref, ...own }];
    });
    if (changed.length > 0) await store.saveCredits(changed);
  };
  await giveBack(await store.pendingCredits());
  const before = await store.meta(NAMED_BY);
  const now = contentDigest(
    JSON.stringify(sources.map(({ id, url, title }) => [id, url, title, states.get(id)?.profile != null]).sort()),
  );
  if (now === before) return;
  if (before !== null) for await (const articles of everyArticle(store)) await giveBack(articles);
  await store.saveMeta(NAMED_BY, now);
}

/** Assigns ids to new articles, including those of a run that was interrupted before it could. Resolves with these. */
export async function mintNew(store: Store, context: MintContext): Promise<readonly ArticleRef[]> {
  const pending = await store.pending();
  if (pending.length === 0) return [];
  const { minted, merged, foreign, named } = await mintFree(store, pending, context);
  await store.mint(minted, merged, foreign, named);
  return minted.map(({ ref }) => ref);
}

/** Mints again until no id is taken; each id is looked up only once. */
async function mintFree(store: Store, pending: readonly PendingArticle[], context: MintContext): Promise<Minted> {
  const { mint } = await import('../../identity/mint.js');
  const taken = new Set<ArticleId>();
  const asked = new Set<ArticleId>();
  for (;;) {
    const result = mint(pending, taken, context);
    const unasked = result.minted.map(({ id }) => id).filter((id) => !asked.has(id));
    const found = await store.takenIds(unasked);
    if (found.size === 0) return result;
    for (const id of unasked) asked.add(id);
    for (const id of found) taken.add(id);
  }
}

/** Tags stored articles again after changes of the topic config. */
async function retagStale(store: Store, tagging: Tagging): Promise<void> {
  for (let after: ArticleRef = 0; ; ) {
    const stale = await store.staleTags(tagging.fingerprint, after, ARTICLES_AT_ONCE);
    const last = stale.at(-1);
    if (last === undefined) return;
    const tagger = await tagging.load();
    await store.saveTags(
      stale.map((article) => ({ ref: article.ref, topics: retag(tagger, article) })),
      tagging.fingerprint,
    );
    after = last.ref;
  }
}

/** The channels of a site. */
interface ChannelPlan {
  readonly topics: ReadonlySet<string>;
  readonly sources: ReadonlySet<SourceId>;
  readonly duplicates: 'fold' | 'keep';
  /** null: the config has no questions. */
  readonly asking: Asking | null;
}

/** The rules under which stored articles were placed. */
interface PlacedBy {
  readonly sources: readonly SourceId[];
  /** Sources that left the config, whose articles are in no source channel. */
  readonly left: readonly SourceId[];
  readonly duplicates: 'fold' | 'keep';
}
const PLACED_BY = 'placed-by';

/** Places articles in their channels. `again`: articles whose near-duplicates changed; `parted`: whose stories the editor changed. */
async function placeArticles(
  store: Store,
  plan: ChannelPlan,
  again: readonly ArticleRef[],
  parted: ReadonlySet<ArticleRef>,
): Promise<void> {
  const before = await readPlacedBy(store);
  if (before !== null && mustPlaceAnew(before, plan))
    for await (const articles of everyArticle(store)) await place(store, plan, articles, parted);
  for (
    let articles = await store.unplaced(ARTICLES_AT_ONCE);
    articles.length > 0;
    articles = await store.unplaced(ARTICLES_AT_ONCE)
  ) {
    // With the others of their stories, in one transaction: for these, a story that has grown is no news of their own.
    const others = (await plan.asking?.storyMates(articles.map(({ ref }) => ref))) ?? [];
    await place(store, plan, [...articles, ...others], parted);
  }
  const shown = (await store.articleFacts([...new Set(again)])).filter(isShown);
  if (shown.length > 0) await place(store, plan, shown, parted);
  const now = JSON.stringify(placedBy(before, plan));
  if (now !== JSON.stringify(before)) await store.saveMeta(PLACED_BY, now);
}

/** null: nothing was placed yet. */
export async function readPlacedBy(store: Pick<Store, 'note'>): Promise<PlacedBy | null> {
  return (await store.note(PLACED_BY, isPlacedBy)) as PlacedBy | null;
}

function isPlacedBy(value: unknown): boolean {
  const { sources, left } = value as Partial<PlacedBy>;
  return Array.isArray(sources) && Array.isArray(left);
}

/** True for changed folding, or a source that returned to the config: new sources have no articles yet, and new topics change tags. */
function mustPlaceAnew(before: PlacedBy, plan: ChannelPlan): boolean {
  return before.duplicates !== plan.duplicates || before.left.some((id) => plan.sources.has(id));
}

function placedBy(before: PlacedBy | null, plan: ChannelPlan): PlacedBy {
  const known = new Set([...(before?.left ?? []), ...(before?.sources ?? [])]);
  const left = [...known].filter((id) => !plan.sources.has(id)).sort();
  return { sources: [...plan.sources].sort(), left, duplicates: plan.duplicates };
}

async function place(
  store: Store,
  plan: ChannelPlan,
  articles: readonly ArticleFacts[],
  parted: ReadonlySet<ArticleRef>,
): Promise<void> {
  const copies = plan.duplicates === 'fold' ? await foldings(store, articles) : new Map<ArticleRef, Folding>();
  const asked = await plan.asking?.channelsOf(articles, copies, parted);
  await store.place(
    articles.map((article) => {
      const channels = channelsOf(article, plan, copies.get(article.ref) ?? null);
      return {
        ref: article.ref,
        order: orderKey(article),
        channels: [...channels, ...(asked?.get(article.ref) ?? [])],
      };
    }),
  );
}

/** A folded copy is only in its sources' channels; the canonical one is in the topics of all copies. Without the channels of questions. */
function channelsOf(article: ArticleFacts, plan: ChannelPlan, copies: Folding | null): ChannelPath[] {
  const sources = carriersOf(article)
    .filter((id) => plan.sources.has(id))
    .map((id) => `sources/${id}`);
  if (copies?.folded === true) return sources;
  const topics = copies?.topics ?? shownTopics(article);
  return ['all', ...topics.filter((id) => plan.topics.has(id)).map((id) => `topics/${id}`), ...sources];
}
