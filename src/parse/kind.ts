/** Interface of a kind of sources: what the config may say of it, how it is asked for, and how its document is read. */
import type { z as Zod } from 'zod';
import type { ParsedFeed } from '../model/item.js';
import type { OwnSource } from '../model/source.js';

/** One kind of sources: a folder of `parse/`, and a line in `kinds.ts`. */
export interface SourceKind {
  /** As `kind:` in the config says it. What only this kind is told stands under the key of the same name. */
  readonly name: string;
  /** For the docs of the config: `a page without a feed`. */
  readonly describe: string;
  /** `url`: a publisher's document. `path`: files that the editor writes himself, which have an id and no address. */
  readonly place: 'url' | 'path';
  /** What the config may say under the key of its name, as the shape of a zod object; missing: nothing. */
  readonly options?: (z: typeof Zod) => Zod.ZodRawShape;
  /** What it means that an item is no longer in the document. Feeds: `withdrawn`, as `identity/vanished.ts` has it. */
  readonly absence: 'withdrawn' | 'nothing';
  /** Whether robots.txt is asked first (RFC 9309), as it must be for what its publisher does not offer to programs. */
  readonly robots: boolean;
  /** Header `Accept` of its requests (RFC 9110 12.5.1); missing: that of feeds. */
  readonly accept?: string;
  /** It names sources (`ParsedFeed.list`) and brings no items. */
  readonly lists?: true;
  /** Imports the reader, so that only those are loaded that a run needs. */
  load(): Promise<KindReader>;
}

export interface KindDocument {
  readonly body: Uint8Array;
  /** The Content-Type header; null: none. */
  readonly contentType: string | null;
  /** After redirects. */
  readonly url: string;
  /** What the config says under the key of the kind's name, defaults filled in. */
  readonly options: unknown;
  /** Of the kinds whose place is a path. */
  readonly own: OwnSource | undefined;
}

/** Reads a document of its kind. Pure, bounded in what it takes; the reading threads bound its time and memory. */
export interface KindReader {
  /** Rejects with `ParseError` only. */
  read(document: KindDocument): Promise<ParsedFeed>;
}
