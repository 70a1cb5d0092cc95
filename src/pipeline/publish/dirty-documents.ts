/** Collects the documents that an edition must render. */
import { countArchiveDocuments } from '../../model/archive.js';
import type { ChannelPath } from '../../model/channel.js';
import type { ChannelFacts, DirtyDocument } from '../../ports/store/channels.js';

export interface DirtyChannel {
  readonly head: boolean;
  readonly archives: ReadonlySet<number>;
  /** Whether many entries may legitimately disappear: withdrawn, retagged or taken down. */
  readonly mayShrink: boolean;
}

interface Growing {
  head: boolean;
  archives: Set<number>;
  mayShrink: boolean;
}

/** Ignores unpublished channels and nonexistent documents. */
export class DirtyDocuments {
  readonly #work = new Map<ChannelPath, Growing>();
  readonly #last: ReadonlyMap<ChannelPath, number>;

  constructor(wanted: Iterable<ChannelPath>, lastArchive: (channel: ChannelPath) => number) {
    this.#last = new Map([...wanted].map((path) => [path, lastArchive(path)]));
  }

  get all(): ReadonlyMap<ChannelPath, DirtyChannel> {
    return this.#work;
  }

  /** `number` null: the head. */
  add(channel: ChannelPath, number: number | null): void {
    const last = this.#last.get(channel);
    if (last === undefined || (number !== null && number > last)) return;
    const work = this.#ensure(channel);
    if (number === null) work.head = true;
    else work.archives.add(number);
  }

  /** Full archive documents change only for takedowns; the last one for any change. */
  addDirty({ channel, archive, takedown }: DirtyDocument): void {
    if (archive === null || takedown || archive === this.#last.get(channel)) this.add(channel, archive);
    if (archive === null && takedown && this.#last.has(channel)) this.#ensure(channel).mayShrink = true;
  }

  addGrowing(channel: ChannelPath): void {
    this.add(channel, null);
    const last = this.#last.get(channel) ?? 0;
    if (last > 0) this.add(channel, last);
  }

  addWholeArchive(channel: ChannelPath): void {
    for (let number = this.#last.get(channel) ?? 0; number > 0; number--) this.add(channel, number);
  }

  #ensure(channel: ChannelPath): Growing {
    const work = this.#work.get(channel) ?? { head: false, archives: new Set(), mayShrink: false };
    this.#work.set(channel, work);
    return work;
  }
}

/** Number of archive documents of a channel; 0 if its archive is not published. */
export function countPublishedArchives(facts: ChannelFacts | undefined, published: boolean): number {
  return published && facts !== undefined ? countArchiveDocuments(facts.archived) : 0;
}
