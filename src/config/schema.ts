/** The config schema: validation, JSON Schema and `docs/config.md` are derived from it. */
import type { z as Zod } from 'zod';
import { targets } from '../announce/targets.js';
import { TEXT_NAMES } from '../model/announcing.js';
import { EMBEDS } from '../model/embeds.js';
import type { Reservation } from '../model/reservation.js';
import { RULE_FIELDS, RULE_MEDIA, type RuleConditions, type RuleFilter } from '../model/rule.js';
import type { Concurrency } from '../model/settings.js';
import type { Source } from '../model/source.js';
import { z } from '../model/zod.js';
import { kinds } from '../parse/kinds.js';
import { backends } from '../store/backends.js';
import { formats } from '../write/formats.js';
import { bucketFields } from './bucket.js';
import { channel, digest } from './channel-schema.js';
import { enrichCommand } from './enrich-schema.js';
import {
  days,
  duration,
  filled,
  folderUrl,
  httpUrl,
  id,
  LONGEST_TIMER,
  language,
  minutes,
  orNull,
  parsed,
  phrase,
  phrases,
  unique,
  words,
  writtenLanguage,
} from './fields.js';
import { kindKeys, kindsInWords, withOptions } from './kind-options.js';
import { STORE_FILE } from './paths.js';
import { parseQuiet, parseSize, SIZE } from './quantities.js';
import {
  isAnnounceText,
  isCredit,
  isDatabaseUrl,
  isFeedAddress,
  isHttpUrl,
  isLanguage,
  isPhraseOrExpression,
  isTemplate,
  isTimeZone,
} from './values.js';

declare module 'zod' {
  interface GlobalMeta {
    /** The default in the docs, where it depends on other keys. */
    defaultText?: string;
    /** The type in the docs, where JSON Schema has no name for it. */
    typeText?: string;
  }
}

const namesOf = (list: readonly { readonly name: string }[]) => list.map((one) => one.name);
const backendNames = namesOf(backends);
const formatNames = namesOf(formats);

/** The system ends a path at a NUL, and messages quote it. */
const path = () => filled().refine((value) => !/[\u0000-\u001f\u007f]/.test(value), { error: 'not a path' });
const whole = (least: number, most: number) => z.int().min(least).max(most);
const bytes = () =>
  z.union([
    z
      .string()
      .regex(SIZE, { error: 'not a size: write a number and kB, MB, GB, KiB, MiB or GiB, such as 10MB' })
      .transform((text) => parseSize(text) ?? 0)
      .meta({ typeText: 'size' }),
    z.int().min(1).meta({ typeText: 'bytes' }),
  ]);

/** A phrase, or a regular expression, whose syntax is checked apart. */
const wordsOrExpression = () =>
  z.array(z.string().refine(isPhraseOrExpression, { error: 'an empty phrase: it has no letter and no digit' }));

const CONDITION_MEANING: Readonly<Record<(typeof RULE_FIELDS)[number], string>> = {
  title: "Phrases in the publisher's headline.",
  text: 'Phrases in headline, summary and, where `content: full`, the article.',
  category: "Phrases in the publisher's categories.",
  author: 'Phrases in the names of its authors.',
  url: 'Parts of its address, case aside: `/deals/`.',
  language: 'Its language, as a BCP 47 tag: `pt` is also `pt-BR`.',
  media: 'What comes with it: audio, video, or a picture.',
};

function condition(field: (typeof RULE_FIELDS)[number]) {
  if (field === 'media') return z.array(z.enum(RULE_MEDIA));
  if (field === 'language') return z.array(writtenLanguage());
  return field === 'url' ? z.array(filled()) : wordsOrExpression();
}

const conditionFields = () =>
  Object.fromEntries(
    RULE_FIELDS.map((field) => [field, condition(field).default([]).describe(CONDITION_MEANING[field])]),
  );

const conditions = () => z.strictObject(conditionFields());

