/** Looks up well-known publications and news agencies by name and host. */
import { loadTable } from '../../data/load.js';
import { lettersOnly } from '../../text/plain.js';
import { bareHost } from '../../text/url/url.js';

interface Outlet {
  /** The first name is displayed. */
  readonly names: readonly string[];
  readonly hosts: readonly string[];
}

const TABLE = loadTable<{
  readonly publications: readonly Outlet[];
  /** An agency in a byline is an author, in a credit the text's origin. */
  readonly agencies: readonly Outlet[];
  readonly commonWords: readonly string[];
}>('outlets');
const OUTLETS = [...TABLE.publications, ...TABLE.agencies];

/** Names that are also common words, in `lettersOnly` form. They need more evidence than a capital letter. */
export const COMMON: ReadonlySet<string> = new Set(TABLE.commonWords);

/** In `lettersOnly` form. */
export const OUTLET_NAMES: ReadonlySet<string> = new Set(OUTLETS.flatMap(({ names }) => names.map(lettersOnly)));
/** In `lettersOnly` form. */
export const NEWS_AGENCIES: ReadonlySet<string> = new Set(
  TABLE.agencies.flatMap(({ names }) => names.map(lettersOnly)),
);

const BY_HOST: ReadonlyMap<string, string> = new Map(
  OUTLETS.flatMap(({ names, hosts }) => hosts.map((host) => [host, names[0]!] as const)),
);

/** The name of a known outlet, on any subdomain; null: not in the table. */
export function findOutlet(url: string | null): string | null {
  const labels = bareHost(url)?.split('.') ?? [];
  for (let i = 0; i < labels.length - 1; i++) {
    const name = BY_HOST.get(labels.slice(i).join('.'));
    if (name !== undefined) return name;
  }
  return null;
}
