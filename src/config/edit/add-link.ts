/** Adds an entry to a file of links. Existing text stays unchanged: comments, order, layout. */
import { readFile, writeFile } from 'node:fs/promises';
import { ConfigError } from '../../model/errors.js';
import { withItems } from './edit-list.js';
import { withFileLock } from './file-lock.js';
import { replaceFile } from './replace-file.js';

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
    const text = await readFile(path, 'utf8').catch(noSuchFile);
    check(text ?? '');
    const edited = withItems(text ?? HEADING, [], [link]);
    if (edited === null) throw cannotAdd(path);
    if (text === null) await writeFile(path, edited);
    else await replaceFile(path, edited);
  });
}

function noSuchFile(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

function cannotAdd(file: string): ConfigError {
  const message = 'the list of links is written in a way that cannot be added to; add it by hand';
  return new ConfigError('CONFIG_INVALID', [{ file, line: 0, column: 0, path: '', message }]);
}
