/** HTML's place in the list of formats: what makes it a name that a config may say. */
import type { Writer } from '../writer.js';

/** Pages show more than one channel holds, so none is made channel by channel: they follow the edition (`pipeline/site/pages.ts`). */
export const html: Writer = { format: 'html', document: () => null, feed: null, edition: () => [] };
