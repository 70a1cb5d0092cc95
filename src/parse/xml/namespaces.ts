/** Maps known namespaces to a canonical prefix each. */
import { loadMap } from '../../data/load.js';

/** Address, lower case, without `/` or `#` at its end → prefix. '': the feed's own vocabulary. */
const PREFIXES = loadMap<string>('xml-namespaces');
const KNOWN: ReadonlySet<string> = new Set(PREFIXES.values());

/** null: unknown. */
export function findNamespacePrefix(address: string): string | null {
  return PREFIXES.get(normalizeNamespace(address)) ?? null;
}

function normalizeNamespace(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^https:/, 'http:')
    .replace(/(?<![/#])[/#]+$/, '');
}

/** A known prefix keeps its meaning even if undeclared. */
export function isKnownPrefix(prefix: string): boolean {
  return KNOWN.has(prefix);
}

/** Names with capitals, by their lower-case form. */
const CAPITALS: ReadonlyMap<string, string> = new Map(
  [
    'pubDate lastBuildDate managingEditor webMaster skipHours skipDays textInput',
    'rdf:RDF rdf:Seq rdf:Bag sy:updatePeriod sy:updateFrequency sy:updateBase feedburner:origLink',
    'dcterms:accessRights podcast:socialInteract',
  ]
    .join(' ')
    .split(' ')
    .map((name) => [name.toLowerCase(), name]),
);

export function toCanonicalName(prefix: string, local: string): string {
  const lower = local.toLowerCase();
  const name = prefix === '' ? lower : `${prefix}:${lower}`;
  return CAPITALS.get(name) ?? name;
}

const ATTRIBUTE_CAPITALS: ReadonlyMap<string, string> = new Map([
  ['ispermalink', 'isPermaLink'],
  ['filesize', 'fileSize'],
]);

export function toCanonicalAttribute(name: string): string {
  const lower = name.toLowerCase();
  return ATTRIBUTE_CAPITALS.get(lower) ?? lower;
}
