/** Parts of a section that other sites can embed. */

/** `fragments`: HTML to include; `frames`: for iframes; `element`: a script; `badge`: an image of sources' health. */
export const EMBEDS = ['fragments', 'frames', 'element', 'badge'] as const;

export type Embed = (typeof EMBEDS)[number];

/** The script of the element `newsloom-latest`, in the published folder. */
export const ELEMENT = 'newsloom-latest.js';
/** The script of pages that marks new entries. */
export const SEEN = 'seen.js';
export const BADGE = 'status.svg';
/** Folder of pages for iframes. */
export const FRAMES = 'frames/';
export const FRAGMENTS = 'fragments/';
