/** Defines the interface of a source kind: its config options, its requests and its reader. */
import type { z as Zod } from 'zod';
import type { ParsedFeed } from '../model/item.js';
import type { OwnSource } from '../model/source.js';

/** A source kind: a folder in `parse/` and a line in `kinds.ts`. */
export interface SourceKind {
  /** The value of `kind:` in the config, and the key of its own options. */
  readonly name: string;
  /** For the config reference: `a page without a feed`. */
  readonly describe: string;
  /** `url`: a publisher's document. `path`: files of the editor, which have an id and no address. */
  readonly place: 'url' | 'path';
  /** The kind's options as a zod shape; missing: none. */
  readonly options?: (z: typeof Zod) => Zod.ZodRawShape;
  /** Whether an item that is missing from the document was withdrawn (`identity/vanished.ts`). */
  readonly absence: 'withdrawn' | 'nothing';
  /** Whether robots.txt applies (RFC 9309). It must for documents that publishers do not offer to programs. */
  readonly robots: boolean;
  /** `Accept` header of its requests (RFC 9110 12.5.1); missing: that of feeds. */
  readonly accept?: string;
  /** The document lists sources (`ParsedFeed.list`) instead of items. */
  readonly lists?: true;
  /** Imports the reader on demand. */
  load(): Promise<KindReader>;
}

export interface KindDocument {
  readonly body: Uint8Array;
  /** The Content-Type header; null: missing. */
  readonly contentType: string | null;
  /** After redirects. */
  readonly url: string;
  /** The kind's options, with defaults. */
  readonly options: unknown;
  /** Only for kinds with `place: 'path'`. */
  readonly own: OwnSource | undefined;
}

/** Pure. Reading threads limit its time and memory. */
export interface KindReader {
  /** Rejects with `ParseError` only. */
  read(document: KindDocument): Promise<ParsedFeed>;
}
