/** Rebuilds a lost store from the published edition: ids, dates, topics, archives and stories. */

import { sourceTitle } from '../../compose/channel-metadata.js';
import { presentPaths } from '../../compose/former-paths.js';
import { MANIFEST, type Manifest } from '../../compose/manifest.js';
import type { EditionSettings } from '../../compose/settings.js';
import { STORIES } from '../../model/channel.js';
import type { DeskSettings } from '../../model/desk.js';
import { StoreError } from '../../model/errors.js';
import { askedChannels } from '../../model/question.js';
import type { RestoreReport } from '../../model/restore-report.js';
import type { FetchState, Source, SourceId } from '../../model/source.js';
import type { Sink } from '../../ports/sink.js';
import type { PublishedFile } from '../../ports/store/editions.js';
import type { Store } from '../../ports/store/store.js';
import { rulesFingerprint } from '../../rules/fingerprint.js';
import type { SiteRules } from '../../rules/rules.js';
import { contentDigest } from '../../text/digest.js';
import { slugOf } from '../../text/slug.js';
import { goneInputs } from '../facts/page-fingerprints.js';
import { applyDesk, leadRules, readDeskStories } from '../organize/apply-desk.js';
import { RULE_BEFORE_RESTORE } from '../organize/apply-rules.js';
import { noteAsked } from '../organize/ask-questions.js';
import { ChangedArticles } from '../organize/changed-articles.js';
import { holdReviewed, sourcesOnHold } from '../organize/hold-for-review.js';
import { moveBetweenStories } from '../organize/move-between-stories.js';
import { savePublishedNote } from '../publish/commit-note.js';
import { EDITION } from '../publish/edition-state.js';
import { pathOf } from '../publish/pages/article-pages.js';
import { type RestoredArticle, restoredArticles, restoredTombstones } from './articles.js';
import { restoreDigests } from './digests.js';
import { lastEdition } from './last-edition.js';
import { ownManifest } from './own-edition.js';
import { createOwners } from './owners.js';
import { type RestoredPictures, restoreIcons, restorePictures } from './pictures.js';
import { type PublishedEdition, readPublishedEdition } from './published-edition.js';
import { restoreArchives, saveArticles } from './save.js';
import { restoredStates } from './source-states.js';
import { restoredStories } from './stories.js';
import { letSignalsIn } from './yield-to-event-loop.js';

export interface RestoreDeps {
  readonly store: Store;
  /** Only read. */
  readonly sink: Pick<Sink, 'read' | 'sizes'>;
  readonly settings: EditionSettings;
  readonly desk: DeskSettings;
  readonly rules: SiteRules;
  readonly sources: readonly Source[];
  /** Sources whose articles lead stories. */
  readonly prefer: readonly SourceId[];
  /** Loads what reads pictures. */
  readonly pictures: RestoredPictures['tools'];
  /** Fingerprint of the topic config: published topics count as assigned under it. */
  readonly topicsFingerprint: string;
}

/**
 * The store must be empty, and must be discarded where this fails; the folder is only read. Missing and unreadable files are listed in the
 * report and do not stop the rest. Throws StoreError STORE_RESTORE where there is nothing to restore from.
 */
export async function restore(deps: RestoreDeps, signal: AbortSignal): Promise<RestoreReport> {
  const { store, sink, settings, sources, prefer, topicsFingerprint } = deps;
  const { site, publish } = settings;
  const manifest = await ownManifest(sink, site.url);
  if (manifest === null)
    throw new StoreError('STORE_RESTORE', `nothing to restore from: no edition of ${site.url} is published`);
  const heads = manifest.paths.filter((path) => /^all\.\w+$/.test(path));
  if (heads.length > 0 && !heads.includes('all.json'))
    throw new StoreError(
      'STORE_RESTORE',
      `nothing to restore from: ${site.url} is published without JSON Feed (publish.formats). To start anew, delete ${MANIFEST} from the published folder`,
    );
  const edition = await readPublishedEdition(manifest.paths, sink, signal, presentPaths(settings));
  const siteHost = new URL(site.url).hostname;
  const states = await restoredStates(sources, edition, site, sink);
  const first = await store.reserveRefs(edition.tombstones.size + edition.articles.size);
  const own = new Set(sources.flatMap((source) => (source.own === undefined ? [] : [source.id])));
  const articles = restoredArticles(edition, first + edition.tombstones.size, {
    owner: createOwners(namedSources(sources, states)),
    topics: settings.topics,
    own,
    withPages: new Set(sources.flatMap(({ id, articlePages }) => (articlePages ? id : []))),
    language: site.language,
    siteHost,
    feedsUrl: site.feedsUrl,
  });
  const living = new Set(articles.flatMap(({ article }) => article.keys.map(({ value }) => value)));
  const tombstones = restoredTombstones(edition, first, { siteHost, own, living });
  await saveArticles([...tombstones, ...articles], states, topicsFingerprint, store, signal);
  await restorePictures(
    articles.map(({ article }) => article),
    manifest.paths,
    { store, sink, tools: deps.pictures, signal },
  );
  await restoreIcons(manifest.paths, lastUpdate(edition), { store, sink });
  await hideUnread(deps, edition, tombstones);
  const forwards = await readForwards(manifest, sink, signal);
  const stories = restoredStories({ ...edition, forwards }, articles, {
    siteHost,
    items: publish.items,
    prefer,
  });
  await store.saveStories(stories.changes);
  const refs = new Map(articles.map(({ id, article }) => [id, article.ref]));
  const archiveDocuments = await restoreArchives(edition, refs, store);
  const upTo = articles.at(-1)?.article.ref ?? first;
  const issues = await restoreDigests(deps, manifest.paths, upTo, edition.problems);
  await saveEdition(deps, edition, manifest, { articles, issues, signal });
  await noteAsked(
    store,
    askedChannels(settings).filter(({ path }) => edition.channels.has(path)),
  );
  // What the desk hides or changes counts from here on as it did before; what it says since that edition is dirty.
  const changed = new ChangedArticles();
  await applyDesk({ store, desk: deps.desk, sources, feedsUrl: site.feedsUrl, now: lastUpdate(edition) }, changed);
  const leads = await leadRules({ prefer }, store);
  await moveBetweenStories({ store, siteHost, leads }, await readDeskStories(store), changed);
  return {
    articles: articles.length,
    withdrawn: tombstones.length,
    stories: stories.published,
    channels: edition.channels.size,
    archiveDocuments,
    files: manifest.paths.length,
    problems: edition.problems,
  };
}

