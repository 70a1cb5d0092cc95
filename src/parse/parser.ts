/** Interface of a parser for one feed format. */
import type { ParsedFeed } from '../model/item.js';

export interface Parser {
  readonly kind: string;
  accepts(text: string): boolean;
  /** Rejects with `ParseError` only. */
  parse(text: string, about: { readonly url: string | null }): Promise<ParsedFeed>;
}
