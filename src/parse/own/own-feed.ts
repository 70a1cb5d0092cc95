/** What posts and links of the editor's own become: a feed in which each mistake is a warning that names file and line. */

import type { Item, ParsedFeed } from '../../model/item.js';
import type { OwnSource } from '../../model/source.js';
import { compareText } from '../../text/compare.js';
import { BLANK_FEED } from '../blank-feed.js';

/**
 * The newest first. With any mistake it is not `complete`: what one of its files no longer says is not taken for deleted, since a file
 * that cannot be read may hold it.
 */
export function ownFeed(own: OwnSource, items: readonly Item[], mistakes: readonly string[]): ParsedFeed {
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
