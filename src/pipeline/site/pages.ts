/** The pages for readers as a part of the edition: only pages whose inputs changed are rendered. */

import type { Profiles } from '../../compose/channel-metadata.js';
import { createEntries } from '../../compose/entry.js';
import { composeSite, publishedTopics } from '../../compose/page-entry.js';
import type { EditionSettings } from '../../compose/settings.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { Edition } from '../../model/edition.js';
import type { Site } from '../../model/page.js';
import type { DirtyDocument, GoneArticle } from '../../ports/store/channels.js';
import type { Store } from '../../ports/store/store.js';
import { slugOf } from '../../text/slug.js';
import type { PageWriter } from '../../write/html/html.js';
import { relistedArticles } from '../organize/desk-stories.js';
import type { LeadRules } from '../publish/multi-source-stories.js';
import type { EditionPart, PartFile, StoredEdition } from '../publish/publish-deps.js';
import { changedPages, everyPage, pathOf } from './article-pages.js';
import { listPages } from './list-pages.js';
import { frameOf, goneInputs, gonePages, pageFingerprints, shortHash } from './page-fingerprints.js';
import { ownFingerprint, PageLinks } from './page-links.js';

export interface PageDeps {
  readonly store: Store;
  readonly settings: EditionSettings;
  readonly profiles: Profiles;
  readonly leads: LeadRules;
  /** Pinned articles, in this order. */
  readonly pins: readonly ArticleRef[];
  readonly now: Date;
  /** Fingerprint of the site's own templates and styles. */
  readonly theme: string;
  /** Called only where pages are rendered. */
  writer(site: Site): Promise<PageWriter>;
}

const PAGES =
  /^(?:(?:index|topics\/[^/]+|sources\/[^/]+|channels\/[^/]+|language\/[^/]+|articles\/[^/]+|archive\/all\/\d+|fragments\/[^/]+)\.html|style\.css)$/;

/** Without health files (`status.*`). */
export function createPages(deps: PageDeps): EditionPart {
  return {
    // As without a desk where nothing is pinned.
    fingerprint: deps.pins.length === 0 ? deps.theme : `${deps.theme} ${deps.pins.join()}`,
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
  const changed = new Set(await relistedArticles(store));
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
  const isKnown = frameOf(recorded.get('index.html')?.inputs) === writer.fingerprint;
  const takenDown = dirty.filter(({ takedown }) => takedown).map(({ channel }) => channel);
  const everyChannel = [...channels.keys()].filter((path) => path === 'all' || path.startsWith('sources/'));
  const gone = await goneArticles(store, new Set(isKnown ? takenDown : everyChannel));
  const made = new Set<string>();
  const articles = isKnown ? changedPages(work, changed, [...gone.keys()]) : everyPage(work, everyChannel);
  for await (const page of articles) {
    made.add(page.path);
    yield page;
  }
  for (const path of pagesOfGone(recorded, gone)) {
    if (!made.has(path))
      yield { path, inputs: goneInputs(writer.fingerprint), make: async () => writer.withdrawn(path) };
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

/** Who took out the articles that are gone from these channels, by id. */
async function goneArticles(
  store: Store,
  channels: ReadonlySet<ChannelPath>,
): Promise<ReadonlyMap<string, GoneArticle['by']>> {
  const gone = new Map<string, GoneArticle['by']>();
  for (const channel of channels) {
    for (const { id, by } of await store.withdrawnFrom(channel, new Date(0))) gone.set(id, by);
  }
  return gone;
}

/** Paths of published pages of articles that the section took out, and of those that say so already. */
function pagesOfGone(recorded: StoredEdition['recorded'], gone: ReadonlyMap<string, GoneArticle['by']>): Set<string> {
  const taken = [...gone].flatMap(([id, by]) => (by === 'section' ? pathOf(slugOf(id)) : []));
  return new Set([...gonePages(recorded.values()), ...taken.filter((path) => recorded.has(path))]);
}
