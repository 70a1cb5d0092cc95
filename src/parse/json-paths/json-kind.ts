/** The kind of a JSON document of any make: the editor says at which paths its items and their fields stand. */
import type { z as Zod } from 'zod';
import type { KindDocument, SourceKind } from '../kind.js';
import { isJsonPath, isJsonTemplate, type JsonFields } from './json-fields.js';

const NO_PATH = 'not a path: write names, [0] and [*], such as data.items[*] or title.rendered';
const NO_FIELD = `${NO_PATH}; or a text with paths in braces, such as https://x.example/news/{id}`;

export const jsonKind: SourceKind = {
  name: 'json',
  describe: 'a JSON document of any make',
  place: 'url',
  absence: 'nothing',
  robots: false,
  accept: 'application/json, */*;q=0.1',
  options: (z) => ({
    items: path(z).meta({
      description: 'Where its items are: the path of a list (`data.items`), or of each item (`data[*].story`).',
      typeText: 'path',
    }),
    title: field(z, 'The headline: a path, or a text with paths in braces (`{name} {version}`).'),
    link: field(z, 'The address: a path, or an address with paths in braces (`https://x.example/news/{id}`).'),
    date: field(z, 'When it was published.'),
    updated: field(z, 'When it was changed.'),
    summary: field(z, 'A few words on it.'),
    content: field(z, 'Its text, in HTML.'),
    image: field(z, 'The address of its picture, written as `link`.'),
    author: field(z, 'Who wrote it; one or several (`authors[*].name`).'),
    id: field(z, 'What names it for good, where its address may change.'),
    categories: field(z, "The publisher's categories, one or several."),
  }),
  load: async () => {
    const [{ parseJsonByPaths }, { decodeDocument }] = await Promise.all([
      import('./json-paths.js'),
      import('../encoding/decode.js'),
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

function path(z: typeof Zod) {
  return z.string().refine(isJsonPath, { error: NO_PATH });
}

function field(z: typeof Zod, description: string) {
  const one = z.string().refine((written) => isJsonPath(written) || isJsonTemplate(written), { error: NO_FIELD });
  const several = z.array(one).min(1).max(MOST_WAYS);
  const typeText = 'path, or a list of them';
  return z.union([one, several]).nullable().default(null).meta({ description, defaultText: 'none', typeText });
}

/** Paths that may be named for one field. */
const MOST_WAYS = 8;
