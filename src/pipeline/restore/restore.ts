/** Rebuilds a lost store from the published edition: ids, dates, topics, archives and stories. */

import { sourceTitle } from '../../compose/channel-metadata.js';
import { mapFormerPaths } from '../../compose/former-paths.js';
import { MANIFEST } from '../../compose/manifest.js';
import type { EditionSettings } from '../../compose/settings.js';
import type { ArticleId, ArticleRef } from '../../model/article.js';
import type { DeskSettings } from '../../model/desk.js';
import { StoreError } from '../../model/errors.js';
import { listQuestionChannels } from '../../model/question.js';
import type { RestoreReport } from '../../model/restore-report.js';
import type { FetchState, Source, SourceId } from '../../model/source.js';
import type { Sink } from '../../ports/sink.js';
import type { Store } from '../../ports/store/store.js';
import { rulesFingerprint } from '../../rules/fingerprint.js';
import type { SiteRules } from '../../rules/rules.js';
import { applyDesk, readDeskStories, readLeadRules } from '../organize/apply-desk.js';
import { RULE_BEFORE_RESTORE } from '../organize/apply-rules.js';
import { saveQuestionFingerprints } from '../organize/ask-questions.js';
import { ChangedArticles } from '../organize/changed-articles.js';
import { holdReviewed, listReviewedSources } from '../organize/hold-for-review.js';
import { moveBetweenStories } from '../organize/move-between-stories.js';
import { type RestoredArticle, rebuildArticles, rebuildTombstones } from './articles.js';
import { restoreDigests } from './digests.js';
import { readForwards } from './forwards.js';
import { restoreIcons } from './icons.js';
import { readOwnManifest } from './own-edition.js';
import { createOwnerFinder } from './owners.js';
import { type PublishedEdition, readPublishedEdition } from './published-edition.js';
import { restoreArchives, saveArticles } from './save.js';
import { type PublishedSite, saveEdition } from './save-edition.js';
import { rebuildStates } from './source-states.js';
import { rebuildStories } from './stories.js';

export interface RestoreDeps {
  readonly store: Store;
  readonly sink: Pick<Sink, 'read' | 'sizes'>;
  readonly settings: EditionSettings;
  readonly desk: DeskSettings;
  readonly rules: SiteRules;
  readonly sources: readonly Source[];
  /** Sources preferred as leads of stories. */
  readonly prefer: readonly SourceId[];
  /** Fingerprint of the topic config. Published topics count as assigned under it. */
  readonly topicsFingerprint: string;
}

/**
 * Requires an empty store, which must be discarded on failure. Only reads the folder. Reports missing and unreadable files without
 * stopping. Throws STORE_RESTORE if no edition can be restored.
 */
export async function restore(deps: RestoreDeps, signal: AbortSignal): Promise<RestoreReport> {
  const site = await readPublishedSite(deps, signal);
  const { manifest, edition } = site;
  const restored = await restoreArticles(deps, site, signal);
  await restoreIcons(manifest.paths, findLastUpdate(edition), deps);
  await hideUnread(deps, edition, restored.tombstones);
  const stories = await restoreStories(deps, site, restored.articles, signal);
  const archiveDocuments = await restoreArchives(edition, mapRefs(restored.articles), deps.store);
  const issues = await restoreDigests(deps, manifest.paths, restored.lastRef, edition.problems);
  await saveEdition(deps, site, { articles: restored.articles, issues, signal });
  await noteAskedChannels(deps, edition);
  await applyCurrentDesk(deps, edition);
  return {
    articles: restored.articles.length,
    withdrawn: restored.tombstones.length,
    stories,
    channels: edition.channels.size,
    archiveDocuments,
    files: manifest.paths.length,
    problems: edition.problems,
  };
}

/** Minted and saved articles. */
interface RestoredArticles {
  readonly articles: readonly RestoredArticle[];
  readonly tombstones: readonly RestoredArticle[];
  readonly lastRef: ArticleRef;
}

async function readPublishedSite({ sink, settings }: RestoreDeps, signal: AbortSignal): Promise<PublishedSite> {
  const { url } = settings.site;
  const manifest = await readOwnManifest(sink, url);
  if (manifest === null)
    throw new StoreError('STORE_RESTORE', `nothing to restore from: no edition of ${url} is published`);
  const heads = manifest.paths.filter((path) => /^all\.\w+$/.test(path));
  if (heads.length > 0 && !heads.includes('all.json'))
    throw new StoreError(
      'STORE_RESTORE',
      `nothing to restore from: ${url} is published without JSON Feed (publish.formats). To start with an empty store, delete ${MANIFEST} from the published folder`,
    );
  return { manifest, edition: await readPublishedEdition(manifest.paths, sink, signal, mapFormerPaths(settings)) };
}

