/** Well-known publications and news agencies: their names, and the hosts of their sites. */
import { loadTable } from '../../data/load.js';
import { lettersOnly } from '../../text/plain.js';
import { bareHost } from '../../text/url/url.js';

interface Outlet {
  /** The first is the one that pages show. */
  readonly names: readonly string[];
  readonly hosts: readonly string[];
}

const TABLE = loadTable<{
  readonly publications: readonly Outlet[];
  /** A byline of an agency names the author, and a credit the text's origin. */
  readonly agencies: readonly Outlet[];
  readonly commonWords: readonly string[];
}>('outlets');
const OUTLETS = [...TABLE.publications, ...TABLE.agencies];

/** Names that are common words too, in the form of `lettersOnly`: a name only with more evidence than a capital letter. */
export const COMMON: ReadonlySet<string> = new Set(TABLE.commonWords);

/** In the form of `lettersOnly`. */
export const OUTLET_NAMES: ReadonlySet<string> = new Set(OUTLETS.flatMap(({ names }) => names.map(lettersOnly)));
/** In the form of `lettersOnly`. */
export const NEWS_AGENCIES: ReadonlySet<string> = new Set(
  TABLE.agencies.flatMap(({ names }) => names.map(lettersOnly)),
);

const BY_HOST: ReadonlyMap<string, string> = new Map(
  OUTLETS.flatMap(({ names, hosts }) => hosts.map((host) => [host, names[0]!] as const)),
);

/** The well-known name of the site at an address, whatever subdomain; null: not in the table. */
export function outletAt(url: string | null): string | null {
  const labels = bareHost(url)?.split('.') ?? [];
  for (let i = 0; i < labels.length - 1; i++) {
    const name = BY_HOST.get(labels.slice(i).join('.'));
    if (name !== undefined) return name;
  }
  return null;
}
