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

/** A folder's path ends in "/". `outside`: in path order. `after`: the folder, or a path in it. */
export type FileSelection =
  | { readonly outside: readonly string[] }
  | { readonly inside: string; readonly after: string; readonly limit: number }
  | { readonly paths: readonly string[] };

export interface EditionStore {
  /** All files, those outside some folders or inside one, ordered by path; or those at some paths, unordered. */
  publishedFiles(which?: FileSelection): Promise<readonly PublishedFile[]>;
  countPublished(): Promise<number>;
  savePublishedFiles(put: readonly PublishedFile[], removed: readonly string[]): Promise<void>;
  meta(key: string): Promise<string | null>;
  saveMeta(key: string, value: string | null): Promise<void>;
  /** Reads a value saved as JSON; null: none. Rejects with STORE_CORRUPT if it is not valid JSON. */
  readJson<T>(key: string): Promise<T | null>;
  /** Once resolved, everything saved so far survives a power failure. */
  sync(): Promise<void>;
}

export interface ObjectStore {
  /** Ordered by path. */
  objects(): Promise<readonly PublishedObject[]>;
  saveObjects(put: readonly PublishedObject[], removed: readonly string[]): Promise<void>;
}
