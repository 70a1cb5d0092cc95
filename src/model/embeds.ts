/** What a section may publish for pages of other sites to take in. */

/** `fragments`: HTML to include on a server; `frames`: pages for iframes; `element`: a script; `badge`: a picture of how the sources do. */
export const EMBEDS = ['fragments', 'frames', 'element', 'badge'] as const;

export type Embed = (typeof EMBEDS)[number];

/** The script of the element `newsloom-latest`, in the published folder. */
export const ELEMENT = 'newsloom-latest.js';
export const BADGE = 'status.svg';
/** Folder of pages that stand in frames of other pages. */
export const FRAMES = 'frames/';
export const FRAGMENTS = 'fragments/';
