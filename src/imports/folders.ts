/** Converts category names into topics. */
import { folderId, type OpmlFolder } from '../text/opml.js';

/** Collects folders from a flat list of names in the order of their first use. */
export class FolderNames {
  readonly #folders = new Map<string, OpmlFolder>();

  /** Adds the folder if it is new. */
  idOf(name: string): string {
    const id = folderId(name);
    if (!this.#folders.has(id)) this.#folders.set(id, { id, label: name });
    return id;
  }

  all(): OpmlFolder[] {
    return [...this.#folders.values()];
  }
}