/** What the section hid stays so until its text is read again, and tells whether a rule finds it; of a reviewed source, until it is approved. */
async function hideUnread(
  { store, rules, sources }: RestoreDeps,
  edition: PublishedEdition,
  tombstones: readonly RestoredArticle[],
): Promise<void> {
  const hidden = tombstones.flatMap(({ id, article }) =>
    edition.tombstones.get(id)?.ofSection === true ? article : [],
  );
  // Each is hidden since the moment of its tombstone.
  const now = lastUpdate(edition);
  const rule = { by: 'rule', rule: RULE_BEFORE_RESTORE } as const;
  const refs = hidden.map(({ ref }) => ref);
  if (rulesFingerprint(rules) !== null) await store.setHidden(refs, rule, now);
  await holdReviewed(hidden, sourcesOnHold(sources), { store, now });
}

function lastUpdate({ channels }: PublishedEdition): Date {
  return new Date([...channels.values()].reduce((last, { head }) => Math.max(last, head?.updated?.getTime() ?? 0), 0));
}

function namedSources(sources: readonly Source[], states: ReadonlyMap<SourceId, FetchState>) {
  const profiles = new Map([...states].flatMap(([id, { profile }]) => (profile === null ? [] : [[id, profile]])));
  return sources.map((source) => ({
    ...source,
    title: sourceTitle(source, profiles),
    homeUrl: profiles.get(source.id)?.homeUrl ?? null,
  }));
}

async function saveEdition(
  { store, sink, settings }: RestoreDeps,
  edition: PublishedEdition,
  manifest: Manifest,
  {
    articles,
    issues,
    signal,
  }: {
    readonly articles: readonly RestoredArticle[];
    readonly issues: ReadonlyMap<string, string>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  await store.saveMeta(EDITION, JSON.stringify(lastEdition(settings, edition, articles, manifest.pages)));
  const dates = [...edition.channels].map(([channel, { head }]) => [channel, head?.updated ?? null] as const);
  await store.saveChannelDates(
    [...dates, [STORIES, edition.storiesUpdated] as const].flatMap(([channel, updatedAt]) => {
      return updatedAt === null ? [] : [{ channel, updatedAt }];
    }),
  );
  const gone = await gonePaths(manifest, articles, sink, signal);
  const inputs = new Map([...issues, ...[...gone].map((path) => [path, goneInputs('restored')] as const)]);
  await store.savePublishedFiles(await recordedFiles(manifest, inputs, sink), []);
  await savePublishedNote(store, {
    manifest: contentDigest((await sink.read(MANIFEST))!),
    boot: null,
    at: 0,
    renamedAt: null,
    files: {},
  });
  // Everything restored is already published.
  await store.clearDirty(await store.dirty());
}

const LEADS_TO_ARTICLE = /http-equiv="refresh" content="0; url=\.\.\/articles\/([^/"]+)\.html"/;

/** Addresses of stories that one publication is left to tell, which no feed tells of: the slugs of the articles' pages to which they lead. */
async function readForwards(
  { paths }: Manifest,
  sink: Pick<Sink, 'read'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const forwards = new Map<string, string>();
  const pages = new Set(paths);
  for (const path of paths) {
    const [, slug] = /^stories\/([^/]+)\.html$/.exec(path) ?? [];
    if (slug === undefined || pages.has(`stories/${slug}.json`)) continue;
    await letSignalsIn(signal);
    const page = await sink.read(path);
    const [, article] = LEADS_TO_ARTICLE.exec(page === null ? '' : Buffer.from(page).toString('utf8')) ?? [];
    if (article !== undefined) forwards.set(slug, article);
  }
  return forwards;
}

/** Pages in place of articles that the section took out, which no feed tells of. */
async function gonePaths(
  { paths }: Manifest,
  articles: readonly RestoredArticle[],
  sink: Pick<Sink, 'read'>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const shown = new Set(articles.map(({ id }) => pathOf(slugOf(id))));
  const gone = new Set<string>();
  for (const path of paths.filter(
    (one) => /^(?:articles|stories)\//.test(one) && !shown.has(one) && one.endsWith('.html'),
  )) {
    await letSignalsIn(signal);
    const page = await sink.read(path);
    if (page !== null && Buffer.from(page).includes('<body class="withdrawn">')) gone.add(path);
  }
  return gone;
}

/** `inputs`: of files that are kept as they are. With the sizes in the manifest: the next run writes files of other sizes again. */
async function recordedFiles(
  manifest: Manifest,
  inputs: ReadonlyMap<string, string>,
  sink: Pick<Sink, 'sizes'>,
): Promise<PublishedFile[]> {
  const paths = [MANIFEST, ...manifest.paths];
  const found = await sink.sizes(paths);
  return paths.map((path) => ({
    path,
    size: manifest.sizes.get(path) ?? found.get(path) ?? 0,
    inputs: inputs.get(path) ?? null,
  }));
}
