/** Declares the types of phrase matches. */

export interface PhraseHit {
  /** Index of the phrase in the list given to the matcher. */
  readonly phrase: number;
  /** In UTF-16 code units from the start of the text. */
  readonly offset: number;
  readonly end: number;
  /** Index of its first and last word in the whole text. */
  readonly first: number;
  readonly last: number;
  readonly paragraph: number;
}

export interface FoundPhrases {
  readonly hits: readonly PhraseHit[];
  /** Number of words read: the length of the article. */
  readonly words: number;
}
