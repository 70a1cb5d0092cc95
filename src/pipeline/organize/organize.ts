/**
 * Organizes the articles of a run after all sources are read. The order of the steps matters:
 *
 * 1. Credits and titles come first, because ids and topics depend on publications' names.
 * 2. Articles of reviewed sources are held before they get ids, so an interrupted run never publishes one unreviewed.
 * 3. Rules run before full texts are requested, so no page of a dropped article is fetched. They run again on new full texts.
 * 4. The desk comes after the rules and overrides them.
 * 5. Stories are built from final texts. The editor's moves come after clustering, which may have undone them.
 * 6. Commands get only articles that are shown, and their topics decide channels.
 * 7. Articles are placed last. Until then they are marked as unplaced, so an interrupted run loses nothing.
 */
import type { ArticleRef } from '../../model/article.js';
import { askedChannels } from '../../model/question.js';
import type { BuildReport, SourceWarning } from '../../model/report.js';
import type { Settings } from '../../model/settings.js';
import type { SourceFacts, SourceId } from '../../model/source.js';
import type { Clock } from '../../ports/clock.js';
import type { CommandRunner } from '../../ports/command-runner.js';
import type { Fetcher } from '../../ports/fetcher.js';
import type { Store } from '../../ports/store/store.js';
import { withReservations } from '../facts/reservations.js';
import { createSiteOwnership } from '../facts/site-ownership.js';
import { siteRulesOf } from '../facts/site-rules.js';
import type { Tagging } from '../facts/tagging.js';
import type { PageReader } from '../read/reader/page-reader.js';
import type { HostTurns } from '../read/request-scheduler.js';
import { applyDesk, leadRules, readDeskStories } from './apply-desk.js';
import { applyRules } from './apply-rules.js';
import { applyTitles } from './apply-titles.js';
import { askQuestions } from './ask-questions.js';
import { addAll, ChangedArticles } from './changed-articles.js';
import type { ReadBefore } from './copies.js';
import { readEnrichState } from './enrich/back-off.js';
import type { EnrichDeps } from './enrich/enrich.js';
import type { FullTextDeps } from './full-texts/learn-full-texts.js';
import { holdForReview, sourcesOnHold, waitingForReview } from './hold-for-review.js';
import { mintArticles } from './mint-articles.js';
import { moveBetweenStories } from './move-between-stories.js';
import { type PlacingSettings, placeArticles } from './place-articles.js';
import { removeBorrowedCredits } from './remove-borrowed-credits.js';
import { retagArticles } from './retag-articles.js';

export interface OrganizeDeps {
  readonly settings: PlacingSettings &
    FullTextDeps['settings'] &
    EnrichDeps['settings'] &
    Pick<Settings, 'rules' | 'desk' | 'stories'>;
  readonly store: Store;
  readonly tagging: Tagging;
  /** null: the site has no commands. */
  readonly commands: CommandRunner | null;
  readonly fetcher: Fetcher;
  readonly pages: PageReader;
  readonly clock: Clock;
  readonly turns: HostTurns;
}

/** What reading the sources found. */
export interface SourcesRead {
  readonly states: ReadonlyMap<SourceId, SourceFacts>;
  readonly readBefore: ReadBefore;
  /** Known articles that were withdrawn or restored. */
  readonly visibilityChanged: readonly ArticleRef[];
  readonly now: Date;
  /** Whether pages may be fetched and commands run. */
  readonly mayRequest: boolean;
}

export interface Organized {
  readonly stories: BuildReport['stories'];
  /** How many of the new articles the editor's rules drop. */
  readonly dropped: number;
  /** How many articles wait for the editor; null: no source is reviewed. */
  readonly held: number | null;
  readonly warnings: readonly SourceWarning[];
}

