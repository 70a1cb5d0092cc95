/** What an editor may write about commands that enrich articles. */
import { basename } from 'node:path';
import { ENRICH_FIELDS, ENRICH_KINDS } from '../model/machine.js';
import { z } from '../model/zod.js';
import { where } from './channel-schema.js';
import { duration, LONGEST_TIMER, language, orNull, unique } from './fields.js';

const word = () => z.string().refine((value) => !value.includes('\0'), { error: 'no program can be given a NUL' });

const commandKeys = z.strictObject({
  name: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u, {
      error: 'a name has up to 40 letters, digits, spaces, ".", "_" and "-"',
    })
    .optional()
    .meta({ description: 'What readers and `explain` are told of it.', defaultText: "the program's file name" }),
  run: z
    .array(word())
    .min(1)
    .refine((run) => commandName(run) !== '', { error: 'it names no program' })
    .describe(
      "The program and its arguments; no shell reads them. With a slash in it, the program is a path from the site's root, else it is looked for in PATH.",
    ),
  of: z
    .array(z.enum(ENRICH_FIELDS))
    .min(1)
    .transform(unique)
    .prefault(['title', 'summary'])
    .describe('What it is given of an article, as far as the rights of its source (`content`) let you show it.'),
  when: orNull(where).meta({
    description: 'The articles that it is given: a question as channels have it.',
    defaultText: 'all',
    typeText: 'as `channels[].where`',
  }),
  as: z
    .enum(ENRICH_KINDS)
    .describe(
      'What it answers: `title`, `summary` and `content` in another language; a `summary`; or `topics`, by their ids.',
    ),
  language: language().optional().meta({
    description: 'The language in which it answers.',
    defaultText: "of a translation `site.language`, of a summary the article's",
  }),
  show: z
    .enum(['beside', 'instead'])
    .default('beside')
    .describe(
      "Whether readers see its texts beside the publisher's words or in their place; marked as a machine's in either case.",
    ),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'not the name of a variable' }), word())
    .default({})
    .describe(
      `Variables that it gets beside PATH, HOME, the language and the folder for temporary files; keys from the environment as \`\${NAME}\`.`,
    ),
  timeout: duration('1s', LONGEST_TIMER)
    .prefault('2m')
    .describe('For one run with all its articles; then it is ended.'),
  atMost: z.int().min(1).max(10_000).default(100).describe('Articles in one run, the newest first. The rest waits.'),
});

export const enrichCommand = commandKeys.transform((written) => ({
  ...written,
  name: written.name ?? commandName(written.run),
}));

/** The program's file name without its extension; empty: it has none. */
export function commandName(run: unknown): string {
  const program = Array.isArray(run) && typeof run[0] === 'string' ? run[0] : '';
  return basename(program.replaceAll('\\', '/')).replace(/(?<=.)\.[A-Za-z0-9]{1,4}$/, '');
}
