/** An edition: what a run publishes, with all channels that lists (OPML, index) show, changed or not. */
import type { ChannelKind, ChannelPath, Translation } from './channel.js';

export interface OutputFile {
  /** Relative to `publish.dir`, with "/". */
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

/** A published feed, as lists show it. */
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
  /** See `Channel`. */
  readonly translations?: readonly Translation[];
}

/** A source, as lists show it. */
export interface ListedSource {
  readonly id: string;
  readonly title: string;
  /** null: its address may not be published (a file, or one that contains a secret). */
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
  /** The format of the feeds that lists link to; null: no feeds are published. */
  readonly feedFormat: string | null;
  /** `all`, `stories`, topics, sources, channels, languages, digests; of a kind by path. */
  readonly channels: readonly ListedChannel[];
  /** By id. */
  readonly sources: readonly ListedSource[];
  /** The newest change in any channel. */
  readonly updatedAt: Date | null;
}