const filter = () =>
  z
    .strictObject({
      ...conditionFields(),
      all: z
        .array(conditions().meta({ typeText: 'conditions as in `drop`' }))
        .default([])
        .meta({
          description: 'Groups of conditions: one of each group must be found too.',
          typeText: 'list of conditions as in `drop`',
        }),
      unless: conditions().default({}).meta({
        description: 'Articles in which one of these is found are left alone.',
        typeText: 'conditions as in `drop`',
        defaultText: 'none',
      }),
    })
    .transform(({ all, unless, ...own }): RuleFilter => {
      const groups = [own, ...all].map(withoutEmpty).filter((group) => Object.keys(group).length > 0);
      return { groups, unless: withoutEmpty(unless) };
    });

function withoutEmpty(conditions: Readonly<Record<string, readonly string[]>>): RuleConditions {
  return Object.fromEntries(Object.entries(conditions).filter(([, values]) => values.length > 0));
}

const rules = () =>
  z
    .array(
      z.strictObject({
        drop: filter()
          .optional()
          .meta({ description: 'What one of these conditions finds is not shown.', defaultText: 'none' }),
        keep: filter().optional().meta({
          description: 'What one of these conditions finds is shown, whatever rules follow, and nothing else.',
          defaultText: 'none',
          typeText: 'as `drop`',
        }),
        retitle: z
          .strictObject({
            cut: z
              .array(filled())
              .min(1)
              .describe('What is cut out of headlines: text as it stands there, or expressions.'),
          })
          .optional()
          .meta({ description: 'How headlines are changed.', defaultText: 'none' }),
      }),
    )
    .prefault([]);

const site = z.strictObject({
  title: words().describe('What the section is called.'),
  url: folderUrl().describe("The section's home page."),
  feedsUrl: folderUrl()
    .optional()
    .meta({ description: 'Where `publish.dir` is served.', defaultText: '`site.url` + `feeds/`' }),
  description: words().optional().meta({ description: 'One sentence on the section.', defaultText: 'the title' }),
  parent: z
    .strictObject({
      title: words().describe('What the link says.'),
      url: httpUrl()
        .transform((url) => new URL(url).href)
        .describe('Where it leads.'),
    })
    .exactOptional()
    .meta({
      description: 'The site that the section is a part of: a link in the head of every page.',
      defaultText: 'none',
    }),
  language: language().prefault('en').describe('The language of the section, as a BCP 47 tag.'),
  timezone: z
    .string()
    .refine(isTimeZone, { error: 'not a time zone of the IANA list, such as Europe/Kyiv' })
    .default('UTC')
    .describe(
      'The time zone in which pages tell times and days, digests close and targets are quiet. Feeds stay in UTC.',
    ),
  contact: orNull(
    z.string().regex(/^(mailto:[!-?A-~]+@[!-?A-~]+|https?:\/\/[!-~]+)$/, { error: 'not a mailto: or http(s) address' }),
  ).meta({
    description:
      'A mailto: or http(s) address where publishers can reach you; it goes into the User-Agent and onto `publishers.html`.',
    defaultText: 'none',
  }),
  comments: orNull(
    z
      .string()
      .refine(isTemplate, { error: 'not an http(s) URL in which only {id}, {slug}, {url} and {title} are filled in' }),
  ).meta({
    description:
      'Where readers discuss an article: `{id}`, `{slug}`, `{url}` and `{title}` are filled in. Gives `<comments>` in RSS and "Leave a comment" on pages.',
    defaultText: 'none',
  }),
  reservation: reservation().meta({
    description:
      'Whether rights to text and data mining are reserved (TDMRep): `tdm`, or the address of your terms. Told in pages, feeds and `tdmrep.json`.',
    defaultText: 'nothing is said',
  }),
  icon: icon("The section's picture in feed readers and in the browser's tab: a square PNG, WebP or SVG file."),
});

function icon(description: string) {
  return path()
    .refine((value) => /\.(?:png|webp|svg)$/i.test(value), { error: 'not a picture: name a .png, .webp or .svg file' })
    .optional()
    .meta({ description: `${description} From the site's root.`, defaultText: 'a letter' });
}

