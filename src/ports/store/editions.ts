/** Published files and objects, and key-value metadata. */

export interface PublishedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hash of its inputs; null: always render again. */
  readonly inputs: string | null;
}

/** An object of a bucket as last seen. Saves requests and detects foreign changes. */
export interface PublishedObject {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** The object store's opaque ETag without quotes. */
  readonly version: string;
  /** `contentDigest` of its bytes; null: not known. */
  readonly digest: string | null;
}

/** `from`: offset of the first file in the folder, counted from 0 in path order. */
export type FileSelection =
  | { readonly outside: string }
  | { readonly inside: string; readonly from: number; readonly limit: number };

export interface EditionStore {
  /** Ordered by path: all files, those outside a folder (its path ends in "/"), or a range of those inside. */
  publishedFiles(which?: FileSelection): Promise<readonly PublishedFile[]>;
  /** Number of files in a folder, whose path ends in "/"; with an empty path, of all files. */
  countPublished(folder: string): Promise<number>;
  savePublishedFiles(put: readonly PublishedFile[], removed: readonly string[]): Promise<void>;
  meta(key: string): Promise<string | null>;
  saveMeta(key: string, value: string | null): Promise<void>;
  /** Reads a value saved as JSON. Rejects with STORE_CORRUPT if it is not valid JSON or fails `isWhole`. */
  readJson(key: string, isWhole: (value: unknown) => boolean): Promise<unknown>;
  /** Once resolved, everything saved so far survives a power failure. */
  sync(): Promise<void>;
}

export interface ObjectStore {
  /** Ordered by path. */
  objects(): Promise<readonly PublishedObject[]>;
  saveObjects(put: readonly PublishedObject[], removed: readonly string[]): Promise<void>;
}
