/** The name of a story: from its first article's, so that no clock and no counter is in it. */
import { slugOf } from '../text/slug.js';

/** `host`: whose site it is (RFC 4151); null: nobody's, within a program. `at`: when the article was first seen, milliseconds. */
export function storyIdOf(articleId: string, host: string | null, at: number): string {
  const slug = slugOf(`story ${articleId}`);
  return host === null ? `story:${slug}` : `tag:${host},${new Date(at).getUTCFullYear()}:story-${slug}`;
}
