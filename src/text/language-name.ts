/** Looks up the native name of a language. Uses our own table, because Intl differs between versions of Node. */
import { loadMap } from '../data/load.js';

/** `uk` → `Українська`, `pt-BR` → `Português (BR)`; an unknown language → its tag. */
export function languageName(tag: string): string {
  const [primary = tag, ...rest] = tag.split('-');
  const name = loadMap<string>('language-names').get(primary.toLowerCase());
  if (name === undefined) return tag;
  return rest.length === 0 ? name : `${name} (${rest.join('-')})`;
}
