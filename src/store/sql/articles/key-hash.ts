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
const ID_SCOPE = hashToLength('', SCOPE_LENGTH);

/** An article's keys are looked up and saved several times. */
const hashes = new WeakMap<ArticleKey, string>();

export function hashArticleKey(key: ArticleKey): string {
  const known = hashes.get(key);
  if (known !== undefined) return known;
  const scope = key.kind === 'url' ? parseUrlHost(key.value) : key.sourceId;
  const hashed = hashToLength(scope, SCOPE_LENGTH) + hashToLength(`${key.kind} ${scope} ${key.value}`, NAME_LENGTH);
  hashes.set(key, hashed);
  return hashed;
}

export function hashArticleId(id: ArticleId): string {
  return ID_SCOPE + hashToLength(`id ${id}`, NAME_LENGTH);
}

function hashToLength(text: string, length: number): string {
  return hash('sha1', text, 'base64url').slice(0, length);
}

/** `https://paper.example/a` → `paper.example`; deterministic rather than exact. */
function parseUrlHost(url: string): string {
  const start = url.indexOf('//') + 2;
  const end = url.indexOf('/', start);
  return url.slice(start, end === -1 ? undefined : end);
}