/** Strangers' pictures are made into small ones: more formats are read than published. */
function isSourceIcon(value: string): boolean {
  return isHttpUrl(value) || (/\.(?:png|webp|svg|jpe?g|gif|ico)$/i.test(value) && !/^[a-z][\w+.-]+:/i.test(value));
}

function reservation() {
  return z
    .string()
    .refine((value) => value === 'tdm' || isHttpUrl(value), {
      error: 'not a reservation: write tdm, or the http(s) address of your terms',
    })
    .transform((value): Reservation => ({ policy: value === 'tdm' ? null : new URL(value).href }))
    .exactOptional();
}

function formerly() {
  return z.array(id()).exactOptional().meta({
    description:
      'Ids that it had, the oldest first: its articles come along, and its former addresses go on as the same feed.',
    defaultText: 'none',
  });
}

function licence() {
  return z.enum(['full', 'summary', 'none']);
}

function feedAddress() {
  return z.string().refine(isFeedAddress, { error: 'not an absolute http(s) URL' }).meta({ typeText: 'URL' });
}

const sourceKeys = z.strictObject({
  id: id().optional().meta({
    description: 'Its name in addresses and reports: a-z, 0-9 and "-". It must never change.',
    defaultText: 'from the URL',
  }),
  kind: z.enum(namesOf(kinds)).default('feed').describe(`What it is: ${kindsInWords()}.`),
  url: feedAddress().optional().meta({
    description:
      "The feed's address: http(s), or `file:` with a path that starts at the site's root. What a publisher serves needs it, or `feeds`.",
    defaultText: 'the first of `feeds`',
  }),
  feeds: z.array(feedAddress()).min(1).optional().meta({
    description:
      'Instead of `url`: several feeds of one publication. An article that is in more than one is one article.',
    defaultText: 'none',
  }),
  path: path().optional().meta({
    description:
      "The folder of `kind: posts`, the YAML file of `kind: links`, from the site's root. Required for these.",
    defaultText: 'none',
  }),
  formerly: formerly(),
  title: orNull(words()).meta({ description: 'The publication.', defaultText: "the feed's own" }),
  topics: z.array(id()).default([]).describe('Topics that its articles have by default (weak evidence).'),
  content: licence()
    .optional()
    .meta({ description: 'How much of its articles may be republished.', defaultText: "the site's `content`" }),
  fetch: z
    .enum(['feed', 'article'])
    .default('feed')
    .describe(
      '`article`: where the feed holds less than the article, the page of each new article is asked for once, and its text is shown. Only with `content: full`. See [other sources](other-sources.md#the-whole-article).',
    ),
  images: z.boolean().exactOptional().meta({
    description: 'Whether pages may show its pictures in lists and above its articles; feeds name them anyway.',
    defaultText: 'only with `content: full`',
  }),
  icon: z
    .string()
    .refine(isSourceIcon, {
      error: 'not an icon: write an http(s) address, or name a .png, .webp, .svg, .jpg, .gif or .ico file',
    })
    .transform((icon): NonNullable<Source['icon']> => (isHttpUrl(icon) ? { url: new URL(icon).href } : { file: icon }))
    .optional()
    .meta({
      description:
        "Its picture beside its name on pages: an address, which is asked once a month, or a file from the site's root. Not where `images.icons` is false.",
      defaultText: 'what its home page declares',
    }),
  reservation: reservation().meta({
    description:
      'That its publisher reserves text and data mining: `tdm`, or the address of the terms. Passed on with its articles, which no command of `enrich` is given.',
    defaultText: 'what its server says (`tdm-reservation`)',
  }),
  every: minutes('1m').optional().meta({
    description:
      'How often you wish it to be asked. What its feed and its server ask for (`ttl`, `max-age`, `Retry-After`, `skipHours`) bounds it, and so does silence: after 7 days every 6 hours, after 14 every 12, after 30 once a day.',
    defaultText: '`every`',
  }),
  headers: z
    .record(
      z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, { error: 'not a header name' }),
      z.string().regex(/^[\t -~\u0080-\u00ff]*$/, { error: 'not a header value' }),
    )
    .default({})
    .describe("Headers sent to this source's own origin only, such as `Authorization`."),
  proxy: orNull(httpUrl()).meta({ description: 'A proxy to reach it by.', defaultText: 'none' }),
  allowPrivateAddresses: z.boolean().optional().meta({
    description: 'Whether it may stand on a loopback or private address.',
    defaultText: '`fetch.allowPrivateAddresses`',
  }),
  withdrawn: z
    .enum(['remove', 'mark', 'keep'])
    .default('remove')
    .describe('What becomes of an article that its publisher took back.'),
  review: z.enum(['publish', 'hold']).optional().meta({
    description: '`hold`: new articles wait until you let them through (`newsloom desk queue`).',
    defaultText: "the site's `review`",
  }),
  perDay: whole(1, 100_000)
    .default(300)
    .describe('New articles that it may bring in a day, more where it usually does. The rest waits.'),
  maxAge: days('1h').optional().meta({
    description: 'Items that are older when they are first seen are not taken.',
    defaultText: '`retention`, from its second document on',
  }),
  ...kindKeys(),
  rules: rules().meta({
    description: 'Rules for its articles alone; they come before the common ones.',
    typeText: 'as `rules`',
  }),
});

