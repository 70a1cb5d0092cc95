/**
 * Organizes the articles of a run after all sources are read. The order of the steps matters:
 * 1. Proofs of sites, which decide who owns an address. Credits and titles: ids and topics depend on the names of publications.
 * 2. Holding for review, before ids exist, so that an interrupted run never publishes an unreviewed article.
 * 3. Rules, before full texts, so that pages of dropped articles are not fetched. They run again on new full texts.
 * 4. The desk, which overrides rules.
 * 5. Stories, from final texts: rewritten articles leave theirs, then new ones join; then the editor's moves, which
 *    clustering may have undone.
 * 6. Commands, only on visible articles; their topics decide channels.
 * 7. Placing. Articles stay marked as unplaced until then, so that an interrupted run loses nothing.
 */
import type { Article } from '../../model/article.js';
import { listQuestionChannels } from '../../model/question.js';
import type { SourceWarning } from '../../model/report.js';
import type { SourceFacts } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import { withReservations } from '../facts/reservations.js';
import { createSiteOwnership, type SiteFacts, selectUnproved } from '../facts/site-ownership.js';
import { listRuledSources, toSiteRules } from '../facts/site-rules.js';
import type { ReadBefore, SourcesRead } from '../read/read.js';
import type { CurrentRun, RunContext, RunOptions, SourceStates } from '../run-context.js';
import { applyDesk, readDeskStories, readLeadRules } from './apply-desk.js';
import { applyRules } from './apply-rules.js';
import { applyTitles } from './apply-titles.js';
import { updateQuestionChannels } from './ask-questions.js';
import { addAll, ChangedArticles } from './changed-articles.js';
import { readEnrichState } from './enrich/back-off.js';
import { findHeldArticles, holdForReview, listReviewedSources } from './hold-for-review.js';
import { mintArticles } from './mint-articles.js';
import { type DeskStory, type MovingDeps, moveBetweenStories } from './move-between-stories.js';
import { placeArticles } from './place-articles.js';
import { removeBorrowedCredits } from './remove-borrowed-credits.js';
import { withdrawRemoved } from './removed-sources.js';
import { retagArticles } from './retag-articles.js';

export async function organize(context: RunContext, current: CurrentRun, sources: SourcesRead): Promise<void> {
  const { settings, store, tagging } = context;
  const { counts } = current;
  const { now } = current.options;
  const { readBefore } = sources;
  const siteHost = new URL(settings.site.url).hostname;
  const { states, ownership } = await proveSitesIfNeeded(context, current, sources.states);
  const rules = { store, rules: toSiteRules(settings), now, elapsed: context.clock.elapsed };
  const changed = new ChangedArticles(counts.visibilityChanged);

  await withdrawRemoved(context, current, changed);
  await removeBorrowedCredits(store, settings, states, ownership);
  await applyTitles(store, settings.sources, states);
  const holding = listRuledSources('hold', rules.rules);
  await holdForReview({ store, sources: settings.sources, now }, holding);
  await mintArticles(store, { siteHost, ownership }, changed);
  await retagArticles(store, tagging);
  await applyRules(rules, changed);
  await learnFullTextsIfNeeded(context, current, { states, ownership }, changed);
  if (changed.texts.size > 0) await applyRules(rules, changed);
  const deskWarnings = await applyDesk({ ...settings, store, feedsUrl: settings.site.feedsUrl, now }, changed);
  counts.warnings.push(...deskWarnings.map((message) => ({ sourceId: 'desk.article', message })));
  const leads = await readLeadRules(settings, store);
  const deskStories = await readDeskStories(store);
  await renewStoriesIfNeeded({ store, siteHost, leads }, deskStories, changed);
  await findStoriesIfNeeded(store, { siteHost, readBefore }, changed);
  await moveBetweenStories({ store, siteHost, leads }, deskStories, changed);
  await changed.addCopies(store);
  counts.warnings.push(...(await enrichIfNeeded(context, current, states, changed)));
  await placeArticles(store, settings, changed);
  await updateQuestionChannels(store, listQuestionChannels(settings), settings.duplicates);

  counts.stories = await store.countStories();
  counts.dropped = [...changed.minted].filter((ref) => changed.dropped.has(ref)).length;
  const mayHold = listReviewedSources(settings.sources).length + holding.size > 0;
  counts.held = mayHold ? (await findHeldArticles(store)).length : null;
}

// The following steps load their code only if they have work.

