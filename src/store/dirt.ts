/** What one transaction made out of date, each document once: collected first, since many articles share a channel. */

import { archiveDocument } from '../model/archive.js';
import type { TopicTag } from '../model/article.js';
import type { ChannelPath } from '../model/channel.js';
import type { DirtyDocument } from '../ports/store/channels.js';

/** Whether a reader must no longer see what even a full archive document shows. */
export type Change = 'revision' | 'takedown';

export interface Showing {
  readonly channel: ChannelPath;
  /** In the archive; null: none. */
  readonly spot: number | null;
}

export class DirtySet {
  readonly #documents = new Map<string, DirtyDocument>();

  get documents(): Iterable<DirtyDocument> {
    return this.#documents.values();
  }

  add(document: DirtyDocument): void {
    const key = `${document.archive ?? ''} ${document.channel}`;
    const takedown = document.takedown || (this.#documents.get(key)?.takedown ?? false);
    this.#documents.set(key, { ...document, takedown });
  }

  addAll(documents: readonly DirtyDocument[]): void {
    for (const document of documents) this.add(document);
  }

  /** The head, and the archive document where there is one: a head that lost many shows archived articles too. */
  show({ channel, spot }: Showing, change: Change): void {
    const takedown = change === 'takedown';
    this.add({ channel, archive: null, takedown });
    if (spot !== null) this.add({ channel, archive: archiveDocument(spot), takedown });
  }

  /** Spots [from, to) were given: their documents grew, and the one before a new one gets its next-archive. */
  grow(channel: ChannelPath, from: number, to: number): void {
    if (from === to) return;
    this.add({ channel, archive: null, takedown: false });
    const last = archiveDocument(to - 1);
    for (let number = Math.max(1, archiveDocument(from - 1)); number <= last; number++) {
      this.add({ channel, archive: number, takedown: number < last });
    }
  }
}

/** Whether readers see the same topics in the same order; the evidence is not shown. */
export function sameTopics(a: readonly TopicTag[], b: readonly TopicTag[]): boolean {
  return a.length === b.length && a.every((tag, i) => tag.topicId === b[i]!.topicId);
}
