/** What an element inherits: namespaces and the base of relative references. */
import type { Attributes } from '../../text/markup.js';
import { resolveUrl } from '../urls.js';
import { findNamespacePrefix, toCanonicalAttribute, toCanonicalName } from './namespaces.js';

export interface Scope {
  readonly parent: Scope | null;
  /** Declared on this element: the document's prefix ('': default namespace) → canonical prefix. */
  readonly prefixes: ReadonlyMap<string, string>;
  /** xml:base, absolute if possible; null: not declared. */
  readonly base: string | null;
}

export const OUTERMOST_SCOPE: Scope = { parent: null, prefixes: new Map(), base: null };

/** @param documentUrl address of the document. */
export function createScope(scope: Scope, attributes: Attributes, documentUrl: string | null): Scope {
  const prefixes = new Map<string, string>();
  let base = scope.base;
  for (const name in attributes) {
    const value = attributes[name]!;
    if (name === 'xml:base') base = resolveUrl(value, scope.base ?? documentUrl);
    else if (name === 'xmlns') prefixes.set('', resolveDefaultPrefix(scope, value));
    else if (name.startsWith('xmlns:')) addPrefix(prefixes, name.slice(6).toLowerCase(), value);
  }
  return prefixes.size === 0 && base === scope.base ? scope : { parent: scope, prefixes, base };
}

/** '' for the root's namespace or an empty one (`xmlns=""`, written by XML libraries). `?`: another vocabulary. */
function resolveDefaultPrefix(scope: Scope, address: string): string {
  return findNamespacePrefix(address) ?? (address.trim() === '' || scope.parent === null ? '' : '?');
}

/** With an unknown namespace, a prefix keeps its conventional meaning: most such addresses are misspelt. */
function addPrefix(prefixes: Map<string, string>, prefix: string, address: string): void {
  prefixes.set(prefix, findNamespacePrefix(address) ?? prefix);
}

/** The canonical name of an element or attribute. `own`: prefix of the root's vocabulary. */
export function resolveName(scope: Scope, written: string, own: string): string {
  const colon = written.indexOf(':');
  const prefix = colon < 0 ? '' : written.slice(0, colon).toLowerCase();
  const local = written.slice(colon + 1);
  const meant = lookUpPrefix(scope, prefix) ?? prefix;
  return toCanonicalName(meant === own ? '' : meant, local);
}

/** The prefix of the root's vocabulary, whose names are read without it. `written`: the root's name. */
export function findRootPrefix(scope: Scope, written: string): string {
  const name = resolveName(scope, written, '');
  if (/^(?:atom:)?(?:feed|entry)$/.test(name)) return 'atom';
  return /^(.+):(?:rss|channel|item|feed)$/.exec(name)?.[1] ?? '';
}

/** null: no attributes. */
export function resolveAttributes(attributes: Attributes, scope: Scope): Attributes | null {
  let canonical: Record<string, string> | null = null;
  for (const name in attributes) {
    canonical ??= Object.create(null) as Record<string, string>;
    canonical[resolveAttributeName(scope, name)] = attributes[name]!;
  }
  return canonical;
}

/** @param name in lower case. */
export function resolveAttributeName(scope: Scope, name: string): string {
  const isPlain = !name.includes(':') || name.startsWith('xml:') || name.startsWith('xmlns:');
  return isPlain ? toCanonicalAttribute(name) : resolveName(scope, name, '');
}

function lookUpPrefix(scope: Scope, prefix: string): string | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const known = at.prefixes.get(prefix);
    if (known !== undefined) return known;
  }
  return null;
}