/** Must precede all that depends on ownership. Claims matter only to new articles, but proofs expire without any. */
async function proveSitesIfNeeded(context: RunContext, current: CurrentRun, states: SourceStates): Promise<SiteFacts> {
  const { sources } = context.settings;
  const facts = { states, ownership: createSiteOwnership(sources, states) };
  const time = current.options.now.getTime();
  const isDue = ({ siteProofs = [] }: SourceFacts) => siteProofs.some(({ until }) => until <= time);
  const isNeeded = current.counts.articles.added > 0 || [...states.values()].some(isDue);
  const unproved = isNeeded && mayRequest(current.options) ? selectUnproved(sources, facts) : [];
  if (unproved.length === 0) return facts;
  const { proveSites } = await import('./prove-sites.js');
  const proved = await proveSites(unproved, states, context, current);
  return { states: proved, ownership: createSiteOwnership(sources, proved) };
}

/** Requires applied rules. Adds articles with a new text to `changed.texts`. */
async function learnFullTextsIfNeeded(
  { settings, store, tagging, clock, reading: { fetcher, pages } }: RunContext,
  { options, pacing, signal, counts }: CurrentRun,
  facts: SiteFacts,
  { texts }: ChangedArticles,
): Promise<void> {
  if (!mayRequest(options) || !settings.sources.some(({ articlePages }) => articlePages === true)) return;
  const { learnFullTexts } = await import('./full-texts/learn-full-texts.js');
  const warned = new Set<string>();
  const warn = (sourceId: string, message: string) => {
    if (!warned.has(sourceId)) counts.warnings.push({ sourceId, message });
    warned.add(sourceId);
  };
  const deps = { settings, store, tagging, clock, fetcher, pages, pacing, warn };
  addAll(texts, await learnFullTexts(deps, facts, options.now, signal).finally(() => pages.close()));
}

/**
 * Requires final texts. Removes copies that no longer match their canonical copy, then articles that no longer match
 * their story. Those that the editor moved or chose as leads stay.
 */
async function renewStoriesIfNeeded(
  deps: MovingDeps,
  deskStories: readonly DeskStory[],
  changed: ChangedArticles,
): Promise<void> {
  const reports = await deps.store.unplacedStoryArticles();
  if (reports.length === 0) return;
  const { renewCopies, leaveStories } = await import('./renew-stories.js');
  addAll(changed.regrouped, await renewCopies(deps.store, reports));
  const moved = deskStories.flatMap(({ ref, how, other }) => (how === 'with' ? [ref, other] : ref));
  const kept = new Set([...deps.leads.chosen, ...moved]);
  const left = await leaveStories(deps, reports.filter((ref) => !kept.has(ref))); // biome-ignore format: one call
  addAll(changed.moved, left);
  addAll(changed.regrouped, left);
}

/** Requires final texts. */
async function findStoriesIfNeeded(
  store: Store,
  settings: { readonly siteHost: string; readonly readBefore: ReadBefore },
  { regrouped }: ChangedArticles,
): Promise<void> {
  if ((await store.unassigned(1)).length === 0) return;
  const { findStories } = await import('./find-stories.js');
  addAll(regrouped, await findStories(store, settings));
}

/** Requires final `changed.visibility`. Stores the output of commands with its tags. */
async function enrichIfNeeded(
  { settings, store, tagging, commands, clock, reading: { fetcher } }: RunContext,
  { options, pacing, signal }: CurrentRun,
  states: SourceStates,
  { visibility }: ChangedArticles,
): Promise<readonly SourceWarning[]> {
  if (settings.enrich === undefined && (await readEnrichState(store)) === null) return [];
  const [{ enrich }, { checkPermissions }] = await Promise.all([
    import('./enrich/enrich.js'),
    import('./enrich/permissions.js'),
  ]);
  const { sources, fetch: limits } = settings;
  const { now } = options;
  const permissionDeps = { limits, store, fetcher, clock, pacing, now, signal, sources, states };
  const deps = {
    settings: { ...settings, sources: withReservations(sources, states) },
    store,
    tagging,
    runner: mayRequest(options) ? commands : null,
    permissions: (articles: readonly Article[]) => checkPermissions(articles, permissionDeps),
    now,
    signal,
  };
  const warnings = await enrich(deps, [...visibility]);
  return warnings.map((message) => ({ sourceId: 'enrich.command', message }));
}

function mayRequest({ offline, dryRun }: RunOptions): boolean {
  return !offline && !dryRun;
}
