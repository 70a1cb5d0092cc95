/** What the store remembers of the published folder, and notes that survive a run. */

/** A published file as it lay in the folder after the last rename. */
export interface PublishedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hash of what it was made from; null where it is always made anew. */
  readonly inputs: string | null;
}

/** `from`: the place of the first among those inside, counted from 0 in the order of paths. */
export type FilesAsked =
  | { readonly outside: string }
  | { readonly inside: string; readonly from: number; readonly limit: number };

export interface EditionStore {
  /** By path; all of them, those outside of a folder (its path ends with a slash), or a part of those inside. */
  publishedFiles(which?: FilesAsked): Promise<readonly PublishedFile[]>;
  /** How many lie in a folder, its path with the slash. */
  countPublished(folder: string): Promise<number>;
  savePublishedFiles(put: readonly PublishedFile[], removed: readonly string[]): Promise<void>;
  meta(key: string): Promise<string | null>;
  saveMeta(key: string, value: string | null): Promise<void>;
}
