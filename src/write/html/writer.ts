/** Registers HTML as a format for the config. */
import type { FormatWriter } from '../writer.js';

/** Writes no documents here. Pages show several channels, so the edition writes them (`pipeline/site/pages.ts`). */
export const html: FormatWriter = { feed: null, edition: () => [] };
