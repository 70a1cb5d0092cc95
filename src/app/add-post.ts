/** Writes the editor's posts, shows them beforehand as they will be published, and writes introductions of digests. */
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { withFileLock } from '../config/edit/file-lock.js';
import { refuseEdit } from '../config/edit/refuse-edit.js';
import { readToEdit, replaceFile } from '../config/edit/replace-file.js';
import { isWithin } from '../config/paths.js';
import { fetchFolder } from '../fetch/folder.js';
import type { PostFolder } from '../model/document.js';
import { createPlainRequest } from '../model/fetch.js';
import type { Settings } from '../model/settings.js';
import type { Source } from '../model/source.js';
import { parsePosts } from '../parse/own/posts.js';
import { sanitizeHtml } from '../sanitize/sanitize.js';
import { toLatinWords } from '../text/url/source-id.js';

/** `body` is Markdown. */
export interface NewPost extends Readonly<Record<'title' | 'author' | 'body', string>> {
  readonly source: Source;
  readonly topics: readonly string[];
  readonly date: Date;
}

/** Reads the post as a build would, beside the others. Its HTML is sanitized. Throws FetchError if the folder is missing. */
export async function renderPost(post: NewPost, signal: AbortSignal) {
  const [path, own] = [namePost(post), post.source.own!];
  const answer = await fetchFolder(createPlainRequest(post.source.url, post.source), signal);
  if (answer.kind !== 'fresh') throw answer.kind === 'failed' && answer.error;
  const { posts, images }: PostFolder = JSON.parse(Buffer.from(answer.body).toString());
  const all = [...posts.filter((one) => one.path !== path), { path, text: writeText(post) }];
  const { items, warnings } = parsePosts(JSON.stringify({ posts: all, images }), own);
  const content = items.find(({ guid }) => `${guid}.md` === path)?.content;
  return {
    html: content ? sanitizeHtml(content.value, { baseUrl: content.base ?? own.homeUrl }) : '',
    mistakes: warnings.filter((one) => one.startsWith(`${own.path}/${path}:`)),
  };
}

/** Writes a new file. Throws FetchError as above, and ConfigError; errors write nothing. */
export async function addPost({ root }: Settings, post: NewPost, signal: AbortSignal): Promise<void> {
  const { mistakes } = await renderPost(post, signal);
  const folder = fileURLToPath(post.source.url);
  const path = join(folder, namePost(post));
  if (mistakes.length > 0) refuseEdit(path, '', mistakes.join('\n'));
  if (!(await isWithin(folder, root))) refuseEdit(path, '', "it is outside of the site's folder");
  await withFileLock(path, async () => {
    if ((await readToEdit(path)) !== null) refuseEdit(path, '', 'this post exists: choose another headline');
    await replaceFile(path, writeText(post));
  });
}

/** The name identifies the post. */
function namePost({ title, date }: NewPost): string {
  return `${toLatinWords(title) || `post-${date.toISOString().slice(0, 16).replace(/\D/g, '-')}`}.md`;
}

function writeText({ title, author, topics, body, date }: NewPost): string {
  const named = { title, date: `${date.toISOString().slice(0, 16)}Z`, author: author || undefined };
  const matter = { ...named, topics: topics.length > 0 ? topics : undefined };
  return `---\n${stringify(matter, { lineWidth: 0 })}---\n\n${body}\n`;
}

/** The file with the introduction of the issue that closes on a day; null: the digest has no folder for them. */
export function locateIntroduction({ root, digests = [] }: Settings, id: string, day: string): string | null {
  const { introduction } = digests.find((one) => one.id === id) ?? {};
  return typeof introduction === 'object' ? join(root, introduction.folder, `${day}.md`) : null;
}

/** Throws ConfigError if the file is outside of the site's folder; errors write nothing. */
export async function writeIntroduction({ root }: Settings, path: string, text: string): Promise<void> {
  const refuse = () => refuseEdit(path, '', "it is outside of the site's folder");
  if (relative(root, path).startsWith('..')) refuse();
  await withFileLock(path, async () => {
    const before = await readToEdit(path);
    if (!(await isWithin(before === null ? dirname(path) : path, root))) refuse();
    const after = text === '' ? '' : `${text}\n`;
    if (after !== (before ?? '')) await replaceFile(path, after);
  });
}
