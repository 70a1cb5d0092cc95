/** One publishing run: what the lists (OPML, index) must know of all channels, whether they changed or not. */
import type { ChannelPath } from './channel.js';

export interface OutputFile {
  /** Relative to `publish.dir`, with "/". */
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

/** A feed of ours that can be subscribed to. */
export interface ListedChannel {
  readonly kind: 'all' | 'topic' | 'source' | 'stories';
  readonly path: ChannelPath;
  readonly title: string;
  readonly description: string;
  readonly homeUrl: string;
  readonly language: string;
  readonly updatedAt: Date;
  /** For a topic: the topic that it is part of. */
  readonly parent: ChannelPath | null;
}

/** A feed that we read. */
export interface ListedSource {
  readonly id: string;
  readonly title: string;
  /** null: it has no address that may be published (a file, or one that holds a key). */
  readonly feedUrl: string | null;
  readonly homeUrl: string | null;
  readonly description: string | null;
  readonly language: string | null;
}

export interface Edition {
  readonly siteTitle: string;
  readonly siteUrl: string;
  readonly feedsUrl: string;
  readonly language: string;
  readonly formats: readonly string[];
  /** `all`, `stories`, topics by id, sources by id. */
  readonly channels: readonly ListedChannel[];
  /** By id. */
  readonly sources: readonly ListedSource[];
  /** The newest change in any channel. */
  readonly updatedAt: Date | null;
}
