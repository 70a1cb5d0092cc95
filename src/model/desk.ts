/** The editor's decisions about single articles: the entries of `desk.yaml` and their effect. */

/**
 * `rule`: dropped by a rule of the config, named in `rule`. `desk`: hidden by the editor. `takedown`: its text is
 * deleted as well. `lifted`: a takedown was lifted, and the feed has not yet provided the text again. `review`: waits
 * for the editor, because of the source or a rule (`rule`; '': a rule may hold it, but rules were not applied yet).
 */
export type HiddenReason =
  | { readonly by: 'rule'; readonly rule: string }
  | { readonly by: 'review'; readonly rule?: string }
  | { readonly by: 'desk' | 'takedown' | 'lifted' };

export type HiddenCause = HiddenReason['by'] | 'withdrawn';

/** Applied when channels are composed; the store keeps the publisher's values. null: no override. */
export interface ArticleEdits {
  readonly title: string | null;
  readonly summary: string | null;
  readonly image: 'none' | null;
  /** The section's words beside the article; missing: none. */
  readonly remark?: string;
  readonly addedTopics: readonly string[];
  readonly removedTopics: readonly string[];
}

/** Whether readers see it: neither withdrawn nor hidden. */
export function isShown(article: { readonly withdrawnAt: Date | null; readonly hidden: HiddenReason | null }): boolean {
  return article.withdrawnAt === null && article.hidden === null;
}

interface EditedTopics {
  readonly topics: readonly { readonly topicId: string }[];
  readonly edits: ArticleEdits | null;
}

/** Ids of the topics that readers see, the tagger's first. */
export function listShownTopics({ topics, edits }: EditedTopics): string[] {
  const given = topics.map(({ topicId }) => topicId);
  if (edits === null) return given;
  return [...new Set([...given, ...edits.addedTopics])].filter((id) => !edits.removedTopics.includes(id));
}

/** An entry as written; missing keys have no effect. */
export interface DeskEntry {
  /** Any address of the article, its id, or the address of its page. */
  readonly article: string;
  readonly hide?: boolean | undefined;
  /** Hide it, delete its text and never store the text again. */
  readonly takedown?: boolean | undefined;
  /** Put it first on the front page, at most until the newest article is from this day (UTC, YYYY-MM-DD). */
  readonly pin?: boolean | { readonly until: string } | undefined;
  /** Let it lead its story. */
  readonly lead?: boolean | undefined;
  /** Approve it, if its source has `review: hold`. */
  readonly approve?: boolean | undefined;
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
  /** Published beside the article, unlike `note`. */
  readonly remark?: string | undefined;
  readonly image?: 'none' | undefined;
  /** `+id` and `-id`. */
  readonly topics?: readonly string[] | undefined;
  /** An article: join its story, or stay out of it. */
  readonly story?: { readonly with?: string | undefined; readonly apart?: string | undefined } | undefined;
  readonly note?: string | undefined;
  /** Line of the file, for messages. */
  readonly line: number;
}

export interface DeskSettings {
  /** Absolute path of the file that `newsloom desk` writes. The file may be missing. */
  readonly path: string;
  /** The file's name in messages. */
  readonly file: string;
  /** `nowhere`: neither the file nor the config has entries. */
  readonly writtenIn: 'file' | 'config' | 'nowhere';
  readonly entries: readonly DeskEntry[];
  /** Changes with the entries and their order. */
  readonly digest: string;
}
