/** The pages for readers as a part of the edition: only pages whose inputs changed are rendered. */

import type { Profiles } from '../../compose/channel-metadata.js';
import { createEntries } from '../../compose/entry.js';
import { composeSite, publishedTopics } from '../../compose/page-entry.js';
import type { EditionSettings } from '../../compose/settings.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { Edition } from '../../model/edition.js';
import type { Site } from '../../model/page.js';
import type { SourceId } from '../../model/source.js';
import type { DirtyDocument } from '../../ports/store/channels.js';
import type { Store } from '../../ports/store/store.js';
import type { PageWriter } from '../../write/html/html.js';
import type { EditionPart, PartFile, StoredEdition } from '../publish/publish-deps.js';
import { changedPages, everyPage } from './article-pages.js';
import { listPages } from './list-pages.js';
import { frameOf, pageFingerprints, shortHash } from './page-fingerprints.js';
import { ownFingerprint, PageLinks } from './page-links.js';

export interface PageDeps {
  readonly store: Store;
  readonly settings: EditionSettings;
  readonly profiles: Profiles;
  /** Preferred sources for leading a story. */
  readonly prefer: readonly SourceId[];
  readonly now: Date;
  /** Fingerprint of the site's own templates and styles. */
  readonly theme: string;
  /** Called only where pages are rendered. */
  writer(site: Site): Promise<PageWriter>;
}

const PAGES =
  /^(?:(?:index|topics\/[^/]+|sources\/[^/]+|articles\/[^/]+|archive\/all\/\d+|fragments\/[^/]+)\.html|style\.css)$/;

/** Without health files (`status.*`). */
export function createPages(deps: PageDeps): EditionPart {
  return {
    fingerprint: deps.theme,
    owns: (path) => PAGES.test(path),
    archived: (documents) => documents,
    files: (edition, stored, signal) => pages(deps, edition, stored, signal),
  };
}

async function* pages(
  deps: PageDeps,
  edition: Edition,
  { channels, dirty, recorded }: StoredEdition,
  signal: AbortSignal,
): AsyncIterable<PartFile> {
  const { store, settings } = deps;
  const writer = withSettings(await deps.writer(composeSite(settings, publishedTopics(edition))), deps);
  const entryOf = createEntries(settings);
  const records = pageFingerprints(recorded.values());
  const changed = new Set<ArticleRef>();
  const onArticlesRead = (articles: readonly Article[]) => {
    for (const article of articles) {
      if (records.get(article.ref)?.own !== ownFingerprint(entryOf(article))) changed.add(article.ref);
    }
  };
  yield* listPages(
    { ...deps, entryOf },
    { edition, writer, recorded, facts: channels, touched: touchedBy(dirty), onArticlesRead },
  );
  const links = new PageLinks(store, entryOf, settings.publish.stories);
  const work = { store, links, writer, records, signal };
  if (frameOf(recorded.get('index.html')?.inputs) === writer.fingerprint) {
    yield* changedPages(work, changed, await withdrawnIds(store, dirty));
  } else {
    yield* everyPage(
      work,
      [...channels.keys()].filter((path) => path === 'all' || path.startsWith('sources/')),
    );
  }
  const css = writer.stylesheet();
  yield { path: 'style.css', inputs: shortHash(css), make: async () => css };
}

/** Adds rights, labels of topics and other settings that pages show to the fingerprint of all pages. */
function withSettings(writer: PageWriter, { settings: { site, publish, sources, topics } }: PageDeps): PageWriter {
  const rights = sources.map(({ id, content, withdrawn }) => [id, content, withdrawn]).sort();
  const names = topics.map(({ id, label, iptc }) => [id, label, iptc]);
  const shown = [site.comments, site.url, publish.link, publish.archive, publish.stories, rights, names];
  return { ...writer, fingerprint: `${writer.fingerprint}${shortHash(shown)}` };
}

function touchedBy(dirty: readonly DirtyDocument[]) {
  const heads = dirty.filter(({ archive }) => archive === null);
  const archives = dirty.flatMap(({ channel, archive }) => (channel === 'all' && archive !== null ? [archive] : []));
  return { channels: new Set(heads.map(({ channel }) => channel)), archives: new Set(archives) };
}

/** Ids of articles withdrawn from channels with takedowns. */
async function withdrawnIds(store: Store, dirty: readonly DirtyDocument[]): Promise<string[]> {
  const channels = new Set(dirty.filter(({ takedown }) => takedown).map(({ channel }) => channel));
  const ids = new Set<string>();
  for (const channel of channels) {
    for (const { id } of await store.withdrawnFrom(channel, new Date(0))) ids.add(id);
  }
  return [...ids];
}
