/** Reads the outlines of an OPML document (OPML 2.0): feeds, with their folders as topics. */
import { createHash } from 'node:crypto';
import { type Attributes, readXmlDecoded } from './markup.js';
import type { OpmlFolder } from './opml-folders.js';
import { toLatinWords } from './url/source-id.js';

export interface OpmlOutline {
  readonly url: string;
  readonly title: string | undefined;
  readonly topics: Set<string>;
  /** All attributes, by lower-case name: feed readers store their own settings there. */
  readonly attributes: Attributes;
}

export interface OpmlOutlines {
  readonly outlines: readonly OpmlOutline[];
  /** Folders with feeds, outer ones first. */
  readonly folders: readonly OpmlFolder[];
}

/** Every outline with an `xmlUrl`. An address in several folders counts once. */
export function readOpmlOutlines(text: string): OpmlOutlines {
  const found = new Map<string, OpmlOutline>();
  const folders = new Map<string, OpmlFolder>();
  /** The innermost folder of each open outline; null: none. */
  const open: (OpenFolder | null)[] = [];
  const listed = new Set<OpenFolder>();
  const list = (innermost: OpenFolder | null) => {
    const fresh: OpenFolder[] = [];
    for (let one = innermost; one !== null && !listed.has(one); one = one.around) fresh.push(one);
    for (const one of fresh.reverse()) {
      listed.add(one);
      if (!folders.has(one.folder.id)) folders.set(one.folder.id, one.folder);
    }
  };
  readXmlDecoded(text, {
    open(name, attributes, isEmpty) {
      if (name.toLowerCase() !== 'outline') return;
      const around = open.at(-1) ?? null;
      const title = (attributes.title || attributes.text)?.trim() || undefined;
      const url = attributes.xmlurl?.trim();
      if (!url) {
        if (!isEmpty) open.push(title === undefined ? around : openFolder(title, around));
        return;
      }
      if (!isEmpty) open.push(around);
      list(around);
      const outline = found.get(url) ?? { url, title, topics: new Set(), attributes };
      if (around !== null) outline.topics.add(around.folder.id);
      found.set(url, outline);
    },
    close(name) {
      if (name.toLowerCase() === 'outline') open.pop();
    },
    text: () => {},
  });
  return { outlines: [...found.values()], folders: [...folders.values()] };
}

interface OpenFolder {
  readonly folder: OpmlFolder;
  readonly around: OpenFolder | null;
}

/** A folder inside one of the same name is the same topic. */
function openFolder(label: string, around: OpenFolder | null): OpenFolder {
  const id = toFolderId(label);
  const parent = around?.folder.id === id ? around.folder.parent : around?.folder.id;
  return { folder: { id, label, ...(parent !== undefined && { parent }) }, around };
}

/** Derived from the folder's name; a hash if the name has no Latin letters. */
export function toFolderId(label: string): string {
  return toLatinWords(label) || `folder-${createHash('sha256').update(label).digest('hex').slice(0, 8)}`;
}
