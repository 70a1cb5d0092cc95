/** Derives the id of a story from its first article's id, so that it needs no clock and no counter. */
import { toSlug } from '../text/slug.js';

/** `host`: the site's (RFC 4151); null: no site. `at`: when the article was first seen, in milliseconds. */
export function createStoryId(articleId: string, host: string | null, at: number): string {
  const slug = toSlug(`story ${articleId}`);
  return host === null ? `story:${slug}` : `tag:${host},${new Date(at).getUTCFullYear()}:story-${slug}`;
}
