/** Compares the files that sources read from the section's folder: `file:` feeds and lists, posts and links. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isWithin } from '../../config/paths.js';
import type { Settings } from '../../model/settings.js';
import type { Source } from '../../model/source.js';
import { contentDigest } from '../../text/digest.js';
import { readOpmlOutlines } from '../../text/opml.js';
import { redactUrl } from '../../text/url/redact-url.js';
import type { ChangedSetting } from './changed-settings.js';

/** Addresses in a list that a change adds and removes, without secrets. */
export interface ChangedEntries {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Call it only for sources that a review may read. Missing files count as empty. */
export async function haveSameFiles(one: Source, other: Source): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((source) => Promise.all(listLocalPaths(source).map(digestFiles))));
  return JSON.stringify(a) === JSON.stringify(b);
}

/** null: the source is not a list in a file, or its entries are the same. `old` null: all are new. */
export async function compareEntries(old: Source | null, source: Source): Promise<ChangedEntries | null> {
  if (source.reading?.lists !== true) return null;
  const [before, after] = await Promise.all([old, source].map(readEntries));
  const added = [...after!].filter((url) => !before!.has(url));
  const removed = [...before!].filter((url) => !after!.has(url));
  return added.length + removed.length === 0 ? null : { added, removed };
}

/** Files of the section that commands of `enrich` name in `run`, if their bytes are new or changed. */
export async function compareScripts(was: Settings, is: Settings): Promise<ChangedSetting[]> {
  const digest = async (file: string, root: string) => {
    const isInside = await isWithin(resolve(root, file), root).catch(() => false);
    return isInside ? `digest ${contentDigest(await readRegularFile(resolve(root, file)))}` : null;
  };
  const found = (is.enrich ?? []).flatMap(({ run }, index) =>
    run.map(async (word): Promise<ChangedSetting[]> => {
      const file = relative(is.root, resolve(is.root, word));
      const [before, after] = [await digest(file, was.root), await digest(file, is.root)];
      if (after === null || before === after) return [];
      return [{ path: `enrich[${index}].run ${file}`, before, after, trust: true, compared: false }];
    }),
  );
  return (await Promise.all(found)).flat();
}

async function readEntries(source: Source | null): Promise<ReadonlySet<string>> {
  const texts = await Promise.all((source === null ? [] : listLocalPaths(source)).map(readRegularFile));
  return new Set(texts.flatMap((text) => readOpmlOutlines(text.toString()).outlines.map(({ url }) => redactUrl(url))));
}

function listLocalPaths({ url, moreFeeds = [] }: Source): string[] {
  return [url, ...moreFeeds].filter((one) => one.startsWith('file:')).map((one) => fileURLToPath(one));
}

async function digestFiles(path: string): Promise<string> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null) return contentDigest(await readRegularFile(path));
  const files = entries.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const digests = files.map(async (file) => `${file.slice(path.length)} ${contentDigest(await readRegularFile(file))}`);
  return (await Promise.all(digests)).sort().join('\n');
}

/** Empty if it is missing, a device or a pipe, which have no end. */
async function readRegularFile(path: string): Promise<Buffer> {
  const isFile = (await stat(path).catch(() => null))?.isFile() ?? false;
  return isFile ? await readFile(path) : Buffer.alloc(0);
}
