/** One news article as we keep it: clean, stable, attributed. */
import type { Category } from './item.js';
import type { SourceId } from './source.js';

/** What readers know an article by, in every format, for ever (RFC 4287 4.2.6). */
export type ArticleId = string;

/** A store's own number for an article; never published. */
export type ArticleRef = number;

export interface Author {
  readonly name: string;
  readonly url: string | null;
}

/** A publication: somebody's paper, site or programme. */
export interface Publication {
  readonly title: string;
  /** Its home page. */
  readonly url: string | null;
  readonly feedUrl: string | null;
}

export interface Attribution {
  /** Whose article it is. */
  readonly publication: Publication;
  /** Where we read it, if that is another: an aggregator. */
  readonly via: Publication | null;
  /** A publication that the text says it quotes or copies ("as Foreign Policy writes"). */
  readonly credited: { readonly title: string; readonly url: string | null } | null;
}

export interface Image {
  readonly url: string;
  /** Pixels. */
  readonly width: number | null;
  /** Pixels. */
  readonly height: number | null;
  readonly alt: string | null;
  readonly type: string | null;
}

/** Audio or video. */
export interface MediaLink {
  readonly url: string;
  readonly type: string;
  /** Bytes. */
  readonly length: number | null;
  /** Seconds. */
  readonly duration: number | null;
}

/** Why an article has a topic. `offset` counts UTF-16 units in the field's plain text. */
export interface Because {
  readonly phrase: string;
  readonly field: 'title' | 'summary' | 'content' | 'url' | 'category' | 'source';
  readonly offset: number;
  readonly weight: number;
}
export interface TopicTag {
  readonly topicId: string;
  /** Sum of the weights. */
  readonly score: number;
  readonly because: readonly Because[];
}

/** What an article says, whoever knows it: everything that a reader can see or that identifies it. */
export interface ArticleText {
  /** The publisher's own identifier, verbatim. */
  readonly guid: string | null;
  /** Absolute, canonical: no fragment, no tracking parameters. */
  readonly url: string;
  /** Plain text, never empty. */
  readonly title: string;
  /** Plain text, at most 500 characters, cut at a word. */
  readonly summary: string;
  /** Sanitised, absolute links, safe to publish as it stands. */
  readonly contentHtml: string | null;
  readonly authors: readonly Author[];
  readonly attribution: Attribution;
  /** BCP 47. */
  readonly language: string | null;
  readonly image: Image | null;
  readonly enclosures: readonly MediaLink[];
  /** The publisher's, verbatim: evidence, never shown as topics. */
  readonly categories: readonly Category[];
  readonly rights: string | null;
  /** Changes exactly when something a reader can see changes (not for white space, tracking or image sizes). */
  readonly contentHash: string;
}

/** An item made clean, before we know whether it is an article that we have. */
export interface Draft extends ArticleText {
  /** In its document, 0 on top. */
  readonly place: number;
  /** Every canonical address by which it may be known: its own first, then AMP twins, permalink guids, the address as given. */
  readonly urlKeys: readonly string[];
  /** As the publisher dates it; null: none, unreadable or before 1990. Whole seconds. */
  readonly claimedPublishedAt: Date | null;
  readonly claimedPublishedFrom: 'published' | 'updated' | null;
  readonly claimedUpdatedAt: Date | null;
  /** Plain text of the whole article, a paragraph a line, at most 5,000 characters, for tagging and clustering whatever the licence; never published, never stored. null: the source gives no more than the summary. */
  readonly bodyText: string | null;
}

/** One news article as we store and publish it. Plain, readonly, every field present; null = the source did not say. */
/** What the store knows of an article beside its text. */
export type ArticleFacts = Omit<Article, keyof ArticleText>;

export interface Article extends ArticleText {
  readonly ref: ArticleRef;
  /** Minted once, kept for ever. */
  readonly id: ArticleId;
  readonly sourceId: SourceId;
  /** Other sources that carried the same URL, sorted. */
  readonly alsoIn: readonly SourceId[];
  /** In its document when first seen, 0 on top; breaks ties of day-only dates. */
  readonly place: number;
  /** Never later than firstSeenAt. */
  readonly publishedAt: Date;
  readonly publishedAtFrom: 'published' | 'updated' | 'first-seen';
  /** A change that a reader would notice; null until there was one. */
  readonly updatedAt: Date | null;
  /** Set once. */
  readonly firstSeenAt: Date;
  /** When its publisher took it back; null: it stands. */
  readonly withdrawnAt: Date | null;
  /** Ours, strongest first. */
  readonly topics: readonly TopicTag[];
}
