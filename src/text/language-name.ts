/** Names of languages in themselves, as a list of languages shows them: from our own table, since those of Intl change between versions of Node. */
import { loadMap } from '../data/load.js';

/** `uk` → `Українська`, `pt-BR` → `Português (BR)`; a language that is not in the table by its tag. */
export function languageName(tag: string): string {
  const [primary = tag, ...rest] = tag.split('-');
  const name = loadMap<string>('language-names').get(primary.toLowerCase());
  if (name === undefined) return tag;
  return rest.length === 0 ? name : `${name} (${rest.join('-')})`;
}
