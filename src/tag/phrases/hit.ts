/** What a matcher finds: phrases and where they stand in one text. */

/** A phrase found in a text. */
export interface PhraseHit {
  /** Index into the phrases given. */
  readonly phrase: number;
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
  readonly end: number;
  /** Place of its first and last word among the words of the text, counted over all paragraphs. */
  readonly first: number;
  readonly last: number;
  /** Number of the paragraph. */
  readonly paragraph: number;
}

export interface FoundPhrases {
  readonly hits: readonly PhraseHit[];
  /** Words read, for the length of an article. */
  readonly words: number;
}
