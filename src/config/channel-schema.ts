/** Schema of channels, languages and digests. */
import type { z as Zod } from 'zod';
import type { DigestSettings } from '../model/digest.js';
import type { Question } from '../model/question.js';
import type { ChannelSettings } from '../model/settings.js';
import { toTopicName } from '../model/topic.js';
import { z } from '../model/zod.js';
import { parseDigestTimes } from './digest-times.js';
import { canonicalTag, id, language, optional, orNull, phrase, phrases, transformText, words } from './fields.js';

/** One or several: `uk`, or `[uk, ru]`. */
function oneOrMore<T extends Zod.ZodType>(each: T) {
  return z
    .union([each, z.array(each)])
    .transform((value) => (Array.isArray(value) ? value : [value]) as Zod.output<T>[])
    .default([]);
}

const text = z.strictObject({
  any: phrases().default([]).describe('Phrases, at least one of which must occur. Matched as in topics.'),
  all: phrases().default([]).describe('Phrases that must all occur.'),
  near: z
    .array(z.array(phrase()).min(2))
    .default([])
    .describe('Groups of phrases that must occur within ten words of each other. One group is enough.'),
  none: phrases().default([]).describe('Phrases that must not occur.'),
});

/** Accepted languages, or `{ not: … }` for excluded ones. */
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
  topics: oneOrMore(id()).meta({ description: 'Topics. The article has at least one of them.', defaultText: 'any' }),
  sources: oneOrMore(id()).meta({
    description: 'Sources. The article is in at least one of them.',
    defaultText: 'any',
  }),
  language: languages().meta({
    description: 'Language as a BCP 47 tag: `pt` includes `pt-BR`. `{ not: uk }` means any other language.',
    defaultText: 'any',
    typeText: 'string, list of strings, or `{ not: uk }`',
  }),
  author: oneOrMore(phrase()).meta({ description: 'Phrases in the names of the authors.', defaultText: 'any' }),
  media: oneOrMore(z.enum(['audio', 'video'])).meta({ description: 'Attached media.', defaultText: 'any' }),
  text: orNull(text).meta({
    description: 'Phrases in headline, summary and, with `content: full`, the article text.',
    defaultText: 'any text',
  }),
});

export const where = z
  .strictObject({
    ...conditions(),
    stories: orNull(z.int().min(2).max(100)).meta({
      description:
        'Minimum number of publications in the story of the article. An article joins with its own date when its story reaches this number, and stays.',
      defaultText: 'any number',
    }),
    not: z
      .strictObject(conditions())
      .prefault({})
      .meta({ description: 'Articles that meet any of these conditions are excluded.', typeText: 'as `where`' }),
  })
  // Excluded languages become part of `not`.
  .transform(
    ({ language, stories, not, ...asked }): Question => ({
      ...asked,
      language: language.is,
      stories: stories ?? 0,
      not: { ...not, language: [...not.language.is, ...language.not] },
    }),
  );

const channelKeys = z.strictObject({
  id: id().describe('Name in addresses: a-z, 0-9 and "-".'),
  formerly: z.array(id()).exactOptional().meta({
    description: 'Former ids, oldest first. The former addresses keep serving the same feed.',
    defaultText: 'none',
  }),
  title: optional(words(), 'the id, in words', 'Title for readers.'),
  description: orNull(words()).meta({
    description: 'One sentence about the channel.',
    defaultText: 'derived from the title',
  }),
  where: where.describe('An article must meet every condition. In each list, one match is enough.'),
});

export const channel = channelKeys.transform(
  (written): ChannelSettings => ({ ...written, title: written.title ?? toTopicName(written.id) }),
);

const digestKeys = z.strictObject({
  id: id().describe('Name in addresses: a-z, 0-9 and "-".'),
  title: optional(words(), 'the id, in words', 'Title for readers.'),
  of: z
    .string()
    .regex(/^(?:all|(?:topics|sources|channels)\/[a-z0-9-]+|language\/[A-Za-z0-9-]+)$/, {
      error: 'not a channel: write all, topics/…, sources/…, channels/… or language/…',
    })
    .transform((path) => path.replace(/(?<=^language\/).*/, canonicalTag))
    .prefault('all')
    .describe('The channel to summarize: `all`, `topics/…`, `sources/…`, `channels/…` or `language/…`.'),
  every: transformText(
    parseDigestTimes,
    'not a digest time: write days and a time of day, such as "monday 06:00", "monday thursday 18:30", "weekdays 06:00", "daily 06:00" or "monthly 06:00"',
  ).meta({
    description:
      'When an issue closes, in the time zone of the site. Days and a time, such as `monday 06:00`, `monday thursday 18:30`, `weekdays 06:00`, `daily 06:00` or `monthly 06:00` (first day of each month).',
    typeText: 'days and time',
  }),
  items: z.int().min(1).max(100).default(20).describe('Maximum number of articles or stories in an issue.'),
  by: z
    .enum(['stories', 'newest'])
    .default('stories')
    .describe(
      'Order: `stories` puts stories with the most publications first, `newest` the newest articles. Pins precede.',
    ),
  perSource: z.int().min(1).max(100).exactOptional().meta({
    description: 'Maximum number of items of one source in an issue. A story counts for the source that leads it.',
    defaultText: 'any number',
  }),
  introduction: z
    .union([words(), z.strictObject({ folder: words().describe("Folder, from the site's root.") })])
    .exactOptional()
    .meta({
      trust: true,
      description:
        'Markdown above the entries of each issue, or `{ folder: letters }` with a file per issue, named after its day: `2026-11-09.md`.',
      typeText: 'Markdown, or `{ folder: … }`',
      defaultText: 'none',
    }),
  send: z
    .strictObject({
      command: z.array(words()).min(1).describe('Program that sends the mail in its input, such as `[sendmail, -t]`.'),
      to: mailAddress().describe('Address of the mailing list, whose program keeps the subscribers.'),
      from: mailAddress().exactOptional().meta({
        description: 'Sender.',
        defaultText: '`site.contact`, else `to`',
      }),
      unsubscribe: z
        .string()
        .regex(/^(?:https:\/\/|mailto:)[!-;=?-~]+$/, { error: 'not an https: or mailto: address' })
        .exactOptional()
        .meta({ description: '`List-Unsubscribe` of the mail.', defaultText: 'a mail to `to`' }),
    })
    .exactOptional()
    .meta({ trust: true, description: 'How `newsloom digest send` hands out an issue.', defaultText: 'none' }),
});

function mailAddress() {
  return z.string().regex(/^[^\s<>@]+@[^\s<>@]+$/, { error: 'not a mail address' });
}

export const digest = digestKeys.transform(
  (written): DigestSettings => ({ ...written, title: written.title ?? toTopicName(written.id) }),
);
