/** The list of document kinds that we read; the first that accepts a text reads it. */
import type { ParsedFeed } from '../model/item.js';

export interface Parser {
  readonly kind: string;
  accepts(text: string): boolean;
  parse(text: string, about: { readonly url: string | null }): Promise<ParsedFeed>;
}

export const kinds: readonly { readonly name: string; load(): Promise<Parser> }[] = [];
