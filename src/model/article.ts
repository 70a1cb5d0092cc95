/** Articles: cleaned, with a permanent id and attribution. */
import type { ArticleEdits, HiddenReason } from './desk.js';
import type { Category } from './item.js';
import type { MachineMade } from './machine.js';
import type { SourceId } from './source.js';

/** Permanent and unique, the same in every format (RFC 4287 4.2.6). */
export type ArticleId = string;

/** The store's internal number of an article; never published. */
export type ArticleRef = number;

export interface Author {
  readonly name: string;
  readonly url: string | null;
}

/** A newspaper, site or programme. */
export interface Publication {
  readonly title: string;
  /** Its home page. */
  readonly url: string | null;
  readonly feedUrl: string | null;
}

export interface Attribution {
  /** The article's publisher. */
  readonly publication: Publication;
  /** The aggregator in whose feed we read it; null: read from the publisher. */
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

/** A copy of an image that the section publishes. */
export interface ImageCopy {
  /** Relative to `publish.dir`, with "/". */
  readonly path: string;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/** What was learned of an image from its file. */
export interface KnownImage {
  readonly url: string;
  /** Pixels; null: its file could not be read. */
  readonly width: number | null;
  /** Pixels; null: its file could not be read. */
  readonly height: number | null;
  /** The narrowest first. */
  readonly copies: readonly ImageCopy[];
}

/** Characters of `Picture.key`. */
export const PICTURE_KEY_LENGTH = 8;

/** An image that may lead an article. */
export interface Picture {
  /** Hash of its address, equal for all sizes of the picture. */
  readonly key: string;
  readonly image: Image;
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

/** What a podcast says of an episode beside its file. */
export interface Episode {
  readonly season: number | null;
  readonly number: number | null;
  readonly transcripts: readonly {
    readonly url: string;
    readonly type: string;
    /** BCP 47. */
    readonly language: string | null;
  }[];
  readonly chapters: { readonly url: string; readonly type: string } | null;
  /** `role`: host, guest and so on, verbatim. */
  readonly people: readonly { readonly name: string; readonly role: string | null; readonly url: string | null }[];
}

/** Evidence for a topic. `phrase`: of a `source` its id, of a `command` its name. `offset`: UTF-16 units in the field's plain text. */
export interface Because {
  readonly phrase: string;
  readonly field: 'title' | 'summary' | 'content' | 'url' | 'category' | 'source' | 'command';
  readonly offset: number;
  readonly weight: number;
}
export interface TopicTag {
  readonly topicId: string;
  /** Sum of the weights. */
  readonly score: number;
  readonly because: readonly Because[];
}

/**
 * Why an article's text is that of its page, or is not. `restored`: it stood in the published feeds; `elsewhere`: its address is not on the
 * source's own site; `moved`: it led to another place; `shorter`: the feed says as much.
 */
export type FullTextOutcome =
  | 'taken'
  | 'restored'
  | 'robots'
  | 'reserved'
  | 'paywalled'
  | 'thin'
  | 'shorter'
  | 'no-article'
  | 'not-html'
  | 'elsewhere'
  | 'moved'
  | 'failed';

/** What became of asking for an article's page (`fetch: article`). */
export interface FullText {
  readonly outcome: FullTextOutcome;
  /** Sanitised, shown in place of the feed's own text; null: that one is shown. */
  readonly html: string | null;
  /** What says so, for the editor; null: the outcome says it all. */
  readonly detail: string | null;
  /** Requests that failed, one after the other. */
  readonly failures: number;
}

/** The content of an article: what readers can see and what identifies it. */
export interface ArticleText {
  /** The publisher's own identifier, verbatim. */
  readonly guid: string | null;
  /** Absolute, canonical: no fragment, no tracking parameters. null: the publisher has no page for it, ours is the only one. */
  readonly url: string | null;
  /** Plain text, never empty. */
  readonly title: string;
  /** Plain text, at most 500 characters, cut at a word. */
  readonly summary: string;
  /** Sanitised, absolute links, safe to publish unchanged. Of an article whose page was read, `FullText.html`. */
  readonly contentHtml: string | null;
  readonly authors: readonly Author[];
  readonly attribution: Attribution;
  /** BCP 47. */
  readonly language: string | null;
  readonly image: Image | null;
  readonly enclosures: readonly MediaLink[];
  readonly episode: Episode | null;
  /** The publication's page of readers' comments; null: none beside the article itself. */
  readonly discussionUrl: string | null;
  /** The section invites no comments on it. */
  readonly commentsClosed?: true;
  /** The publisher's, verbatim: used for tagging, never shown as topics. */
  readonly categories: readonly Category[];
  readonly rights: string | null;
  /** Changes only when something a reader can see changes (not for white space, tracking or image sizes). */
  readonly contentHash: string;
}

/** A cleaned item, not yet matched with stored articles. */
export interface Draft extends ArticleText {
  /** Position in its document, 0 on top. */
  readonly place: number;
  /** All canonical addresses that identify it: its own first, then AMP variants, permalink guids, the address as given. */
  readonly urlKeys: readonly string[];
  /** As the publisher dates it; null: none, unreadable or before 1990. Whole seconds. */
  readonly claimedPublishedAt: Date | null;
  readonly claimedPublishedFrom: 'published' | 'updated' | null;
  readonly claimedUpdatedAt: Date | null;
  /** Candidates for `image`, best first, at most four; never stored. */
  readonly pictures: readonly Picture[];
  /** Plain text of the whole article, a paragraph a line, at most 5,000 characters, for tagging and clustering whatever the licence; never published, never stored. null: the source has no more than the summary. */
  readonly bodyText: string | null;
  /** A name that the text may credit ("as Quiet Hills reports"): a credit where another source bears it. null: none. */
  readonly mayCredit: string | null;
}

/** What the store knows of an article beside its text. */
export type ArticleFacts = Omit<Article, keyof ArticleText>;

/** An article as stored and published. Every field is present; null: the source did not say. */
export interface Article extends ArticleText {
  readonly ref: ArticleRef;
  /** Assigned once, never changed. */
  readonly id: ArticleId;
  readonly sourceId: SourceId;
  /** Other sources that carried the same URL, sorted. */
  readonly alsoIn: readonly SourceId[];
  /** Position in its document when first seen, 0 on top; orders articles whose dates have no time of day. */
  readonly place: number;
  /** Never later than firstSeenAt. */
  readonly publishedAt: Date;
  readonly publishedAtFrom: 'published' | 'updated' | 'first-seen';
  /** Last change that a reader would notice; null: none so far. */
  readonly updatedAt: Date | null;
  /** Of its source: changes only where the source that lives at its address takes it over. */
  readonly firstSeenAt: Date;
  /** When its publisher withdrew it; null: not withdrawn. */
  readonly withdrawnAt: Date | null;
  /** Why the section does not show it, the strongest of its reasons; null: it does. */
  readonly hidden: HiddenReason | null;
  /** The headline that the editor's rules make of `title`; null: they leave it. */
  readonly retitled: string | null;
  /** null: shown as its publisher has it. */
  readonly edits: ArticleEdits | null;
  /** What commands of the editor made of it, in the order of the config; missing: nothing. */
  readonly machine?: readonly MachineMade[];
  /** Of its images, those whose files were asked for; missing: none. */
  readonly knownImages?: readonly KnownImage[];
  /** Missing: its page was not asked for. */
  readonly fullText?: FullText;
  /** Its feed's own text, where `contentHtml` is that of its page. */
  readonly feedHtml?: string | null;
  /** Assigned by our tagger, strongest first. */
  readonly topics: readonly TopicTag[];
}
