/** Defines the `json` kind: any JSON document, read by configured paths. */
import type { z as Zod } from 'zod';
import type { KindDocument, SourceKind } from '../kind.js';
import { isJsonPath, isJsonTemplate, type JsonFields } from './json-fields.js';

const NO_PATH = 'not a path: write names, [0] and [*], such as data.items[*] or title.rendered';
const NO_FIELD = `${NO_PATH}; or a text with paths in braces, such as https://x.example/news/{id}`;

export const jsonKind: SourceKind = {
  name: 'json',
  describe: 'any JSON document',
  place: 'url',
  absence: 'nothing',
  robots: false,
  accept: 'application/json, */*;q=0.1',
  options: (z) => ({
    items: z.string().refine(isJsonPath, { error: NO_PATH }).meta({
      description: 'The items: the path of a list (`data.items`), or of each item (`data[*].story`).',
      typeText: 'path',
    }),
    title: fieldSchema(z, 'The headline: a path, or a text with paths in braces (`{name} {version}`).'),
    link: fieldSchema(z, 'The address: a path, or an address with paths in braces (`https://x.example/news/{id}`).'),
    date: fieldSchema(z, 'The publication date.'),
    updated: fieldSchema(z, 'The date of the last change.'),
    summary: fieldSchema(z, 'A short summary.'),
    content: fieldSchema(z, 'Its text, in HTML.'),
    image: fieldSchema(z, 'The address of its picture, in the form of `link`.'),
    author: fieldSchema(z, 'The author or authors (`authors[*].name`).'),
    id: fieldSchema(z, 'A permanent id, if its address may change.'),
    categories: fieldSchema(z, "The publisher's categories, one or several."),
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

function fieldSchema(z: typeof Zod, description: string) {
  const one = z.string().refine((written) => isJsonPath(written) || isJsonTemplate(written), { error: NO_FIELD });
  const several = z.array(one).min(1).max(MAX_PATHS);
  const typeText = 'string or list of strings';
  return z.union([one, several]).nullable().default(null).meta({ description, defaultText: 'none', typeText });
}

const MAX_PATHS = 8;
