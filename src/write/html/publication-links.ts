/** Links from the names of publications to their pages, told apart where several on a page have one name. */
import type { PageEntry } from '../../model/page.js';
import type { SourceId } from '../../model/source.js';
import { distinctNames } from './distinct-names.js';

export interface PublicationLink {
  /** Relative. */
  readonly href: string;
  /** As the page shows it. */
  readonly label: string;
  /** The accessible name, where the title alone would stand for two things; null: the title. */
  readonly name: string | null;
}

/** null: there is no page of it. */
export type PublicationPage = (entry: Pick<PageEntry, 'sourceId'>) => PublicationLink | null;

/** `entries`: all on the page that name one; `taken`: names of its other links; `what`: the word for a publication; `root`: the way to the folder. */
export function publicationPages(
  entries: readonly Pick<PageEntry, 'publication' | 'sourceId'>[],
  taken: readonly string[],
  what: string,
  root: string,
): PublicationPage {
  const labels = new Map<SourceId, string>();
  for (const { publication, sourceId } of entries) {
    if (sourceId !== null && !labels.has(sourceId)) labels.set(sourceId, publication);
  }
  const listed = [...labels].map(([id, label]) => ({ id, label })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const names = distinctNames(listed, taken, what);
  const links = new Map(
    listed.map(({ id, label }, i) => [id, { href: `${root}sources/${id}.html`, label, name: names[i] ?? null }]),
  );
  return ({ sourceId }) => (sourceId === null ? null : (links.get(sourceId) ?? null));
}
