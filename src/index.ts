/** Public API for programs that embed newsloom. Nothing inside imports this file. */

export { type BuildOptions, build } from './app/build.js';
export {
  type CommonMentions,
  commonMentions,
  type ForeignText,
  isAlsoReported,
  type Mentions,
  mentionsOf,
} from './cluster/across-languages.js';
export {
  createStoryIndex,
  type IndexedArticle,
  type StoryIndex,
  type StoryIndexOptions,
} from './cluster/story-index.js';
export type * from './model/channel.js';
export * from './model/errors.js';
export type * from './model/item.js';
export type * from './model/report.js';
export type * from './model/topic.js';
export { parseFeed } from './parse/parse.js';
export { type SanitizeOptions, sanitizeHtml } from './sanitize/sanitize.js';
export { createTagger, type Taggable, type Tagger, type TaggerOptions } from './tag/tag.js';
export { writeAtom } from './write/atom/atom.js';
export { writeJsonFeed } from './write/json/json-feed.js';
export { writeRss } from './write/rss/rss.js';
export { toFeed } from './write/to-feed.js';
