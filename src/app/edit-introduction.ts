/** Writes the introduction of a digest issue. */
import { dirname, join, relative } from 'node:path';
import { withFileLock } from '../config/edit/file-lock.js';
import { refuseEdit } from '../config/edit/refuse-edit.js';
import { readToEdit, replaceFile } from '../config/edit/replace-file.js';
import { isWithin } from '../config/paths.js';
import type { DigestSettings } from '../model/digest.js';
import type { Settings } from '../model/settings.js';

/** The file with the introduction of the issue that closes on a day; null: the digest has no folder for them. */
export function locateIntroduction({ root }: Settings, { introduction }: DigestSettings, day: string): string | null {
  return typeof introduction === 'object' ? join(root, introduction.folder, `${day}.md`) : null;
}

/** Throws ConfigError if the file is outside of the site's folder; errors write nothing. */
export async function writeIntroduction({ root }: Settings, path: string, text: string): Promise<void> {
  const refuse = () => refuseEdit(path, '', "it is outside of the site's folder");
  if (relative(root, path).startsWith('..')) refuse();
  await withFileLock(path, async () => {
    if (!(await isWithin(dirname(path), root))) refuse();
    const before = await readToEdit(path);
    const after = text === '' ? '' : `${text}\n`;
    if (after !== (before ?? '')) await replaceFile(path, after);
  });
}