export const feedSource = sourceKeys.transform(withOptions);

const categoryMap = z.strictObject(
  {
    source: id().optional().meta({ description: 'The source that says it.', defaultText: 'any' }),
    scheme: filled().optional().meta({ description: "The category's scheme.", defaultText: 'any' }),
    category: filled().describe("The publisher's category, by term or label, case aside."),
  },
  { error: ({ code }) => (code === 'invalid_type' ? 'write { category: … }' : undefined) },
);

function place() {
  return z.string().regex(/^(?:[A-Z]{2}|[a-z-]{4,})$/, {
    error: 'not a country: write the two capitals of ISO 3166-1, such as KP, or a region, such as asia',
  });
}

const topic = z.strictObject({
  id: id().optional().meta({
    description: 'Its name in addresses: a-z, 0-9 and "-". Required, save for a ready-made topic (`place`, `iptc`).',
    defaultText: 'of a ready-made topic: its English name',
  }),
  formerly: formerly(),
  label: z
    .union([
      filled(),
      z
        .record(z.string().refine(isLanguage, { error: 'not a BCP 47 language tag' }), filled())
        .meta({ typeText: 'texts by language' }),
    ])
    .optional()
    .meta({
      description: 'What readers see: text, or one text a language (`{ en: …, uk: … }`).',
      defaultText: 'that of the ready-made topic, or the id as words (`Tarn islands`)',
    }),
  iptc: z
    .string()
    .regex(/^medtop:\d{8}$/, { error: 'not an IPTC Media Topic: write medtop: and eight digits' })
    .optional()
    .meta({
      description:
        'The IPTC Media Topic that it stands for. Each of the seventeen top levels, such as `medtop:13000000`, is ready-made: without phrases and maps of its own, the topic has phrases in en, de, fr, es, uk and ru, and maps the usual categories.',
      defaultText: 'none',
    }),
  parent: id().optional().meta({ description: 'A topic that has the articles of this one too.', defaultText: 'none' }),
  icon: icon('Its picture in feed readers: a square PNG, WebP or SVG file.').meta({
    description: "Its picture in feed readers: a square PNG, WebP or SVG file, from the site's root.",
    defaultText: '`site.icon`',
  }),
  any: phrases()
    .default([])
    .describe(
      'Phrases of which one is enough. They match word forms; `coal*` matches the beginning of a word, `=universe` only this form, capitals (`WHO`) only capitals.',
    ),
  all: phrases().default([]).describe('Phrases that must all be there.'),
  near: z
    .array(z.array(phrase()).min(2))
    .default([])
    .describe('Groups of phrases that must stand within ten words of each other.'),
  none: phrases().default([]).describe('Phrases that keep the topic off the whole article.'),
  map: z.array(categoryMap).default([]).describe("The publishers' own categories that mean this topic."),
  place: z
    .union([place(), z.array(place()).min(1)])
    .optional()
    .meta({
      description:
        'A ready-made topic: the names and demonyms of a country in many languages, by ISO 3166-1 alpha-2 code, or of all countries of a region of the United Nations, such as `africa`, `latin-america` or `south-eastern-asia`; or several of these.',
      defaultText: 'none',
    }),
});

