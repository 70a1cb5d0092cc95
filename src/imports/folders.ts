/** Names of categories as topics. */
import { folderId, type OpmlFolder } from '../text/opml.js';

/** Folders of a flat list of names, each once, in the order of their first mention. */
export class FolderNames {
  readonly #folders = new Map<string, OpmlFolder>();

  /** The id of the folder. */
  idOf(name: string): string {
    const id = folderId(name);
    if (!this.#folders.has(id)) this.#folders.set(id, { id, label: name });
    return id;
  }

  all(): OpmlFolder[] {
    return [...this.#folders.values()];
  }
}
