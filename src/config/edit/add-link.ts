/** Adds an entry to a links file and preserves existing comments, order and layout. */
import { addItems } from './edit-list.js';
import { withFileLock } from './file-lock.js';
import { refuseEdit } from './refuse-edit.js';
import { readToEdit, replaceFile } from './replace-file.js';

export interface NewLink {
  readonly url: string;
  readonly title: string;
  readonly summary?: string;
  readonly author?: string | readonly string[];
  readonly date?: string;
  readonly publication?: string;
  readonly image?: string;
  readonly lang?: string;
  readonly topics?: readonly string[];
}

const HEADING =
  '# Links to single articles, read by newsloom. "newsloom add <url>" adds one. You can edit the entries.\n';

/** `check` receives the old text. Throws ConfigError CONFIG_INVALID if the edit would lose anything. */
export async function addLink(path: string, link: NewLink, check: (text: string) => void): Promise<void> {
  await withFileLock(path, async () => {
    const text = (await readToEdit(path)) ?? '';
    check(text);
    const edited = addItems(text || HEADING, [], [link]);
    const message = 'newsloom cannot add to this list because of its YAML layout; add the entry by hand';
    await replaceFile(path, edited ?? refuseEdit(path, '', message));
  });
}
