/** What an editor may write about channels, languages and digests. */
import type { z as Zod } from 'zod';
import type { DigestSettings } from '../model/digest.js';
import type { Question } from '../model/question.js';
import type { ChannelSettings } from '../model/settings.js';
import { nameFromId } from '../model/topic.js';
import { z } from '../model/zod.js';
import { digestTimes } from './digest-times.js';
import { canonicalTag, id, language, orNull, parsed, phrase, phrases, words } from './fields.js';

/** One or several: `uk`, or `[uk, ru]`. */
function oneOrMore<T extends Zod.ZodType>(each: T) {
  return z
    .union([each, z.array(each)])
    .transform((value) => (Array.isArray(value) ? value : [value]) as Zod.output<T>[])
    .default([]);
}

const text = z.strictObject({
  any: phrases().default([]).describe('Phrases of which one is enough, read as those of topics are.'),
  all: phrases().default([]).describe('Phrases that must all be there.'),
  near: z
    .array(z.array(phrase()).min(2))
    .default([])
    .describe('Groups of phrases that must stand within ten words of each other; one group is enough.'),
  none: phrases().default([]).describe('Phrases that must not be there.'),
});

/** A language, several, or what it must not be. */
function languages() {
  const several = z.union([language(), z.array(language())]);
  const listed = (value: Zod.output<typeof several>) => (Array.isArray(value) ? value : [value]);
  return z
    .union([several, z.strictObject({ not: several.meta({ typeText: 'language or languages' }) })])
    .transform((value) =>
      typeof value === 'string' || Array.isArray(value)
        ? { is: listed(value), not: [] }
        : { is: [], not: listed(value.not) },
    )
    .default({ is: [], not: [] });
}

const conditions = () => ({
  topics: oneOrMore(id()).meta({ description: 'Topics, of which it has one.', defaultText: 'any' }),
  sources: oneOrMore(id()).meta({ description: 'Sources, one of which brought it.', defaultText: 'any' }),
  language: languages().meta({
    description: 'Its language, as a BCP 47 tag: `pt` is also `pt-BR`; `{ not: uk }`: any other.',
    defaultText: 'any',
    typeText: 'language or languages, or as `{ not: uk }`',
  }),
  author: oneOrMore(phrase()).meta({ description: 'Phrases in the names of its authors.', defaultText: 'any' }),
  media: oneOrMore(z.enum(['audio', 'video'])).meta({ description: 'What comes with it.', defaultText: 'any' }),
  text: orNull(text).meta({
    description: 'Phrases in headline, summary and, where `content: full`, the article.',
    defaultText: 'any text',
  }),
});

export const where = z
  .strictObject({
    ...conditions(),
    stories: orNull(z.int().min(2).max(100)).meta({
      description:
        'How many publications, at least, tell its story. An article comes in when its story has grown so far, at its own date, and stays.',
      defaultText: 'any number',
    }),
    not: z
      .strictObject(conditions())
      .prefault({})
      .meta({ description: 'What one of these conditions finds is not in the channel.', typeText: 'as `where`' }),
  })
  // A language that it must not be is one of those in `not`.
  .transform(
    ({ language, stories, not, ...asked }): Question => ({
      ...asked,
      language: language.is,
      stories: stories ?? 0,
      not: { ...not, language: [...not.language.is, ...language.not] },
    }),
  );

const channelKeys = z.strictObject({
  id: id().describe('Its name in addresses: a-z, 0-9 and "-".'),
  formerly: z.array(id()).exactOptional().meta({
    description: 'Ids that it had, the oldest first: its former addresses go on as the same feed.',
    defaultText: 'none',
  }),
  title: words().optional().meta({ description: 'What readers see.', defaultText: 'the id, as words' }),
  description: orNull(words()).meta({ description: 'One sentence on it.', defaultText: 'from its title' }),
  where: where.describe('The question: an article must fulfil every condition, and of each list one is enough.'),
});

export const channel = channelKeys.transform(
  (written): ChannelSettings => ({ ...written, title: written.title ?? nameFromId(written.id) }),
);

const digestKeys = z.strictObject({
  id: id().describe('Its name in addresses: a-z, 0-9 and "-".'),
  title: words().optional().meta({ description: 'What readers see.', defaultText: 'the id, as words' }),
  of: z
    .string()
    .regex(/^(?:all|(?:topics|sources|channels)\/[a-z0-9-]+|language\/[A-Za-z0-9-]+)$/, {
      error: 'not a channel: write all, topics/…, sources/…, channels/… or language/…',
    })
    .transform((path) => path.replace(/(?<=^language\/).*/, canonicalTag))
    .prefault('all')
    .describe('The channel that it is made of: `all`, `topics/…`, `sources/…`, `channels/…` or `language/…`.'),
  every: parsed(
    digestTimes,
    'not a time for a digest: write days and a time of day, such as "monday 06:00", "monday thursday 18:30", "weekdays 06:00", "daily 06:00" or "monthly 06:00"',
  ).meta({
    description:
      'When an issue closes, in the time zone of the site: days and a time, such as `monday 06:00`, `monday thursday 18:30`, `weekdays 06:00`, `daily 06:00` or `monthly 06:00` (the first of each month).',
    typeText: 'days and time',
  }),
  items: z.int().min(1).max(100).default(20).describe('Articles or stories in an issue, at most.'),
  by: z
    .enum(['stories', 'newest'])
    .default('stories')
    .describe('What comes first: the stories that most publications tell, or the newest articles.'),
});

export const digest = digestKeys.transform(
  (written): DigestSettings => ({ ...written, title: written.title ?? nameFromId(written.id) }),
);
