/** Adds an entry to a file of links. Existing text stays unchanged: comments, order, layout. */
import { withItems } from './edit-list.js';
import { withFileLock } from './file-lock.js';
import { refuseEdit } from './refuse-edit.js';
import { readToEdit, replaceFile } from './replace-file.js';

/** An entry as written to the file. */
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

const HEADING = '# Links to single articles, read by newsloom; "newsloom add <url>" adds one. Change what you like.\n';

/**
 * Creates the file where there is none. `check` sees the text as it was, and rejects where the entry is not to be added. Throws
 * ConfigError CONFIG_INVALID where the file cannot be edited without losing something.
 */
export async function addLink(path: string, link: NewLink, check: (text: string) => void): Promise<void> {
  await withFileLock(path, async () => {
    const text = (await readToEdit(path)) ?? '';
    check(text);
    const edited = withItems(text || HEADING, [], [link]);
    const message = 'the list of links is written in a way that cannot be added to; add it by hand';
    await replaceFile(path, edited ?? refuseEdit(path, '', message));
  });
}
