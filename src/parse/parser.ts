/** What a parser of one kind of documents is. */
import type { ParsedFeed } from '../model/item.js';

export interface Parser {
  readonly kind: string;
  accepts(text: string): boolean;
  /** Fails with `ParseError` only. */
  parse(text: string, about: { readonly url: string | null }): Promise<ParsedFeed>;
}