const publishing = z.strictObject({
  dir: path().default('feeds').describe("Where the feeds are written, from the site's root."),
  s3: bucketFields.exactOptional().meta({
    description:
      'A bucket to publish to instead of `dir` ([serving.md](serving.md#s3-and-other-object-stores)). Credentials come from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` in the environment. Needs `aws4fetch`.',
    defaultText: 'none',
  }),
  formats: z
    .array(z.enum(formatNames))
    .min(1)
    .transform(unique)
    .prefault(formatNames)
    .describe('The formats to publish.'),
  items: whole(1, 10_000).default(50).describe('Articles in the head of each feed.'),
  perSource: z.boolean().default(true).describe('Whether each publication has a feed: `sources/<id>.*`.'),
  stories: z.boolean().default(true).describe('Whether there is a feed of stories told by two or more: `stories.*`.'),
  archive: z.boolean().default(true).describe('Whether what no longer fits into a head stays readable (RFC 5005).'),
  link: z
    .enum(['source', 'section'])
    .default('source')
    .describe("What an item's link points to: the publisher's article or the section's own page."),
  hub: orNull(httpUrl()).meta({ description: 'A WebSub hub that is told of changes.', defaultText: 'none' }),
  failures: z.boolean().default(false).describe('Whether to write `failures.atom`: failing sources, for the editor.'),
  embed: z
    .array(z.enum(EMBEDS))
    .transform(unique)
    .prefault([])
    .describe(
      'What is published for pages of other sites ([embed.md](guides/embed.md)): `fragments`, a list of HTML for each channel; `frames`, a page for an iframe for each; `element`, the script of `<newsloom-latest>`; `badge`, `status.svg`.',
    ),
  menu: orNull(z.array(id()).max(8).transform(unique)).meta({
    description: 'The topics in the menu of every page, in this order. All others are on `topics.html`.',
    defaultText: 'the eight with the most articles of a week, chosen anew when another has half as many again',
  }),
  words: z
    .record(z.string(), z.union([z.string(), z.array(z.string()), z.record(z.string(), z.string())]))
    .default({})
    .meta({
      description:
        'Words of your own for labels of the pages, such as `leaveComment: Say something`. `months` takes a list of twelve, counts take one text or one a plural form (`{ one: …, other: … }`), `states` one a state.',
      defaultText: "those of the section's language",
      typeText: 'texts by label',
    }),
  templates: path()
    .optional()
    .meta({ description: 'A folder of eta files and `style.css` that override ours.', defaultText: 'none' }),
});

const images = z.strictObject({
  fetch: z
    .boolean()
    .default(false)
    .describe(
      'Whether the first 64 kB of a picture are read once, where its feed does not say how large it is. Lists show only pictures of known size.',
    ),
  cache: z
    .boolean()
    .default(false)
    .describe(
      'Whether pages show copies of our own (`images/`, WebP, at most 960 pixels wide), so that reading them asks no other host. Needs `sharp`.',
    ),
  icons: z
    .boolean()
    .default(true)
    .describe("Whether each publication's icon is asked for once a month, at its own home page, and kept in `icons/`."),
});

