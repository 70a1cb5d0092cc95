/** An edition: all channels of a run, changed or not, as OPML and the index list them. */
import type { ChannelKind, ChannelPath, Translation } from './channel.js';

export interface OutputFile {
  /** Relative to `publish.dir`, with "/". */
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

export interface ListedChannel {
  readonly kind: ChannelKind;
  readonly path: ChannelPath;
  readonly title: string;
  readonly description: string;
  readonly homeUrl: string;
  readonly language: string;
  readonly updatedAt: Date;
  /** For a topic: its parent topic. */
  readonly parent: ChannelPath | null;
  readonly translations?: readonly Translation[];
}

export interface ListedSource {
  readonly id: string;
  readonly title: string;
  /** null: its address must not be published (a file, or an address with a secret). */
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
  /** The format of the feeds in lists; null: no feeds are published. */
  readonly feedFormat: string | null;
  /** In the order `all`, `stories`, topics, sources, channels, languages, digests, authors; within a kind by path. */
  readonly channels: readonly ListedChannel[];
  /** Sorted by id. */
  readonly sources: readonly ListedSource[];
  /** The newest change in any channel. */
  readonly updatedAt: Date | null;
}
