/** Schema of the commands that enrich articles. */
import { basename } from 'node:path';
import { ENRICH_FIELDS, ENRICH_KINDS } from '../model/machine.js';
import { z } from '../model/zod.js';
import { where } from './channel-schema.js';
import { duration, LONGEST_TIMER, language, orNull, unique } from './fields.js';

const word = () => z.string().refine((value) => !value.includes('\0'), { error: 'arguments must not contain a NUL' });

const commandKeys = z.strictObject({
  name: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u, {
      error: 'invalid name: use up to 40 letters, digits, spaces, ".", "_" and "-"',
    })
    .optional()
    .meta({ description: 'Name for readers and for `explain`.', defaultText: 'file name of the program' }),
  run: z
    .array(word())
    .min(1)
    .refine((run) => deriveCommandName(run) !== '', { error: 'the name of the program is missing' })
    .describe(
      "The program and its arguments, run without a shell. A program with a slash is a path from the site's root, any other is searched in PATH.",
    ),
  of: z
    .array(z.enum(ENRICH_FIELDS))
    .min(1)
    .transform(unique)
    .prefault(['title', 'summary'])
    .describe(
      'The fields of an article that the command receives, as far as the permissions of its source (`content`) allow.',
    ),
  when: orNull(where).meta({
    description: 'The articles that the command receives, as conditions of a channel.',
    defaultText: 'all',
    typeText: 'as `channels[].where`',
  }),
  as: z
    .enum(ENRICH_KINDS)
    .describe(
      'What the command returns: `title`, `summary` and `content` in another language; a `summary`; or `topics`, by their ids.',
    ),
  language: language().optional().meta({
    description: 'Language of the returned text.',
    defaultText: 'translation: `site.language`; summary: language of the article',
  }),
  show: z
    .enum(['beside', 'instead'])
    .default('beside')
    .describe(
      "Whether the returned text appears beside or instead of the publisher's. Both are marked as machine-made.",
    ),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'not the name of a variable' }), word())
    .default({})
    .describe(
      `Environment variables in addition to PATH, HOME, the language and the temporary folder. Write keys as \`\${NAME}\`.`,
    ),
  timeout: duration('1s', LONGEST_TIMER)
    .prefault('2m')
    .describe('Maximum time of one run with all its articles. Then the program is stopped.'),
  atMost: z
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe('Maximum number of articles in one run, newest first. The rest waits.'),
});

export const enrichCommand = commandKeys.transform((written) => ({
  ...written,
  name: written.name ?? deriveCommandName(written.run),
}));

/** The file name of the program without its extension; empty if it is missing. */
export function deriveCommandName(run: unknown): string {
  const program = Array.isArray(run) && typeof run[0] === 'string' ? run[0] : '';
  return basename(program.replaceAll('\\', '/')).replace(/(?<=.)\.[A-Za-z0-9]{1,4}$/, '');
}