const store = z.strictObject({
  kind: z.enum(backendNames).default('sqlite').describe('What keeps the articles.'),
  path: path()
    .optional()
    .meta({ description: 'The file, for sqlite.', defaultText: `\`${STORE_FILE}\`` }),
  url: z.string().refine(isDatabaseUrl, { error: 'not a postgres:// address' }).optional().meta({
    description: `The database, for postgres: \`postgres://user@host/database\`, best as \`"\${DATABASE_URL}"\`.`,
    defaultText: 'none',
  }),
  schema: z
    .string()
    .regex(/^(?!pg_)[a-z_][a-z0-9_]{0,62}$/, { error: 'not a schema: lower-case letters, digits and _' })
    .default('newsloom')
    .describe('The schema of the database, for postgres: one a site.'),
});

const fetch = z.strictObject({
  timeout: duration('1ms', LONGEST_TIMER)
    .prefault('20s')
    .describe('For one source, all redirects included. A server may be silent for 12 s less than that, at least 8 s.'),
  maxBytes: bytes().prefault('10MB').describe('The largest document, on the wire and unpacked.'),
  concurrency: z
    .union([z.literal('auto'), whole(1, 1000)])
    .transform((value): Concurrency => (value === 'auto' ? { least: 32, most: 512 } : value))
    .prefault('auto')
    .meta({
      description:
        'Sources asked at the same time. `auto`: from 32 up to 512, as long as the processor has time to spare, answers come and documents are small; of one site at most 32.',
      typeText: '`auto`, or a number, 1 to 1000',
    }),
  perHost: whole(1, 100).default(2).describe('Connections to one host at the same time.'),
  spacing: duration('0s', LONGEST_TIMER).prefault('1s').describe('Between two requests to one host.'),
  allowPrivateAddresses: z.boolean().default(false).describe('Whether sources may stand on private addresses.'),
});

