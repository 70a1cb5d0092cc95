/** Builds a feed from the editor's posts or links. Each mistake becomes a warning. */

import type { Item, ParsedFeed } from '../../model/item.js';
import type { OwnSource } from '../../model/source.js';
import { compareText } from '../../text/compare.js';
import { BLANK_FEED } from '../blank-feed.js';

/** Newest first. A feed with mistakes is not `complete`, so that an unreadable file does not delete its articles. */
export function toOwnFeed(own: OwnSource, items: readonly Item[], mistakes: readonly string[]): ParsedFeed {
  return {
    ...BLANK_FEED,
    format: own.kind,
    url: own.kind === 'posts' ? own.homeUrl : null,
    feedUrl: own.kind === 'posts' ? own.feedUrl : null,
    language: own.kind === 'posts' ? own.language : null,
    items: [...items].sort((a, b) => compareText(b.published ?? '9', a.published ?? '9')),
    complete: mistakes.length === 0,
    warnings: [...mistakes],
  };
}
