/** The config files that the desk may change: their texts, and the secrets in them. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { readToEdit } from '../config/edit/replace-file.js';
import { isWithin } from '../config/paths.js';
import type { Settings } from '../model/settings.js';
import { FormError } from './form.js';

/** null: the file is missing. */
export type Texts = ReadonlyMap<string, string | null>;

export async function readEditable({ configFiles, desk, sources }: Settings): Promise<Texts> {
  const links = sources.flatMap(({ own, url }) => (own?.kind === 'links' ? fileURLToPath(url) : []));
  const paths = [...new Set([...configFiles, desk.path, ...links])];
  return new Map(await Promise.all(paths.map(async (path) => [path, await readToEdit(path)] as const)));
}

export function digestTexts(texts: Texts): string {
  return createHash('sha256')
    .update(JSON.stringify([...texts]))
    .digest('base64url')
    .slice(0, 22);
}

/** Throws FormError if a file leads out of the site's folder. */
export async function requireInside(texts: Texts, root: string): Promise<void> {
  for (const [path, text] of texts)
    if (text !== null && !(await isWithin(path, root)))
      throw new FormError(`${path} is outside of the site's folder. Edit this site with the commands.`);
}

const SECRET_KEYS = /^(?:headers|proxy|run|command|env|templates|.*(?:token|secret|password|key))$/i;

/** A function that masks the values that the desk must not show in these YAML texts. */
export function createMask(texts: readonly (string | null)[]): (line: string) => string {
  const hidden = new Set<string>();
  const collect = (value: unknown, isSecret: boolean): void => {
    if (typeof value === 'object' && value !== null)
      for (const [key, part] of Object.entries(value)) collect(part, isSecret || SECRET_KEYS.test(key));
    else if (isSecret && String(value).length > 3) hidden.add(String(value));
  };
  for (const text of texts) collect(parseOrNull(text ?? ''), false);
  const longestFirst = [...hidden].sort((a, b) => b.length - a.length);
  return (line) => longestFirst.reduce((masked, secret) => masked.replaceAll(secret, '•••'), line);
}

function parseOrNull(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return null;
  }
}
