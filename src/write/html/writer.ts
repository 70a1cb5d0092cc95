/** Registers HTML as a format that the config may name. */
import type { FormatWriter } from '../writer.js';

/** Writes no documents here: a page shows more than one channel, so pages are part of the edition (`pipeline/site/pages.ts`). */
export const html: FormatWriter = { feed: null, edition: () => [] };
