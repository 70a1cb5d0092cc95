/** An edition: what a run publishes, with all channels that lists (OPML, index) show, changed or not. */
import type { ChannelPath } from './channel.js';

export interface OutputFile {
  /** Relative to `publish.dir`, with "/". */
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

/** A published feed, as lists show it. */
export interface ListedChannel {
  readonly kind: 'all' | 'topic' | 'source' | 'stories';
  readonly path: ChannelPath;
  readonly title: string;
  readonly description: string;
  readonly homeUrl: string;
  readonly language: string;
  readonly updatedAt: Date;
  /** For a topic: its parent topic. */
  readonly parent: ChannelPath | null;
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
  readonly formats: readonly string[];
  /** `all`, `stories`, topics by id, sources by id. */
  readonly channels: readonly ListedChannel[];
  /** By id. */
  readonly sources: readonly ListedSource[];
  /** The newest change in any channel. */
  readonly updatedAt: Date | null;
}
