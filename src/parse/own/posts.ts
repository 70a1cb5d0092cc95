/** Reads a folder of posts: Markdown files with front matter. */

import type { PostFolder } from '../../model/document.js';
import type { Item, ItemImage, ParsedFeed } from '../../model/item.js';
import type { OwnSource } from '../../model/source.js';
import { isRecord } from '../../text/record.js';
import { BLANK_ITEM } from '../blank-feed.js';
import {
  type OwnRecord,
  readAuthorsField,
  readCommentsField,
  readDateField,
  readFlagField,
  readLanguageField,
  readLenientDateField,
  readPlainField,
  readTagsField,
  readTextField,
  readTopicsField,
  readWebField,
  rejectMistypedKeys,
} from './fields.js';
import { readFrontMatter } from './front-matter.js';
import { type Rendered, renderMarkdown } from './markdown.js';
import { toOwnFeed } from './own-feed.js';

const KEYS = [
  'title',
  'date',
  'updated',
  'author',
  'summary',
  'topics',
  'image',
  'slug',
  'id',
  'lang',
  'draft',
  'comments',
  'url',
] as const;

/** Equivalent keys of site generators. Our own key takes precedence. */
const FOREIGN = {
  summary: 'description',
  date: 'pubDate',
  updated: 'updatedDate',
  image: 'heroImage',
} as const;

/**
 * Skips drafts. The guid is the post's `id`, else its `slug`, else its path without extension. A post with a mistake is
 * dropped, and `warnings` names its file and line.
 *
 * @param text a `PostFolder` as JSON.
 */
export function parsePosts(text: string, own: OwnSource): ParsedFeed {
  const { posts, images }: PostFolder = JSON.parse(text);
  const files = new Set(images.map(({ path }) => path));
  const mistakes: string[] = [];
  const takenBy = new Map<string, string>();
  const items = posts.flatMap((post) => {
    const errors: { line: number; message: string }[] = [];
    const item = toPostItem(post, own, files, (line, message) => errors.push({ line, message }));
    const other = takenBy.get(item.guid);
    if (other !== undefined)
      errors.push({ line: 1, message: `same id as ${own.path}/${other}: give one of them another "id:"` });
    takenBy.set(item.guid, post.path);
    for (const { line, message } of errors.sort((a, b) => a.line - b.line))
      mistakes.push(`${own.path}/${post.path}:${line}: ${message}`);
    return errors.length > 0 || item.isDraft ? [] : [item.item];
  });
  return toOwnFeed(own, items, mistakes);
}

function toPostItem(
  { path, text }: PostFolder['posts'][number],
  own: OwnSource,
  files: ReadonlySet<string>,
  wrongAt: (line: number, message: string) => void,
): { item: Item; guid: string; isDraft: boolean } {
  const matter = readFrontMatter(text);
  const record: OwnRecord = { values: matter.values, wrong: (key, message) => wrongAt(matter.findLine(key), message) };
  for (const { line, message } of matter.mistakes) wrongAt(line, message);
  const title = readPlainField(record, 'title');
  if (title === null && matter.values.title === undefined && matter.mistakes.length === 0)
    record.wrong('title', 'missing title: write "title: …" between the two lines of ---');
  rejectMistypedKeys(record, KEYS);
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const base = own.imagesUrl + encodePath(folder);
  const body = renderMarkdown(matter.body, own.homeUrl);
  checkImages(body, matter.above, { folder, files }, wrongAt);
  const slug = readTextField(record, 'slug');
  if (slug !== null && !/^[a-z0-9-]+$/.test(slug))
    record.wrong('slug', `"slug: ${slug}" may only contain a-z, 0-9 and "-"`);
  const place = path.replace(/\.\w+$/, '').replace(/\/index$/, '');
  const guid = readTextField(record, 'id') ?? slug ?? place;
  const item: Item = {
    ...BLANK_ITEM,
    guidIsPermalink: false,
    guid,
    url: readWebField(record, 'url') ?? fillAddress(own, place, slug),
    ...readCommentsField(record),
    title,
    summary: readPlainField(record, selectKey(matter.values, 'summary')),
    content: body.html.trim() === '' ? null : { type: 'html', value: body.html, base },
    authors: readAuthorsField(record, 'author'),
    categories: [...readTopicsField(record, own.topics), ...readTagsField(record, 'tags')],
    images: readLeadImage(record, { folder, files, base }),
    published: readPostDate(record, 'date'),
    updated: readPostDate(record, 'updated'),
    language: readLanguageField(record, 'lang'),
  };
  return { item, guid, isDraft: readFlagField(record, 'draft') };
}

function selectKey(values: OwnRecord['values'], ours: keyof typeof FOREIGN): string {
  return values[ours] === undefined && values[FOREIGN[ours]] !== undefined ? FOREIGN[ours] : ours;
}

function readPostDate(record: OwnRecord, ours: 'date' | 'updated'): string | null {
  const key = selectKey(record.values, ours);
  return key === ours ? readDateField(record, key) : readLenientDateField(record, key);
}

function fillAddress({ at }: OwnSource, place: string, slug: string | null): string | null {
  return at === undefined
    ? null
    : at.replaceAll('{path}', encodePath(place)).replaceAll('{slug}', encodePath(slug ?? place));
}

interface PostFiles {
  /** Folder of the post, relative to the folder of all posts; ends in "/" or is empty. */
  readonly folder: string;
  readonly files: ReadonlySet<string>;
}

/** `image:` is a file, an address, or `{ src, alt }`. An unusable file under a site generator's key is ignored. */
function readLeadImage({ values, wrong }: OwnRecord, beside: PostFiles & { readonly base: string }): ItemImage[] {
  const key = selectKey(values, 'image');
  const value = values[key];
  if (value === undefined) return [];
  const { src, alt = null } = isRecord(value) ? value : { src: value };
  if (typeof src !== 'string' || (alt !== null && typeof alt !== 'string')) {
    wrong(key, '"image" must be a file next to the post, or { src: file, alt: what it shows }');
    return [];
  }
  const why = findImageError(src, beside);
  if (why !== null && key !== 'image') return [];
  if (why !== null) wrong('image', why);
  return [{ url: new URL(encodePath(src), beside.base).href, width: null, height: null, alt }];
}

function checkImages(
  { images }: Rendered,
  above: number,
  beside: PostFiles,
  wrongAt: (line: number, message: string) => void,
): void {
  for (const { src, line } of images) {
    const why = findImageError(src, beside);
    if (why !== null) wrongAt(above + line, why);
  }
}

/** null: an address, or a file that is published with the post. */
function findImageError(src: string, { folder, files }: PostFiles): string | null {
  if (/^(?:https?:)?\/\//i.test(src)) return null;
  const name = decodePath(src);
  if (name.startsWith('/'))
    return `the image "${src}" is not next to the post: write its address with https://, or a path from the post`;
  const parts: string[] = [];
  for (const part of `${folder}${name}`.split('/')) {
    if (part === '..' && parts.pop() === undefined)
      return `the image "${src}" is outside of the folder of posts: copy it into the folder`;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  const path = parts.join('/');
  if (files.has(path)) return null;
  const similar = [...files].find((file) => file.toLowerCase() === path.toLowerCase());
  return similar === undefined
    ? `image "${src}" not found next to the post (jpg, png, gif, webp or avif)`
    : `the image "${src}" is named "${similar}" in the folder: upper and lower case matter`;
}

function decodePath(src: string): string {
  try {
    return decodeURIComponent(src);
  } catch {
    return src;
  }
}

function encodePath(path: string): string {
  return path.includes('%') ? path : encodeURI(path);
}
