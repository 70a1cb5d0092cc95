/** What the section itself decided about single articles: the entries of `desk.yaml`, whether readers see an article, and what they see. */

/**
 * `rule`: a rule of the config drops it, `rule` says which. `desk`: hidden by the editor. `takedown`: its text is forgotten as well. `lifted`:
 * a takedown that was lifted, until its publisher's feed brings the text again. `review`: it waits for the editor.
 */
export type HiddenReason =
  | { readonly by: 'rule'; readonly rule: string }
  | { readonly by: 'desk' | 'takedown' | 'lifted' | 'review' };

/** Why readers do not see an article. */
export type NotShown = HiddenReason['by'] | 'withdrawn';

/** Laid over an article where it is composed; the publisher's own stays in the store. null: as the publisher has it. */
export interface ArticleEdits {
  readonly title: string | null;
  readonly summary: string | null;
  /** `none`: shown without a picture. */
  readonly image: 'none' | null;
  /** Ids of topics. */
  readonly addedTopics: readonly string[];
  readonly removedTopics: readonly string[];
}

/** Whether readers see it as an article: neither withdrawn nor hidden. */
export function isShown(article: { readonly withdrawnAt: Date | null; readonly hidden: HiddenReason | null }): boolean {
  return article.withdrawnAt === null && article.hidden === null;
}

interface EditedTopics {
  readonly topics: readonly { readonly topicId: string }[];
  readonly edits: ArticleEdits | null;
}

/** Ids of the topics that readers see, the tagger's first. */
export function shownTopics({ topics, edits }: EditedTopics): string[] {
  const given = topics.map(({ topicId }) => topicId);
  if (edits === null) return given;
  return [...new Set([...given, ...edits.addedTopics])].filter((id) => !edits.removedTopics.includes(id));
}

/** As written: a key that is not there says nothing. */
export interface DeskEntry {
  /** Any address of the article, its id, or the address of its page. */
  readonly article: string;
  readonly hide?: boolean | undefined;
  /** Hidden, and its text forgotten and never taken again. */
  readonly takedown?: boolean | undefined;
  /** First on the front page. */
  readonly pin?: boolean | undefined;
  /** Leads its story. */
  readonly lead?: boolean | undefined;
  /** Shown though its source is reviewed first. */
  readonly approve?: boolean | undefined;
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
  readonly image?: 'none' | undefined;
  /** `+id` and `-id`. */
  readonly topics?: readonly string[] | undefined;
  /** An article whose story it joins or is kept out of. */
  readonly story?: { readonly with?: string | undefined; readonly apart?: string | undefined } | undefined;
  readonly note?: string | undefined;
  /** Where it stands in the file, for messages. */
  readonly line: number;
}

export interface DeskSettings {
  /** Absolute path of the file that `newsloom desk` writes; it may not be there. */
  readonly path: string;
  /** The file as messages name it. */
  readonly file: string;
  /** `nowhere`: no file is there, and the config says nothing either. */
  readonly writtenIn: 'file' | 'config' | 'nowhere';
  readonly entries: readonly DeskEntry[];
  /** Changes with the entries and their order. */
  readonly digest: string;
}
