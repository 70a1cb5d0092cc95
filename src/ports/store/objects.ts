/** What an object store was last seen to hold: spares asking for each object, and tells what somebody else changed. */

export interface PublishedObject {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** The ETag without its quotes, as the object store gave it; means nothing by itself. */
  readonly version: string;
  /** `contentDigest` of its bytes; null: never looked at. */
  readonly digest: string | null;
}

export interface ObjectStore {
  /** Ordered by path. */
  objects(): Promise<readonly PublishedObject[]>;
  saveObjects(put: readonly PublishedObject[], removed: readonly string[]): Promise<void>;
}
