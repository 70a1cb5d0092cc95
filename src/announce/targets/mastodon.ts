/** Mastodon, and what speaks like it: the address is that of the server, the token one with `write:statuses`. */
import { jsonPost, type TargetKind } from '../target.js';
import { fittedParts, graphemes, searchedPart, type TextPart } from '../text.js';

/** Characters of a status, and of any address in it. */
const LIMIT = 500;
const ADDRESS = 23;
/** A server remembers keys for an hour; ours are used again for less. */
const KEYS_KEPT = 50 * 60_000;

/** `content_type`: of servers that speak like it and would read Markdown, and is nothing to Mastodon. */
export const mastodon: TargetKind = {
  keysKeptMs: KEYS_KEPT,
  send: ({ parts, key, language }, { url, token }, request) => {
    const status = fittedParts(parts, LIMIT, lengthOf).map(searchedPart).join('');
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key };
    const body = { status, language: primaryOf(language), content_type: 'text/plain' };
    return request(jsonPost(new URL('/api/v1/statuses', url).href, body, headers));
  },
};

/** Mastodon takes ISO 639. */
function primaryOf(language: string): string {
  return language.split('-', 1)[0]!.toLowerCase();
}

function lengthOf(part: TextPart): number {
  return part.kind === 'url' && part.value !== '' ? ADDRESS : graphemes(searchedPart(part)).length;
}
