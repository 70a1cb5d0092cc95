/** The names of articles as the alias table holds them: 12 bytes, so that millions stay small. A collision is one in 10¹⁵ at four million. */
import { createHash } from 'node:crypto';
import type { ArticleId } from '../../model/article.js';
import type { ArticleKey } from '../../ports.js';

const LENGTH = 12;

export function keyHash(key: ArticleKey): Uint8Array {
  return hash(key.kind === 'url' ? `url\0\0${key.value}` : `${key.kind}\0${key.sourceId}\0${key.value}`);
}

export function idHash(id: ArticleId): Uint8Array {
  return hash(`id\0\0${id}`);
}

function hash(text: string): Uint8Array {
  return createHash('sha1').update(text).digest().subarray(0, LENGTH);
}
