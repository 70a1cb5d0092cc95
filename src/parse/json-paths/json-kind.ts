/** The kind of a JSON document of any make: the editor says at which paths its items and their fields stand. */
import type { z as Zod } from 'zod';
import type { KindDocument, SourceKind } from '../kind.js';
import { HOLE, isJsonTemplate, type JsonFields, pathsInTemplate } from './json-fields.js';
import { parseJsonPath } from './json-path.js';

const NO_PATH = 'not a path: write names, [0] and [*], such as data.items[*] or title.rendered';

export const jsonKind: SourceKind = {
  name: 'json',
  describe: 'a JSON document of any make',
  place: 'url',
  absence: 'nothing',
  robots: false,
  accept: 'application/json, */*;q=0.1',
  options: (z) => ({
    items: path(z, isPath).meta({
      description: 'Where its items are: the path of a list (`data.items`), or of each item (`data[*].story`).',
      typeText: 'path',
    }),
    title: optional(z, 'The headline.', isPath),
    link: optional(
      z,
      'The address: a path, or an address with paths in braces (`https://x.example/news/{id}`).',
      isAddressPath,
    ),
    date: optional(z, 'When it was published.', isPath),
    updated: optional(z, 'When it was changed.', isPath),
    summary: optional(z, 'A few words on it.', isPath),
    content: optional(z, 'Its text, in HTML.', isPath),
    image: optional(z, 'The address of its picture, written as `link`.', isAddressPath),
    author: optional(z, 'Who wrote it; one or several (`authors[*].name`).', isPath),
    id: optional(z, 'What names it for good, where its address may change.', isPath),
    categories: optional(z, "The publisher's categories, one or several.", isPath),
  }),
  load: async () => {
    const [{ parseJsonByPaths }, { decodeDocument }] = await Promise.all([
      import('./json-paths.js'),
      import('../parse.js'),
    ]);
    return {
      read: async ({ body, contentType, url, options }: KindDocument) => {
        const { text, warnings } = decodeDocument(body, contentType);
        const feed = parseJsonByPaths(text, url, options as JsonFields);
        return { ...feed, warnings: [...warnings, ...feed.warnings] };
      },
    };
  },
};

function path(z: typeof Zod, is: (value: string) => boolean) {
  return z.string().refine(is, { error: NO_PATH });
}

function optional(z: typeof Zod, description: string, is: (value: string) => boolean) {
  return path(z, is).nullable().default(null).meta({ description, defaultText: 'none', typeText: 'path' });
}

function isPath(value: string): boolean {
  return parseJsonPath(value) !== null;
}

/** A path, or an address whose braces hold paths. */
function isAddressPath(value: string): boolean {
  if (!isJsonTemplate(value)) return isPath(value);
  return pathsInTemplate(value).every(isPath) && !/[{}]/.test(value.replace(HOLE, ''));
}
