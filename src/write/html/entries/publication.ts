/** Prepares names of publications for templates: links, icons, and distinct labels for equal names. */
import type { PageEntry } from '../../../model/page.js';
import type { SourceId } from '../../../model/source.js';
import { findInitial } from '../../../text/cut.js';
import { distinctNames } from './distinct-names.js';

interface ShownIcon {
  /** The class of its icon in `icons/icons.css`; null: it has no icon. */
  readonly icon: string | null;
  /** Shown if it has no icon. */
  readonly letter: string;
  /** Number of the letter's colour, 0 to 7. */
  readonly tint: number;
}

export interface ShownPublication extends ShownIcon {
  readonly name: string;
  /** Its page, relative; null: none. */
  readonly href: string | null;
  /** The accessible name of the link, if the visible name is ambiguous; null: the name. */
  readonly label: string | null;
}

type Named = Pick<PageEntry, 'publication' | 'sourceId'>;

export type PublicationFinder = (entry: Named) => ShownPublication;

const TINTS = 8;

/** `entries`: all with a publication page; `taken`: names of other links; `what`: the word for a publication. */
export function createPublicationFinder(
  entries: readonly Named[],
  taken: readonly string[],
  what: string,
  root: string,
): PublicationFinder {
  const labels = new Map<SourceId, string>();
  for (const { publication, sourceId } of entries) if (sourceId !== null) labels.set(sourceId, publication);
  const listed = [...labels].map(([id, label]) => ({ id, label })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const names = distinctNames(listed, taken, what);
  const nameOf = new Map(listed.map(({ id }, i) => [id, names[i] ?? null]));
  return ({ publication, sourceId }) => {
    return {
      name: publication,
      href: sourceId !== null && labels.has(sourceId) ? `${root}sources/${sourceId}.html` : null,
      label: sourceId !== null && labels.get(sourceId) === publication ? (nameOf.get(sourceId) ?? null) : null,
      ...toShownIcon(publication, sourceId),
    };
  };
}

export function toShownIcon(name: string, sourceId: SourceId | null): ShownIcon {
  return {
    icon: sourceId === null ? null : iconClass(sourceId),
    letter: findInitial(name),
    tint: selectTint(sourceId ?? name),
  };
}

export function iconClass(sourceId: string): string {
  return `i-${sourceId}`;
}

function selectTint(key: string): number {
  let sum = 0;
  for (const character of key) sum = (sum * 31 + character.codePointAt(0)!) % 65_521;
  return sum % TINTS;
}
