/**
 * Hashes the keys and ids of articles for the alias table: 18 characters, so that millions need little space. They begin with a
 * hash of the scope, so that keys of one source are on few pages. At four million, a collision has a probability of 1 in 10¹².
 */
import { hash } from 'node:crypto';
import type { ArticleId } from '../../../model/article.js';
import type { ArticleKey } from '../../../model/identity.js';

/** In characters of six bits. */
const SCOPE_LENGTH = 4;
const NAME_LENGTH = 14;
export const KEY_LENGTH = SCOPE_LENGTH + NAME_LENGTH;

/** Ids are global. */
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

/** `https://paper.example/a` → `paper.example`; need not be exact, only deterministic. */
function urlHost(url: string): string {
  const start = url.indexOf('//') + 2;
  const end = url.indexOf('/', start);
  return url.slice(start, end === -1 ? undefined : end);
}
