/** Reads a folder of posts: Markdown files with front matter. */

import type { PostFolder } from '../../model/document.js';
import type { Item, ItemImage, ParsedFeed } from '../../model/item.js';
import type { OwnSource } from '../../model/source.js';
import { isRecord } from '../../text/record.js';
import { BLANK_ITEM } from '../blank-feed.js';
import {
  anyDateField,
  authorsField,
  commentsField,
  dateField,
  flagField,
  languageField,
  noMistypedKeys,
  type OwnRecord,
  plainField,
  tagsField,
  textField,
  topicsField,
  webField,
} from './fields.js';
import { readFrontMatter } from './front-matter.js';
import { type Rendered, renderMarkdown } from './markdown.js';
import { ownFeed } from './own-feed.js';

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

/** What site generators call the same; ours comes first where a post has both. */
const FOREIGN = {
  summary: 'description',
  date: 'pubDate',
  updated: 'updatedDate',
  image: 'heroImage',
} as const;

/**
 * One item a post, except drafts. An item's guid is the post's `id`, else its `slug`, else its path without extension, so that a renamed
 * file with one of the former stays itself. A post with a mistake is left out, and named in `warnings` with file and line.
 *
 * @param text a `PostFolder` as JSON.
 */
export function parsePosts(text: string, own: OwnSource): ParsedFeed {
  const { posts, images }: PostFolder = JSON.parse(text);
  const files = new Set(images.map(({ path }) => path));
  const mistakes: string[] = [];
  const takenBy = new Map<string, string>();
  const items = posts.flatMap((post) => {
    const said: { line: number; message: string }[] = [];
    const item = postItem(post, own, files, (line, message) => said.push({ line, message }));
    const other = takenBy.get(item.guid);
    if (other !== undefined)
      said.push({ line: 1, message: `it has the id of ${own.path}/${other}: give one of them another "id:"` });
    takenBy.set(item.guid, post.path);
    for (const { line, message } of said.sort((a, b) => a.line - b.line))
      mistakes.push(`${own.path}/${post.path}:${line}: ${message}`);
    return said.length > 0 || item.isDraft ? [] : [item.item];
  });
  return ownFeed(own, items, mistakes);
}

function postItem(
  { path, text }: PostFolder['posts'][number],
  own: OwnSource,
  files: ReadonlySet<string>,
  wrongAt: (line: number, message: string) => void,
): { item: Item; guid: string; isDraft: boolean } {
  const matter = readFrontMatter(text);
  const record: OwnRecord = { values: matter.values, wrong: (key, message) => wrongAt(matter.lineOf(key), message) };
  for (const { line, message } of matter.mistakes) wrongAt(line, message);
  const title = plainField(record, 'title');
  if (title === null && matter.values.title === undefined && matter.mistakes.length === 0)
    record.wrong('title', 'it has no title: write "title: …" between the two lines of ---');
  noMistypedKeys(record, KEYS);
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const base = own.imagesUrl + pathInUrl(folder);
  const body = renderMarkdown(matter.body, own.homeUrl);
  checkImages(body, matter.above, { folder, files }, wrongAt);
  const slug = textField(record, 'slug');
  if (slug !== null && !/^[a-z0-9-]+$/.test(slug))
    record.wrong('slug', `"slug: ${slug}" may have only a-z, 0-9 and "-"`);
  const place = path.replace(/\.\w+$/, '').replace(/\/index$/, '');
  const guid = textField(record, 'id') ?? slug ?? place;
  const item: Item = {
    ...BLANK_ITEM,
    guidIsPermalink: false,
    guid,
    url: webField(record, 'url') ?? addressAt(own, place, slug),
    ...commentsField(record),
    title,
    summary: plainField(record, keyOf(matter.values, 'summary')),
    content: body.html.trim() === '' ? null : { type: 'html', value: body.html, base },
    authors: authorsField(record, 'author'),
    categories: [...topicsField(record, own.topics), ...tagsField(record, 'tags')],
    images: leadImage(record, { folder, files, base }),
    published: dateOf(record, 'date'),
    updated: dateOf(record, 'updated'),
    language: languageField(record, 'lang'),
  };
  return { item, guid, isDraft: flagField(record, 'draft') };
}

/** The key under which a post says it: ours, else that of a site generator. */
function keyOf(values: OwnRecord['values'], ours: keyof typeof FOREIGN): string {
  return values[ours] === undefined && values[FOREIGN[ours]] !== undefined ? FOREIGN[ours] : ours;
}

function dateOf(record: OwnRecord, ours: 'date' | 'updated'): string | null {
  const key = keyOf(record.values, ours);
  return key === ours ? dateField(record, key) : anyDateField(record, key);
}

function addressAt({ at }: OwnSource, place: string, slug: string | null): string | null {
  return at === undefined
    ? null
    : at.replaceAll('{path}', pathInUrl(place)).replaceAll('{slug}', pathInUrl(slug ?? place));
}

interface Beside {
  /** The folder of the post below that of all posts; ends in "/", or is empty. */
  readonly folder: string;
  /** Paths of all images. */
  readonly files: ReadonlySet<string>;
}

/** `image:` is a file or an address, or `{ src, alt }`; a picture that is made for another program may lie where it likes. */
function leadImage({ values, wrong }: OwnRecord, beside: Beside & { readonly base: string }): ItemImage[] {
  const key = keyOf(values, 'image');
  const value = values[key];
  if (value === undefined) return [];
  const { src, alt = null } = isRecord(value) ? value : { src: value };
  if (typeof src !== 'string' || (alt !== null && typeof alt !== 'string')) {
    wrong(key, '"image" must be a file beside the post, or { src: file, alt: what it shows }');
    return [];
  }
  const why = whyNotPublished(src, beside);
  if (why !== null && key !== 'image') return [];
  if (why !== null) wrong('image', why);
  return [{ url: new URL(pathInUrl(src), beside.base).href, width: null, height: null, alt }];
}

function checkImages(
  { images }: Rendered,
  above: number,
  beside: Beside,
  wrongAt: (line: number, message: string) => void,
): void {
  for (const { src, line } of images) {
    const why = whyNotPublished(src, beside);
    if (why !== null) wrongAt(above + line, why);
  }
}

/** null: it is an address, or a file that is published with the post. */
function whyNotPublished(src: string, { folder, files }: Beside): string | null {
  if (/^(?:https?:)?\/\//i.test(src)) return null;
  const name = decoded(src);
  if (name.startsWith('/'))
    return `the image "${src}" is not beside the post: write its address with https://, or a path from the post`;
  const parts: string[] = [];
  for (const part of `${folder}${name}`.split('/')) {
    if (part === '..' && parts.pop() === undefined)
      return `the image "${src}" lies outside of the folder of posts: copy it into the folder`;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  const path = parts.join('/');
  if (files.has(path)) return null;
  const alike = [...files].find((file) => file.toLowerCase() === path.toLowerCase());
  return alike === undefined
    ? `there is no image "${src}" beside the post (jpg, png, gif, webp or avif)`
    : `the image "${src}" is called "${alike}" in the folder: capitals count`;
}

function decoded(src: string): string {
  try {
    return decodeURIComponent(src);
  } catch {
    return src;
  }
}

/** Names with spaces and letters of any script, as an address has them. */
function pathInUrl(path: string): string {
  return path.includes('%') ? path : encodeURI(path);
}