export async function organize(deps: OrganizeDeps, read: SourcesRead, signal: AbortSignal): Promise<Organized> {
  const { settings, store, tagging } = deps;
  const { site, sources, desk, duplicates } = settings;
  const { states, now } = read;
  const siteHost = new URL(site.url).hostname;
  const ownership = createSiteOwnership(sources, states);
  const rules = { store, rules: siteRulesOf(settings), now };
  const changed = new ChangedArticles(read.visibilityChanged);

  await removeBorrowedCredits(store, sources, states, ownership);
  await applyTitles(store, sources, states);
  await holdForReview({ store, sources, now });
  await mintArticles(store, { siteHost, ownership }, changed);
  await retagArticles(store, tagging);
  await applyRules(rules, changed);
  await learnFullTexts(deps, read, changed, signal);
  if (changed.texts.size > 0) await applyRules(rules, changed);
  const deskWarnings = await applyDesk({ store, desk, sources, feedsUrl: site.feedsUrl, now }, changed);
  await renewCopies(store, changed);
  await findStories(store, { siteHost, readBefore: read.readBefore }, changed);
  const leads = await leadRules(settings.stories, store);
  await moveBetweenStories({ store, siteHost, leads }, await readDeskStories(store), changed);
  await changed.addCopies(store);
  const commandWarnings = await enrich(deps, read, changed, signal);
  await placeArticles(store, settings, changed);
  await askQuestions(store, askedChannels(settings), duplicates);

  return {
    stories: await store.countStories(),
    dropped: [...changed.minted].filter((ref) => changed.dropped.has(ref)).length,
    held: sourcesOnHold(sources).length > 0 ? (await waitingForReview(store)).length : null,
    warnings: [
      ...deskWarnings.map((message) => ({ sourceId: 'desk.article', message })),
      ...commandWarnings.map((message) => ({ sourceId: 'enrich.command', message })),
    ],
  };
}

// The code of these steps is loaded only if they have work.

/** Before: rules were applied. After: `changed.texts` has the articles whose text is another now. */
async function learnFullTexts(
  deps: OrganizeDeps,
  { states, now, mayRequest }: SourcesRead,
  { texts }: ChangedArticles,
  signal: AbortSignal,
): Promise<void> {
  if (!mayRequest || !deps.settings.sources.some(({ articlePages }) => articlePages === true)) return;
  const { learnFullTexts } = await import('./full-texts/learn-full-texts.js');
  addAll(texts, await learnFullTexts(deps, states, now, signal).finally(() => deps.pages.close()));
}

/** Before: texts are final. After: every stored copy is still one of the text that it is folded behind. */
async function renewCopies(store: Store, { regrouped }: ChangedArticles): Promise<void> {
  const reports = await store.unplacedReports();
  if (reports.length === 0) return;
  const { renewCopies } = await import('./renew-copies.js');
  addAll(regrouped, await renewCopies(store, reports));
}

/** Before: texts are final. After: every article has a story. */
async function findStories(
  store: Store,
  settings: { readonly siteHost: string; readonly readBefore: ReadBefore },
  { regrouped }: ChangedArticles,
): Promise<void> {
  if ((await store.unassigned(1)).length === 0) return;
  const { findStories } = await import('./find-stories.js');
  addAll(regrouped, await findStories(store, settings));
}

/** Before: `changed.visibility` is final. After: answers of commands are stored with their articles, and tags with them. */
async function enrich(
  { settings, store, tagging, commands, fetcher, clock, turns }: OrganizeDeps,
  { states, now, mayRequest }: SourcesRead,
  { visibility }: ChangedArticles,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (settings.enrich === undefined && (await readEnrichState(store)) === null) return [];
  const [{ enrich }, { askPermissions }] = await Promise.all([
    import('./enrich/enrich.js'),
    import('./enrich/permissions.js'),
  ]);
  const { sources, fetch: limits } = settings;
  const asking = { limits, store, fetcher, clock, turns, now, sources, states };
  return await enrich(
    {
      settings: { ...settings, sources: withReservations(sources, states) },
      store,
      tagging,
      runner: mayRequest ? commands : null,
      permissions: (articles) => askPermissions(articles, asking, signal),
      now,
      signal,
    },
    [...visibility],
  );
}