async function restoreArticles(
  deps: RestoreDeps,
  { edition }: PublishedSite,
  signal: AbortSignal,
): Promise<RestoredArticles> {
  const { store, sink, settings, sources } = deps;
  const { site, topics } = settings;
  const siteHost = new URL(site.url).hostname;
  const states = await rebuildStates(sources, edition, site, sink);
  const first = await store.reserveRefs(edition.tombstones.size + edition.articles.size);
  const own = new Set(sources.flatMap((source) => (source.own === undefined ? [] : [source.id])));
  const articles = rebuildArticles(edition, first + edition.tombstones.size, {
    owner: createOwnerFinder(addPublishedNames(sources, states)),
    topics,
    own,
    withPages: new Set(sources.flatMap(({ id, articlePages }) => (articlePages ? id : []))),
    language: site.language,
    siteHost,
    feedsUrl: site.feedsUrl,
  });
  const living = new Set(articles.flatMap(({ article }) => article.keys.map(({ value }) => value)));
  const tombstones = rebuildTombstones(edition, first, { siteHost, own, living });
  await saveArticles([...tombstones, ...articles], states, deps, signal);
  return { articles, tombstones, lastRef: articles.at(-1)?.article.ref ?? first };
}

/** Resolves with the number of stories that kept their published ids. */
async function restoreStories(
  { store, sink, settings, prefer }: RestoreDeps,
  { manifest, edition }: PublishedSite,
  articles: readonly RestoredArticle[],
  signal: AbortSignal,
): Promise<number> {
  const { site, publish } = settings;
  const forwards = await readForwards(manifest, sink, signal);
  const { changes, published } = rebuildStories({ ...edition, forwards }, articles, {
    siteHost: new URL(site.url).hostname,
    items: publish.items,
    leads: await readLeadRules({ stories: { prefer }, site }, store),
  });
  await store.saveStories(changes);
  return published;
}

function mapRefs(articles: readonly RestoredArticle[]): Map<ArticleId, ArticleRef> {
  return new Map(articles.map(({ id, article }) => [id, article.ref]));
}

async function noteAskedChannels({ store, settings }: RestoreDeps, { channels }: PublishedEdition): Promise<void> {
  await saveQuestionFingerprints(
    store,
    listQuestionChannels(settings).filter(({ path }) => channels.has(path)),
  );
}

/** Applies the desk as of the published edition. Later changes of the desk are dirty. */
async function applyCurrentDesk(deps: RestoreDeps, edition: PublishedEdition): Promise<void> {
  const { store, desk, sources, settings, prefer } = deps;
  const { url, feedsUrl } = settings.site;
  const changed = new ChangedArticles();
  await applyDesk({ store, desk, sources, feedsUrl, now: findLastUpdate(edition) }, changed);
  const leads = await readLeadRules({ stories: { prefer }, site: settings.site }, store);
  const siteHost = new URL(url).hostname;
  await moveBetweenStories({ store, siteHost, leads }, await readDeskStories(store), changed);
}

/** Keeps articles hidden that the section hid, until rules are applied to their text or a reviewed source is approved. */
async function hideUnread(
  { store, rules, sources }: RestoreDeps,
  edition: PublishedEdition,
  tombstones: readonly RestoredArticle[],
): Promise<void> {
  const hidden = tombstones.flatMap(({ id, article }) =>
    edition.tombstones.get(id)?.ofSection === true ? article : [],
  );
  // Approximates the time of each tombstone.
  const now = findLastUpdate(edition);
  const rule = { by: 'rule', rule: RULE_BEFORE_RESTORE } as const;
  const refs = hidden.map(({ ref }) => ref);
  if (rulesFingerprint(rules) !== null) await store.setHidden(refs, rule, now);
  await holdReviewed(hidden, listReviewedSources(sources), { store, now });
}

function findLastUpdate({ channels }: PublishedEdition): Date {
  return new Date([...channels.values()].reduce((last, { head }) => Math.max(last, head?.updated?.getTime() ?? 0), 0));
}

function addPublishedNames(sources: readonly Source[], states: ReadonlyMap<SourceId, FetchState>) {
  const profiles = new Map([...states].flatMap(([id, { profile }]) => (profile === null ? [] : [[id, profile]])));
  return sources.map((source) => ({
    ...source,
    title: sourceTitle(source, profiles),
    homeUrl: profiles.get(source.id)?.homeUrl ?? null,
  }));
}
