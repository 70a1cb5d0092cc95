/** Makes the search index with Pagefind, a program of its own. */
import { PublishError } from '../model/errors.js';
import { missingPackages } from '../model/optional-packages.js';
import type { BuildSearchIndex } from '../ports/search-index.js';

/** Our search page needs no components of Pagefind's. */
const UNUSED = /^pagefind-(?:ui|modular-ui|component-ui|highlight)\./;

/** One index for all languages, because a search page reads only that of its own. */
export const buildSearchIndex: BuildSearchIndex = async (pages, language) => {
  const { close, createIndex } = await import('pagefind').catch((cause) => {
    throw new PublishError('PUBLISH_FAILED', missingPackages('publish.search', 'pagefind'), { cause });
  });
  try {
    const { index, errors } = await createIndex({ forceLanguage: language });
    if (index === undefined) throw new Error(errors.join(', '));
    for await (const { path, html } of pages) {
      const added = await index.addHTMLFile({ url: path, content: html });
      if (added.errors.length > 0) throw new Error(`${path}: ${added.errors.join(', ')}`);
    }
    const { files } = await index.getFiles();
    return new Map(files.filter(({ path }) => !UNUSED.test(path)).map(({ path, content }) => [`pagefind/${path}`, content])); // biome-ignore format: one map
  } catch (cause) {
    throw new PublishError('PUBLISH_FAILED', `publish.search: ${(cause as Error).message}`, { cause });
  } finally {
    await close();
  }
};
