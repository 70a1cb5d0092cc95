/** Lists what the next build would change, from the files of a dry run (`build --dry-run --into`). */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeHTMLStrict } from 'entities/decode';
import type { Settings } from '../../model/settings.js';
import { listTopics } from './names.js';

const MOST_TITLES = 100;

/** What the next build would change: the first articles by headline, topics, and all files. */
export async function listPreview(folder: string, settings: Settings) {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).flatMap((entry) =>
    entry.isFile()
      ? join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/')
      : [],
  );
  const labels = new Map(listTopics(settings).map(({ id, label }) => [`topics/${id}.html`, label]));
  const articles = files.filter((path) => /^articles\/[^/]+\.html$/.test(path)).sort();
  return {
    files: files.sort(),
    articleCount: articles.length,
    articles: await Promise.all(
      articles.slice(0, MOST_TITLES).map(async (path) => ({ path, title: await readTitle(join(folder, path)) })),
    ),
    topics: files.flatMap((path) => labels.get(path) ?? []),
  };
}

async function readTitle(path: string): Promise<string> {
  const [, title = path] = /<title>([^<]*)<\/title>/.exec(await readFile(path, 'utf8')) ?? [];
  return decodeHTMLStrict(title);
}
