/** Records the published edition in the store: settings, dates and files. */
import { MANIFEST, type Manifest } from '../../compose/manifest.js';
import type { EditionSettings } from '../../compose/settings.js';
import { STORIES } from '../../model/channel.js';
import type { Sink } from '../../ports/sink.js';
import type { PublishedFile } from '../../ports/store/editions.js';
import type { Store } from '../../ports/store/store.js';
import { contentDigest } from '../../text/digest.js';
import { toSlug } from '../../text/slug.js';
import { joinRemovalInputs } from '../facts/page-fingerprints.js';
import { savePublishedNote } from '../publish/commit-note.js';
import { EDITION } from '../publish/edition-state.js';
import { toArticlePath } from '../publish/pages/article-pages.js';
import type { RestoredArticle } from './articles.js';
import { inferLastEdition } from './last-edition.js';
import type { PublishedEdition } from './published-edition.js';
import { yieldToSignals } from './yield-to-event-loop.js';

interface SaveDeps {
  readonly store: Store;
  readonly sink: Pick<Sink, 'read' | 'sizes'>;
  readonly settings: EditionSettings;
}

export interface PublishedSite {
  readonly manifest: Manifest;
  readonly edition: PublishedEdition;
}

export async function saveEdition(
  { store, sink, settings }: SaveDeps,
  { edition, manifest }: PublishedSite,
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
  await store.saveMeta(EDITION, JSON.stringify(inferLastEdition(settings, edition, articles, manifest.pages)));
  const dates = [...edition.channels].map(([channel, { head }]) => [channel, head?.updated ?? null] as const);
  await store.saveChannelDates(
    [...dates, [STORIES, edition.storiesUpdated] as const].flatMap(([channel, updatedAt]) => {
      return updatedAt === null ? [] : [{ channel, updatedAt }];
    }),
  );
  const gone = await findRemovedPages(manifest, articles, sink, signal);
  const inputs = new Map([...issues, ...[...gone].map((path) => [path, joinRemovalInputs('restored')] as const)]);
  await store.savePublishedFiles(await listRecordedFiles(manifest, inputs, sink), []);
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

/** Finds pages of articles that the section removed. No feed lists them. */
async function findRemovedPages(
  { paths }: Manifest,
  articles: readonly RestoredArticle[],
  sink: Pick<Sink, 'read'>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const shown = new Set(articles.map(({ id }) => toArticlePath(toSlug(id))));
  const gone = new Set<string>();
  for (const path of paths.filter(
    (one) => /^(?:articles|stories)\//.test(one) && !shown.has(one) && one.endsWith('.html'),
  )) {
    await yieldToSignals(signal);
    const page = await sink.read(path);
    if (page !== null && Buffer.from(page).includes('<body class="withdrawn">')) gone.add(path);
  }
  return gone;
}

/** `inputs`: fingerprints of files to keep. Uses the sizes of the manifest, so that the next run rewrites files of another size. */
async function listRecordedFiles(
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
