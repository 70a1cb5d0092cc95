/** Hashes stems to numbers, the same on every machine and in every run. */

/** 32-bit signed, never 0. The language is part of the hash. FNV-1a with the final mixing of Murmur3. */
export function hashTerm(language: string, stem: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < language.length; at += 1) hash = Math.imul(hash ^ language.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ 0x7c, 0x01000193);
  for (let at = 0; at < stem.length; at += 1) hash = Math.imul(hash ^ stem.charCodeAt(at), 0x01000193);
  return mixBits(hash) || 1;
}

/** Mixes the bits of a 32-bit number. */
export function mixBits(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
