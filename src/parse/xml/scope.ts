/** What an element inherits: namespaces, and the base of relative references. */
import type { Attributes } from '../../text/markup.js';
import { resolveUrl } from '../urls.js';
import { isUsualPrefix, prefixOf, usualAttribute, usualName } from './namespaces.js';

export interface Scope {
  readonly parent: Scope | null;
  /** Declared here: our prefix by theirs ('' is the default namespace). */
  readonly prefixes: ReadonlyMap<string, string>;
  /** xml:base, absolute as far as it can be; null: the document says none. */
  readonly base: string | null;
}

export const OUTERMOST: Scope = { parent: null, prefixes: new Map(), base: null };

/** The scope inside an element. `documentBase` is where the document came from. */
export function enter(scope: Scope, attributes: Attributes, documentBase: string | null): Scope {
  const prefixes = new Map<string, string>();
  let base = scope.base;
  for (const name in attributes) {
    const value = attributes[name]!;
    if (name === 'xml:base') base = resolveUrl(value, scope.base ?? documentBase);
    else if (name === 'xmlns') prefixes.set('', prefixOf(value) ?? (scope.parent === null ? '' : '?'));
    else if (name.startsWith('xmlns:')) addPrefix(prefixes, name.slice(6).toLowerCase(), value);
  }
  return prefixes.size === 0 && base === scope.base ? scope : { parent: scope, prefixes, base };
}

/** An address that we do not know leaves a usual prefix its usual meaning: it is most often a misspelling. */
function addPrefix(prefixes: Map<string, string>, prefix: string, address: string): void {
  prefixes.set(prefix, prefixOf(address) ?? prefix);
}

/** The usual name of an element or attribute in this scope. `own` is the prefix of the vocabulary that the root is in. */
export function nameIn(scope: Scope, written: string, own: string): string {
  const colon = written.indexOf(':');
  const prefix = colon < 0 ? '' : written.slice(0, colon).toLowerCase();
  const local = written.slice(colon + 1);
  const known = lookUp(scope, prefix);
  if (known !== null) return usualName(known === own ? '' : known, local);
  return usualName(prefix === '' || isUsualPrefix(prefix) ? (prefix === own ? '' : prefix) : prefix, local);
}

/** A feed's own names go without prefix: Atom's in an Atom feed, and whatever stands before a root called `rss`. `written`: the root's name. */
export function ownPrefix(scope: Scope, written: string): string {
  const name = nameIn(scope, written, '');
  if (/^(?:atom:)?(?:feed|entry)$/.test(name)) return 'atom';
  return /^(.+):(?:rss|channel|item|feed)$/.exec(name)?.[1] ?? '';
}

/** Under their usual names; null where there are none. */
export function usualAttributes(attributes: Attributes, scope: Scope): Attributes | null {
  let usual: Record<string, string> | null = null;
  for (const name in attributes) {
    usual ??= Object.create(null) as Record<string, string>;
    const plain = !name.includes(':') || name.startsWith('xml:') || name.startsWith('xmlns:');
    usual[plain ? usualAttribute(name) : nameIn(scope, name, '')] = attributes[name]!;
  }
  return usual;
}

function lookUp(scope: Scope, prefix: string): string | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const known = at.prefixes.get(prefix);
    if (known !== undefined) return known;
  }
  return null;
}
