/** A file with a list of articles, which are read only if they changed or the file is broken. */
import type { PageEntry } from '../../../model/page.js';
import type { PublishedFile } from '../../../ports/store/editions.js';
import type { PageWriter } from '../../../write/html/html.js';
import { isSameList, joinListInputs } from '../../facts/page-fingerprints.js';
import type { PartFile } from '../edition-parts.js';

export interface ListFiles {
  readonly writer: PageWriter;
  readonly recorded: ReadonlyMap<string, PublishedFile>;
}

interface UnreadList<P> {
  readonly path: string;
  readonly about: unknown;
  load(): Promise<P>;
  readonly touched: boolean;
}

export async function listFile<P extends { readonly entries: readonly PageEntry[] }>(
  { path, about, load, touched }: UnreadList<P>,
  write: (page: P) => string,
  { writer, recorded }: ListFiles,
): Promise<PartFile> {
  const inputs = recorded.get(path)?.inputs;
  if (!touched && inputs != null && isSameList(inputs, writer.fingerprint, about)) {
    return { path, inputs, make: async () => write(await load()) };
  }
  const page = await load();
  return { path, inputs: joinListInputs(writer.fingerprint, about, page.entries), make: async () => write(page) };
}
