/** A bucket's contents with as few requests as possible, from the record of the last run or from a list. */

import type { EditionStore, ObjectStore, PublishedObject } from '../../ports/store/editions.js';
import type { Bucket, ListedObject } from './bucket.js';
import { inParallel } from './in-parallel.js';

export type ObjectMemory = ObjectStore & Pick<EditionStore, 'meta' | 'saveMeta'>;

export interface ViewedObject extends PublishedObject {
  readonly isForeign: boolean;
}

/** Meta key: when a list last matched the record, epoch milliseconds; missing: it may not match. */
const CHECKED = 'objects.checked';
const DAY = 86_400_000;
const MANIFEST = 'manifest.json';

export class BucketView {
  #objects: Promise<Map<string, ViewedObject>> | null = null;
  #isListed = false;
  readonly #recorded = new Map<string, PublishedObject>();

  constructor(
    readonly bucket: Bucket,
    /** null: no record. */
    readonly memory: ObjectMemory | null,
    /** Epoch milliseconds. */
    readonly now: () => number,
  ) {}

  /** Requests only the manifest if it matches the record and a list matched within a day; otherwise lists the bucket. */
  objects(): Promise<Map<string, ViewedObject>> {
    this.#objects ??= this.#readUnchanged().then((known) => known ?? this.#list());
    return this.#objects;
  }

  /** Always from a list, because an edition replaces objects. */
  listObjects(): Promise<Map<string, ViewedObject>> {
    if (!this.#isListed) {
      this.#isListed = true;
      this.#objects = (this.#objects ?? Promise.resolve()).then(() => this.#list());
    }
    return this.objects();
  }

  /** The object with its digest, looked up if unknown. */
  async identify(path: string): Promise<ViewedObject | null> {
    const objects = await this.objects();
    const object = objects.get(path) ?? null;
    if (object === null || object.digest !== null) return object;
    const seen = await this.bucket.look(path);
    if (seen === null) return null;
    const found = { ...object, ...seen };
    objects.set(path, found);
    this.#recorded.set(path, toPublishedObject(found));
    return found;
  }

  async record(object: PublishedObject): Promise<void> {
    this.#recorded.set(object.path, object);
    (await this.objects()).set(object.path, { ...object, isForeign: false });
  }

  /** Call before any change: after an interruption, the bucket must be listed. */
  async invalidate(): Promise<void> {
    await this.memory?.saveMeta(CHECKED, null);
  }

  /** Call at the end of an edition. The next one starts with another list. */
  async save(removed: readonly string[]): Promise<void> {
    const objects = await this.objects();
    for (const path of removed) objects.delete(path);
    if (this.#recorded.size + removed.length > 0) await this.memory?.saveObjects([...this.#recorded.values()], removed);
    if (this.#isListed) await this.#noteChecked(objects);
    this.#recorded.clear();
    this.#isListed = false;
  }

  async #noteChecked(objects: ReadonlyMap<string, ViewedObject>): Promise<void> {
    const isWhole = ![...objects.values()].some(({ isForeign }) => isForeign);
    await this.memory?.saveMeta(CHECKED, isWhole ? String(this.now()) : null);
  }

  async #readRecords(): Promise<Map<string, PublishedObject>> {
    return new Map((await this.memory?.objects())?.map((object) => [object.path, object]));
  }

  async #readUnchanged(): Promise<Map<string, ViewedObject> | null> {
    const age = this.now() - Number((await this.memory?.meta(CHECKED)) ?? Number.NaN);
    if (!(age >= 0 && age < DAY)) return null;
    const recorded = await this.#readRecords();
    const manifest = recorded.get(MANIFEST);
    if (manifest === undefined || (await this.bucket.look(MANIFEST))?.version !== manifest.version) return null;
    return new Map([...recorded].map(([path, object]) => [path, { ...object, isForeign: false }]));
  }

  async #list(): Promise<Map<string, ViewedObject>> {
    const recorded = await this.#readRecords();
    const list = await this.bucket.list();
    const objects = new Map<string, ViewedObject>();
    await inParallel([...list], async ([path, listed]) => {
      const object = await this.#compare(path, listed, recorded.get(path) ?? null);
      if (object !== null) objects.set(path, object);
    });
    const news = [...objects.values()].filter(
      ({ path, version, isForeign }) => !isForeign && recorded.get(path)?.version !== version,
    );
    const gone = [...recorded.keys()].filter((path) => !objects.has(path));
    if (news.length + gone.length > 0) await this.memory?.saveObjects(news.map(toPublishedObject), gone);
    await this.#noteChecked(objects);
    return objects;
  }

  /** Another version may have the same bytes, for example if a run ended before recording its upload. */
  async #compare(path: string, listed: ListedObject, before: PublishedObject | null): Promise<ViewedObject | null> {
    if (before?.version === listed.version) return { ...before, isForeign: false };
    if (before === null || before.digest === null) return { path, ...listed, digest: null, isForeign: false };
    const seen = await this.bucket.look(path);
    return seen === null ? null : { path, ...seen, isForeign: seen.digest !== before.digest };
  }
}

function toPublishedObject({ path, size, version, digest }: ViewedObject): PublishedObject {
  return { path, size, version, digest };
}