const targetKeys = z.strictObject({
  id: id().optional().meta({
    description: 'Its name in messages and in `newsloom announce test`. It must not change: a new one begins silent.',
    defaultText: '`to`',
  }),
  to: z.enum(namesOf(targets)).describe('What kind of target it is.'),
  url: httpUrl().describe('Where messages are sent ([announcing.md](announcing.md) says what each kind takes).'),
  token: orNull(filled()).meta({
    description: 'The token of `mastodon` and `ntfy`, the app password of `bluesky`; only from the environment.',
    defaultText: 'none',
  }),
  account: orNull(filled()).meta({ description: 'The handle of `bluesky`.', defaultText: 'none' }),
  secret: orNull(filled()).meta({
    description: 'The key by which a `webhook` is signed; only from the environment.',
    defaultText: 'none',
  }),
  of: z
    .array(
      z.string().regex(/^(?:all|stories|desk|failures|(?:topics|sources|channels|language)\/[A-Za-z0-9-]+)$/, {
        error:
          'not something to announce: write stories, all, topics/<id>, sources/<id>, channels/<id>, desk or failures',
      }),
    )
    .min(1)
    .transform(unique)
    .describe(
      'What is announced: stories told by several, new articles of a channel (`all`, `topics/<id>`, `sources/<id>`), articles that wait for you (`desk`), sources and targets that fail (`failures`).',
    ),
  atMost: whole(1, 100)
    .default(5)
    .describe('Messages in one run. Where there is more news, one of them counts the rest.'),
  text: z
    .string()
    .refine(isAnnounceText, {
      error: `not a text with {title} or {url} in which no other {…} than ${TEXT_NAMES.map((name) => `{${name}}`).join(' ')} stand`,
    })
    .default('{title} · {publication} {url}')
    .describe(`What a message says; ${TEXT_NAMES.map((name) => `\`{${name}}\``).join(', ')} are filled in.`),
  quiet: orNull(parsed(parseQuiet, 'not a span of hours, such as 22-07 or 22:30-06:45')).meta({
    description: 'Hours in which nothing is sent; what comes meanwhile waits. In `site.timezone`.',
    defaultText: 'none',
    typeText: 'hours',
  }),
  allowPrivateAddresses: z.boolean().optional().meta({
    description: 'Whether it may stand on a loopback or private address.',
    defaultText: '`fetch.allowPrivateAddresses`',
  }),
});

const announceTarget = targetKeys.transform((written) => ({ ...written, id: written.id ?? written.to }));

const deskEntry = z.strictObject({
  article: filled().describe('Any address of the article, its id, or the address of its page.'),
  hide: z.boolean().optional().meta({
    description: 'Out of every feed, page and archive.',
    defaultText: 'shown',
  }),
  takedown: z.boolean().optional().meta({
    description: 'Hidden, its text forgotten, and never taken again from any source.',
    defaultText: 'not taken down',
  }),
  pin: z
    .boolean()
    .optional()
    .meta({ description: "First on the front page, in this file's order.", defaultText: 'no' }),
  lead: z.boolean().optional().meta({ description: 'Leads its story.', defaultText: "the story's own choice" }),
  approve: z.boolean().optional().meta({
    description: 'Shown, though its source has `review: hold`.',
    defaultText: 'waits',
  }),
  title: filled().optional().meta({ description: 'A headline of your own.', defaultText: "the publisher's" }),
  summary: filled().optional().meta({ description: 'A summary of your own.', defaultText: "the publisher's" }),
  image: z.enum(['none']).optional().meta({
    description: '`none`: shown without a picture.',
    defaultText: "the publisher's",
  }),
  topics: z
    .array(z.string().regex(/^[+-][a-z0-9-]+$/, { error: 'not a topic with its sign: write +floods or -weather' }))
    .optional()
    .meta({ description: 'Topics to add (`+floods`) and to take off (`-weather`).', defaultText: "the tagger's" }),
  story: z
    .strictObject({
      with: filled().optional().meta({ description: 'An article whose story it joins.', defaultText: 'none' }),
      apart: filled().optional().meta({ description: 'An article whose story it leaves.', defaultText: 'none' }),
    })
    .refine((story) => (story.with === undefined) !== (story.apart === undefined), {
      error: 'write either with: or apart:, and the address of another article',
    })
    .optional()
    .meta({ description: 'Whose story it is part of.', defaultText: 'as its text says' }),
  note: filled().optional().meta({ description: 'For yourselves.', defaultText: 'none' }),
});

const extendedPack = z.strictObject({
  pack: filled().describe('The name of a pack, or its folder.'),
  without: z.array(id()).default([]).describe('Ids of its sources and topics that are left out.'),
});

/** The whole file, with `sources` and `topics` in place or as the name of another file. */
export const configSchema = z.strictObject({
  site: site.describe('The section that the feeds belong to.'),
  extends: z
    .union([filled(), z.array(z.union([filled(), extendedPack]))])
    .optional()
    .meta({
      description:
        'Packs of sources and topics that this config adds to: `world`, `local`, `tech`, `science`, or a folder beside this file with a `sources.yaml`, a `topics.yaml` or both. An entry of yours with the id of one of theirs changes it key by key; of packs, the first one counts.',
      defaultText: 'none',
    }),
  sources: z
    .union([z.array(feedSource), z.string().meta({ examples: ['sources.yaml'] })])
    .describe('The feeds to read: a list, or the name of a file beside this one.'),
  topics: z
    .union([z.array(topic), z.string().meta({ examples: ['topics.yaml'] })])
    .default([])
    .describe('The topics to sort by: a list, or the name of a file beside this one.'),
  rules: rules().describe(
    'Rules for the articles of all sources, in order: the first `drop` or `keep` that decides stands. Conditions are phrases, read as those of topics are, or expressions: `/…/`, `/…/i` where capitals make no difference, in the syntax of RE2.',
  ),
  desk: z
    .union([z.array(deskEntry), z.string().meta({ examples: ['config/desk.yaml'] })])
    .default([])
    .meta({
      description: "What you decide about single articles: a list, or the name of a file from the site's root.",
      defaultText: '`config/desk.yaml`, where it is there',
    }),
  every: minutes('1m').optional().meta({
    description:
      'How often you wish sources to be asked that have no `every` of their own; files are read in each run. Without it, a source is asked once in half the usual time between two of its articles, but not more than once an hour, unless its document is so short that articles would be missed, and at least once a day.',
    defaultText: "the program's own",
  }),
  content: licence()
    .default('summary')
    .describe('How much may be republished of the articles of sources that have no `content` of their own.'),
  publish: publishing.prefault({}).describe('What is published, and where.'),
  images: images.prefault({}).describe('Pictures beside articles, and icons of publications.'),
  store: store.prefault({}).describe('Where articles are kept between runs.'),
  fetch: fetch.prefault({}).describe('How sources are asked.'),
  duplicates: z
    .enum(['fold', 'keep'])
    .default('fold')
    .describe('Whether the same text in several papers is shown once. Stories are never folded.'),
  stories: z
    .strictObject({
      prefer: z.array(id()).default([]).describe('Sources whose article leads a story, in this order.'),
    })
    .prefault({})
    .describe('How stories are told.'),
  review: z
    .enum(['publish', 'hold'])
    .default('publish')
    .describe('Whether new articles wait until you let them through (`newsloom desk queue`).'),
  channels: z
    .array(channel)
    .default([])
    .describe(
      'Questions that become channels: each has feeds, a page and an archive, `channels/<id>.*`, as a topic has. See [channels](channels.md).',
    ),
  languages: z
    .array(language())
    .transform(unique)
    .prefault([])
    .describe('Languages that become channels, `language/<tag>.*`, as BCP 47 tags: `pt` is also `pt-BR`.'),
  digests: z
    .array(digest)
    .prefault([])
    .describe('What a channel brought in a day or a week, as one mail: `digests/<id>.*`, and a page for each issue.'),
  credits: z
    .array(
      z
        .string()
        .refine(isCredit, { error: 'not a credit line: it needs words and {publication}, once, and no other {…}' }),
    )
    .default([])
    .describe('More credit lines, such as "as reported by {publication}", beside the built-in ones.'),
  retention: days('1d')
    .prefault('400d')
    .describe('How long the store keeps the whole text of articles. Archives and the pages in them stay published.'),
  schedule: z
    .strictObject({
      cron: z
        .string()
        .default('*/5 * * * *')
        .describe(
          'When the worker ticks, in UTC: minute, hour, day of month, month, day of week. A tick must match the day of month and the day of week. Which sources are due is decided per source.',
        ),
    })
    .prefault({})
    .describe('When the worker runs.'),
  worker: z
    .strictObject({
      port: whole(0, 65_535).default(8080).describe('Where health, metrics and preview are served; 0: any free port.'),
      publicUrl: orNull(folderUrl()).meta({
        description:
          'Where that port is reached from outside. With it, sources that name a WebSub hub are read when it says so, and else once a day while it has told of all news.',
        defaultText: 'none',
      }),
      role: z
        .enum(['all', 'fetch', 'publish'])
        .default('all')
        .describe(
          'What this process does of the work that several share, with `store.kind: postgres` (docs/scale.md): `fetch` asks sources, `publish` does the rest.',
        ),
      lease: duration('5s', LONGEST_TIMER)
        .prefault('90s')
        .describe('How long a process of several has for a bundle of requests, before another gets it.'),
    })
    .prefault({})
    .describe('The scheduled worker.'),
  announce: z
    .array(announceTarget)
    .prefault([])
    .describe('Where news goes out by itself: chats, social networks, programs.'),
  enrich: z
    .array(enrichCommand)
    .default([])
    .describe(
      'Programs of your own that translate, sum up or sort articles. See [enriching](enriching.md) for what they read and write.',
    ),
});

/** The parsed file, with defaults filled in. */
export type WrittenConfig = Zod.output<typeof configSchema>;
export type WrittenSource = Zod.output<typeof feedSource>;
export type WrittenTopic = Zod.output<typeof topic>;
export type WrittenRule = WrittenConfig['rules'][number];
