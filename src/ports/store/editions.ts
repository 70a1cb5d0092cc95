/** The record of published files and objects, and key-value metadata. */

/** A published file, as of the last commit. */
export interface PublishedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hash of its inputs; null: always rendered again. */
  readonly inputs: string | null;
}

/** An object of a bucket, as it was last seen: saves requests, and shows what another program changed. */
export interface PublishedObject {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** The ETag without its quotes, as the object store gave it; means nothing by itself. */
  readonly version: string;
  /** `contentDigest` of its bytes; null: never looked at. */
  readonly digest: string | null;
}

/** `from`: offset of the first file in the folder, counted from 0 in path order. */
export type FilesAsked =
  | { readonly outside: string }
  | { readonly inside: string; readonly from: number; readonly limit: number };

export interface EditionStore {
  /** Ordered by path: all files, those outside a folder (its path ends in "/"), or a range of those inside. */
  publishedFiles(which?: FilesAsked): Promise<readonly PublishedFile[]>;
  /** Number of files in a folder; its path ends in "/". Empty: of all files. */
  countPublished(folder: string): Promise<number>;
  savePublishedFiles(put: readonly PublishedFile[], removed: readonly string[]): Promise<void>;
  meta(key: string): Promise<string | null>;
  saveMeta(key: string, value: string | null): Promise<void>;
  /** A value that was saved as JSON; STORE_CORRUPT where it is none any more, or `isWhole` says no. */
  note(key: string, isWhole: (value: unknown) => boolean): Promise<unknown>;
  /** Once it resolves, all that was saved so far survives a power cut. */
  sync(): Promise<void>;
}

export interface ObjectStore {
  /** Ordered by path. */
  objects(): Promise<readonly PublishedObject[]>;
  saveObjects(put: readonly PublishedObject[], removed: readonly string[]): Promise<void>;
}
