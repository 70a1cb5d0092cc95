/**
 * Hashes keys and ids of articles to 18 characters for the alias table. A hash begins with its scope, so that keys of one source are on
 * few database pages. At four million keys, the probability of a collision is 10⁻¹².
 */
import { hash } from 'node:crypto';
import type { ArticleId } from '../../../model/article.js';
import type { ArticleKey } from '../../../model/identity.js';

/** In base64 characters. */
const SCOPE_LENGTH = 4;
const NAME_LENGTH = 14;
export const KEY_LENGTH = SCOPE_LENGTH + NAME_LENGTH;

/** All ids share one scope. */
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

/** `https://paper.example/a` → `paper.example`; deterministic rather than exact. */
function urlHost(url: string): string {
  const start = url.indexOf('//') + 2;
  const end = url.indexOf('/', start);
  return url.slice(start, end === -1 ? undefined : end);
}
