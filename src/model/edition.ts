/** An edition: all channels of a run, changed or not, as OPML and the index list them. */
import type { Channel, ChannelPath } from './channel.js';

export interface OutputFile {
  /** Relative to `publish.dir`, with "/". */
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

type ListedFacts = 'kind' | 'path' | 'title' | 'description' | 'homeUrl' | 'language' | 'updatedAt' | 'translations';

export interface ListedChannel extends Pick<Channel, ListedFacts> {
  /** For a topic: its parent topic. */
  readonly parent: ChannelPath | null;
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
