/** The config files that the desk may change: their texts, and what it shows of them. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { isPair, Lexer, parseDocument, visit } from 'yaml';
import { readToEdit } from '../config/edit/replace-file.js';
import { isWithin } from '../config/paths.js';
import type { Settings } from '../model/settings.js';
import { toPublicUrl } from '../text/url/redact-url.js';
import { FormError } from './form.js';

/** null: the file is missing. */
export type Texts = ReadonlyMap<string, string | null>;

/** `more`: other files that pages show for editing. */
export async function readEditable(settings: Settings, more: Iterable<string>): Promise<Texts> {
  const paths = [...new Set([...settings.configFiles, settings.desk.path, ...listLinkFiles(settings), ...more])];
  return new Map(await Promise.all(paths.map(async (path) => [path, await readToEdit(path)] as const)));
}

function listLinkFiles({ sources }: Settings): string[] {
  return sources.flatMap(({ own, url }) => (own?.kind === 'links' ? fileURLToPath(url) : []));
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

/** The lists and keys of the config that the desk edits, and names of entries. Everything else may contain secrets. */
const SHOWN_LISTS: ReadonlySet<string> = new Set(['sources', 'topics', 'rules']);
const SHOWN_KEYS: ReadonlySet<string> = new Set(['id', 'url', 'title', 'label', 'kind', 'page', 'json', 'sitemap', 'topics', 'content', 'paused', 'rules', 'drop', 'hold', 'any', 'hints', 'all', 'none']); // biome-ignore format: one list

const HIDDEN = '•••';
const CREDENTIALS = /(\/\/)[^\s/?#]*@/g;

/** A text for a page, with the same lines: without credentials, and of the config only the keys that the desk edits. */
export function createTextFilter(path: string, settings: Settings): (text: string) => string {
  const isOpen = path === settings.desk.path || path.endsWith('.md') || listLinkFiles(settings).includes(path);
  return (text) => (isOpen ? text : hideOtherValues(text)).replace(CREDENTIALS, `$1${HIDDEN}@`);
}

/** Comments, too. Hides everything if it is not valid YAML. */
function hideOtherValues(text: string): string {
  let shown = text;
  const hide = (from: number, to: number) => {
    const blank = shown.slice(from, to).replace(/\S.*/g, (line) => '\0'.repeat(line.length));
    shown = shown.slice(0, from) + blank + shown.slice(to);
  };
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) hide(0, text.length);
  visit(document, {
    Scalar(key, { range, value }, path) {
      const keys = path.flatMap((one) => (isPair(one) ? String(one.key) : []));
      if (key !== 'key' && range && !isShown(keys, value)) hide(range[0], range[1]);
    },
  });
  let at = 0;
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith('#')) hide(at, at + token.length);
    // The marks of the lexer are not in the text.
    if (!/^[\x02\x18\x1f]$/.test(token)) at += token.length;
  }
  return shown.replace(/\0+/g, HIDDEN);
}

function isShown(keys: readonly string[], value: unknown): boolean {
  const [list = '', key = list] = keys;
  const isEdited = keys.length > 1 && SHOWN_LISTS.has(list) ? SHOWN_KEYS.has(key) : SHOWN_KEYS.has(list);
  return isEdited && (typeof value !== 'string' || !/^\s*https?:/i.test(value) || toPublicUrl(value) !== null);
}
