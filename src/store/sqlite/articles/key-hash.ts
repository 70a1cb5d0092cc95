/**
 * The names of articles as the alias table holds them: 18 characters, so that millions stay small. They begin with where
 * the name counts, so that the names of one source lie on few pages. A collision is one in 10¹² at four million.
 */
import { hash } from 'node:crypto';
import type { ArticleId } from '../../../model/article.js';
import type { ArticleKey } from '../../../model/identity.js';

/** Characters, of six bits each. */
const SCOPE_LENGTH = 4;
const NAME_LENGTH = 14;
export const KEY_LENGTH = SCOPE_LENGTH + NAME_LENGTH;

/** Of ids, which count everywhere. */
const ID_SCOPE = hashOfLength('', SCOPE_LENGTH);

export function keyHash(key: ArticleKey): string {
  const scope = key.kind === 'url' ? urlHost(key.value) : key.sourceId;
  return hashOfLength(scope, SCOPE_LENGTH) + hashOfLength(`${key.kind} ${scope} ${key.value}`, NAME_LENGTH);
}

export function idHash(id: ArticleId): string {
  return ID_SCOPE + hashOfLength(`id ${id}`, NAME_LENGTH);
}

function hashOfLength(text: string, length: number): string {
  return hash('sha1', text, 'base64url').slice(0, length);
}

/** `https://paper.example/a` → `paper.example`; only has to be the same each time. */
function urlHost(url: string): string {
  const start = url.indexOf('//') + 2;
  const end = url.indexOf('/', start);
  return url.slice(start, end === -1 ? undefined : end);
}
