/**
 * The names of articles as the alias table holds them: 18 characters, so that millions stay small. They begin with where
 * the name counts, so that the names of one source lie on few pages. A collision is one in 10¹² at four million.
 */
import { hash } from 'node:crypto';
import type { ArticleId } from '../../../model/article.js';
import type { ArticleKey } from '../../../model/identity.js';

/** Characters, of six bits each. */
const SCOPE = 4;
const NAME = 14;
export const KEY_LENGTH = SCOPE + NAME;

/** Of ids, which count everywhere. */
const ID_SCOPE = shortHash('', SCOPE);

export function keyHash(key: ArticleKey): string {
  const scope = key.kind === 'url' ? hostOf(key.value) : key.sourceId;
  return shortHash(scope, SCOPE) + shortHash(`${key.kind} ${scope} ${key.value}`, NAME);
}

export function idHash(id: ArticleId): string {
  return ID_SCOPE + shortHash(`id ${id}`, NAME);
}

function shortHash(text: string, length: number): string {
  return hash('sha1', text, 'base64url').slice(0, length);
}

/** `https://paper.example/a` → `paper.example`; only has to be the same each time. */
function hostOf(url: string): string {
  const start = url.indexOf('//') + 2;
  const end = url.indexOf('/', start);
  return url.slice(start, end === -1 ? undefined : end);
}
