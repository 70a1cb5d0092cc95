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

export interface Publication {
  readonly title: string;
  readonly url: string | null;
  readonly feedUrl: string | null;
}

export interface Attribution {
  readonly publication: Publication;
  /** The aggregator that provided the article; null: it came from the publisher. */
  readonly via: Publication | null;
  /** A publication that the text quotes or copies ("as Foreign Policy writes"). */
  readonly credited: { readonly title: string; readonly url: string | null } | null;
}

export interface Image {
  readonly url: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly alt: string | null;
  readonly type: string | null;
}

/** A copy of an image that the section publishes. */
export interface ImageCopy {
  /** Relative to `publish.dir`, with "/". */
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

/** Facts about an image, read from its file. If the file could not be read, its size is null. */
export interface KnownImage extends Pick<Image, 'url' | 'width' | 'height'> {
  /** The narrowest first. */
  readonly copies: readonly ImageCopy[];
}

export const PICTURE_KEY_LENGTH = 8;

/** A candidate for the image of an article. */
export interface Picture {
  /** Hash of its address. All sizes of a picture have the same key. */
  readonly key: string;
  readonly image: Image;
}

export interface MediaLink {
  readonly url: string;
  readonly type: string;
  /** Bytes. */
  readonly length: number | null;
  /** Seconds. */
  readonly duration: number | null;
}

/** Podcast metadata of an episode, without the media file. */
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

/** Evidence. `phrase` may be a source's id or a command's name. `offset`: UTF-16 units in the field's plain text. */
export interface Because {
  readonly phrase: string;
  readonly field: 'title' | 'summary' | 'content' | 'url' | 'category' | 'source' | 'command';
  readonly offset: number;
  readonly weight: number;
}
export interface TopicTag {
  readonly topicId: string;
  readonly score: number;
  readonly because: readonly Because[];
}

/** `restored`: from the published feeds. `elsewhere`, `moved`: on another site. `shorter`: no more than the feed. */
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

/** The result of reading an article's page (`fetch: article`). */
export interface FullText {
  readonly outcome: FullTextOutcome;
  /** Sanitised, shown in place of the feed's text; null: the feed's text is shown. */
  readonly html: string | null;
  /** Details for the editor; null: the outcome is sufficient. */
  readonly detail: string | null;
  /** Consecutive failed requests. */
  readonly failures: number;
}

/** Whether its page says that it is not free. */
export function isPaid(text: FullText | null | undefined): boolean {
  return text?.outcome === 'paywalled';
}

/** The content of an article: everything that readers see or that identifies it. */
export interface ArticleText {
  /** The publisher's own identifier, verbatim. */
  readonly guid: string | null;
  /** Absolute, canonical: no fragment, no tracking parameters. null: the publisher has no page for it, only we do. */
  readonly url: string | null;
  /** Plain text, never empty. */
  readonly title: string;
  /** Plain text, at most 500 characters, cut at a word. */
  readonly summary: string;
  /** Sanitised, absolute links, safe to publish unchanged. If the article's page was read, this is `FullText.html`. */
  readonly contentHtml: string | null;
  readonly authors: readonly Author[];
  readonly attribution: Attribution;
  /** BCP 47. */
  readonly language: string | null;
  readonly image: Image | null;
  readonly enclosures: readonly MediaLink[];
  readonly episode: Episode | null;
  /** The publication's comment page; null: none, except the article itself. */
  readonly discussionUrl: string | null;
  /** The section does not accept comments on it. */
  readonly commentsClosed?: true;
  /** The publisher's categories, verbatim. Used for tagging, never shown as topics. */
  readonly categories: readonly Category[];
  readonly rights: string | null;
  /** Changes only with what readers see. White space, tracking parameters and image sizes do not count. */
  readonly contentHash: string;
}

/** A cleaned item, not yet matched with stored articles. */
export interface Draft extends ArticleText {
  /** Position in its document, 0 on top. */
  readonly place: number;
  /** Canonical addresses, in this order: its own, AMP variants, permalink guids, the address as given. */
  readonly urlKeys: readonly string[];
  /** The publisher's date, in whole seconds; null: missing, unreadable or before 1990. */
  readonly claimedPublishedAt: Date | null;
  readonly claimedPublishedFrom: 'published' | 'updated' | null;
  readonly claimedUpdatedAt: Date | null;
  /** Candidates for `image`, best first, at most four. Not stored. */
  readonly pictures: readonly Picture[];
  /** Plain text for tagging, one paragraph per line, at most 5,000 characters, not stored. null: only a summary. */
  readonly bodyText: string | null;
  /** Keys of its sentences and lines, to find those that its source repeats. Not stored. */
  readonly lines: readonly string[];
  /** A name in "as Quiet Hills reports". It becomes a credit if another source has this name. null: none. */
  readonly mayCredit: string | null;
}

/** The stored facts about an article, without its text. */
export type ArticleFacts = Omit<Article, keyof ArticleText>;

/** An article as stored and published. null: the source did not provide the value. */
export interface Article extends ArticleText {
  readonly ref: ArticleRef;
  readonly id: ArticleId;
  readonly sourceId: SourceId;
  /** Other sources with the same URL, sorted. */
  readonly alsoIn: readonly SourceId[];
  /** Position in its document when first seen, 0 on top. Orders articles with dates that have no time of day. */
  readonly place: number;
  /** Never later than firstSeenAt. */
  readonly publishedAt: Date;
  readonly publishedAtFrom: 'published' | 'updated' | 'first-seen';
  /** Last change that readers can see; null: none. */
  readonly updatedAt: Date | null;
  /** When its source first contained it. Changes only if the source that owns its address takes it over. */
  readonly firstSeenAt: Date;
  readonly withdrawnAt: Date | null;
  /** The strongest reason for hiding it; null: it is visible. */
  readonly hidden: HiddenReason | null;
  /** The headline after the editor's rules; null: `title` is unchanged. */
  readonly retitled: string | null;
  readonly edits: ArticleEdits | null;
  /** The output of the editor's commands, in the order of the config; missing: none. */
  readonly machine?: readonly MachineMade[];
  /** Those of its images that were requested; missing: none. */
  readonly knownImages?: readonly KnownImage[];
  /** Missing: its page was not requested. */
  readonly fullText?: FullText;
  /** The feed's text, if `contentHtml` is the text of the page. */
  readonly feedHtml?: string | null;
  readonly topics: readonly TopicTag[];
}
