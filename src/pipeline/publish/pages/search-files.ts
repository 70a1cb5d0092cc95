/** Builds the search index of all article pages, if one of them changed. */
import type { EntryFactory } from '../../../compose/entry.js';
import type { BuildSearchIndex } from '../../../ports/search-index.js';
import type { PublishedFile } from '../../../ports/store/editions.js';
import type { Store } from '../../../ports/store/store.js';
import { contentDigest } from '../../../text/digest.js';
import type { PageWriter } from '../../../write/html/html.js';
import { type PageFingerprints, readPageFingerprints, shortHash } from '../../facts/page-fingerprints.js';
import type { PartFile } from '../edition-parts.js';
import { toArticlePath } from './article-pages.js';
import { loadOnce } from './list-pages.js';

const FOLDER = 'pagefind/';
const START = `${FOLDER}pagefind-entry.json`;
const BATCH = 100;

interface SearchFiles {
  readonly store: Pick<Store, 'visibleArticles'>;
  readonly entryOf: EntryFactory;
  readonly writer: PageWriter;
  readonly build: BuildSearchIndex;
  readonly recorded: ReadonlyMap<string, PublishedFile>;
  readonly language: string;
}

/** `made`: paths and inputs of the pages of this edition. */
export async function* searchFiles(made: ReadonlyMap<string, string>, work: SearchFiles): AsyncIterable<PartFile> {
  const pages = readPageFingerprints([...made].map(([path, inputs]) => ({ path, inputs, size: 0 })));
  // By path, so that the order of arrival changes nothing.
  const articles = [...pages.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const inputs = shortHash(articles.map((page) => [page.path, page.inputs]));
  const build = loadOnce(() => work.build(readTexts(articles, work), work.language));
  const known = [...work.recorded.values()].filter(({ path }) => path.startsWith(FOLDER));
  if (work.recorded.get(START)?.inputs === inputs) {
    for (const file of known) yield { path: file.path, inputs: file.inputs ?? '', make: async () => (await build()).get(file.path) ?? null }; // biome-ignore format: one file
    return;
  }
  for (const [path, bytes] of await build())
    yield { path, inputs: path === START ? inputs : contentDigest(bytes), make: async () => bytes };
}

async function* readTexts(
  pages: readonly PageFingerprints[],
  { store, entryOf, writer }: SearchFiles,
): Parameters<BuildSearchIndex>[0] {
  for (let at = 0; at < pages.length; at += BATCH) {
    const batch = pages.slice(at, at + BATCH);
    const found = await store.visibleArticles(batch.map(({ ref }) => ref));
    const entries = new Map(found.map(entryOf).map((entry) => [toArticlePath(entry.slug), entry]));
    for (const { path } of batch) {
      const entry = entries.get(path);
      if (entry !== undefined) yield { path, html: writer.searchedText(entry) };
    }
  }
}
