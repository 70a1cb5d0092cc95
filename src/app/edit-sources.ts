/** Adds sources to the config of a site: no address twice, each with a unique id. */

import { addToSources, type NewSource } from '../config/edit/add-to-sources.js';
import { withFileLock } from '../config/edit/file-lock.js';
import { sourceIdOf } from '../config/source-id.js';
import { isHttpUrl } from '../config/values.js';
import { isAddress } from '../model/address.js';
import type { Settings } from '../model/settings.js';
import type { SourceId } from '../model/source.js';
import { plainLine } from '../text/plain.js';
import { redactUrl } from '../text/url/redact-url.js';
import { urlKey } from '../text/url/url.js';

export interface WantedSource {
  readonly url: string;
  /** Default: derived from the address. */
  readonly id?: string | undefined;
  /** Default: the feed's own. */
  readonly title?: string | undefined;
}

export interface AddedSources {
  /** Path of the changed file; null: nothing was added. */
  readonly file: string | null;
  readonly added: readonly NewSource[];
  readonly leftOut: readonly { readonly url: string; readonly why: string }[];
}

/**
 * Addresses with the same canonical form count as one. An id in use gets a number. `load` is called once the file lock is ours, since
 * another process may be adding sources too. Throws ConfigError where the file cannot be edited without losing something.
 */
export async function addSources(
  configPath: string,
  load: () => Promise<Pick<Settings, 'sources'>>,
  wanted: readonly WantedSource[],
): Promise<AddedSources> {
  return await withFileLock(configPath, async () => {
    const { added, leftOut } = newSources(await load(), wanted);
    return { file: added.length === 0 ? null : await addToSources(configPath, added), added, leftOut };
  });
}

function newSources(settings: Pick<Settings, 'sources'>, wanted: readonly WantedSource[]): Omit<AddedSources, 'file'> {
  const known = new Map<string, SourceId>(settings.sources.map(({ id, url }) => [urlKey(url), id]));
  const ids = new Set(settings.sources.map(({ id }) => id));
  const added: NewSource[] = [];
  const leftOut: { url: string; why: string }[] = [];
  for (const { url: given, id, title: said } of wanted) {
    const url = writableUrl(given);
    const title = plainLine(said ?? '') || undefined;
    const why = whyLeftOut(url, known);
    if (why !== null) {
      leftOut.push({ url: redactUrl(url), why });
      continue;
    }
    const own = freeId(id ?? sourceIdOf(url), ids);
    ids.add(own);
    known.set(urlKey(url), own);
    added.push({ id: own, url, ...(title === undefined ? {} : { title }) });
  }
  return { added, leftOut };
}

/** As a config may hold it: other programs write addresses with spaces, line ends and worse in them. */
function writableUrl(url: string): string {
  return /[\s\p{C}]/u.test(url) && isAddress(url) ? new URL(url).href : url;
}

function whyLeftOut(url: string, known: ReadonlyMap<string, SourceId>): string | null {
  if (!isHttpUrl(url)) return 'it is no absolute http(s) address';
  const id = known.get(urlKey(url));
  return id === undefined ? null : `it is read already, as "${id}"`;
}

function freeId(wish: string, taken: ReadonlySet<SourceId>): SourceId {
  if (!taken.has(wish)) return wish;
  for (let n = 2; ; n++) if (!taken.has(`${wish}-${n}`)) return `${wish}-${n}`;
}
