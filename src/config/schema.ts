/** The config schema, the source of validation, JSON Schema and `docs/config.md`. */
import type { z as Zod } from 'zod';
import { targets } from '../announce/targets.js';
import { TEXT_NAMES } from '../model/announcing.js';
import { EMBEDS } from '../model/embeds.js';
import type { Reservation } from '../model/reservation.js';
import { parseLimit, RULE_FIELDS, RULE_MEDIA, type RuleConditions, type RuleFilter } from '../model/rule.js';
import type { Source } from '../model/source.js';
import { z } from '../model/zod.js';
import { kinds } from '../parse/kinds.js';
import { backends } from '../store/backends.js';
import { isSelector } from '../text/elements.js';
import { formats } from '../write/formats.js';
import { bucketFields } from './bucket.js';
import { channel, digest } from './channel-schema.js';
import { enrichCommand } from './enrich-schema.js';
import {
  day,
  days,
  duration,
  filled,
  folderUrl,
  httpUrl,
  id,
  LONGEST_TIMER,
  language,
  minutes,
  optional,
  orNull,
  phrase,
  phrases,
  transformText,
  unique,
  words,
  writtenLanguage,
} from './fields.js';
import { createKindKeys, describeKinds, extractOptions } from './kind-options.js';
import { STORE_FILE } from './paths.js';
import { parseQuietHours, parseSize, SIZE } from './quantities.js';
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
    /** The default in the docs, if it depends on other keys. */
    defaultText?: string;
    /** The type in the docs, if JSON Schema has no name for it. */
    typeText?: string;
  }
}

const listNames = (list: readonly { readonly name: string }[]) => list.map((one) => one.name);
const backendNames = listNames(backends);
const formatNames = listNames(formats);

/** A NUL would end the path, and messages quote it. */
const path = () => filled().refine((value) => !/[\u0000-\u001f\u007f]/.test(value), { error: 'not a path' });
const whole = (least: number, most: number) => z.int().min(least).max(most);
const bytes = () =>
  z.union([
    z
      .string()
      .regex(SIZE, { error: 'not a size: write a number followed by kB, MB, GB, KiB, MiB or GiB, such as 10MB' })
      .transform((text) => parseSize(text) ?? 0)
      .meta({ typeText: 'size' }),
    z.int().min(1).meta({ typeText: 'bytes' }),
  ]);

/** The syntax of regular expressions is checked separately. */
const wordsOrExpression = () =>
  z.array(z.string().refine(isPhraseOrExpression, { error: 'empty phrase: it needs a letter or a digit' }));

const CONDITION_MEANING: Readonly<Record<(typeof RULE_FIELDS)[number], string>> = {
  title: "Phrases in the publisher's headline.",
  text: 'Phrases in headline, summary and, with `content: full`, the article text.',
  category: "Phrases in the publisher's categories.",
  author: 'Phrases in the names of the authors.',
  url: 'Parts of the address, case-insensitive: `/deals/`.',
  language: 'Language as a BCP 47 tag: `pt` includes `pt-BR`.',
  media: 'Attached media: audio, video or a picture.',
  duration: 'Duration of attached audio or video: `<90s`, `>2h`. Unknown durations never match.',
  age: 'Age in days (UTC), up to the date of the newest article: `>3d`, also written `{ over: 3d }`.',
  paid: '`true`: its page says that it is not free. Known only with `fetch: article`.',
};

function condition(field: (typeof RULE_FIELDS)[number]) {
  if (field === 'media') return z.array(z.enum(RULE_MEDIA));
  if (field === 'language') return z.array(writtenLanguage());
  if (field === 'duration' || field === 'age') return limits(field);
  if (field === 'paid') return z.literal(true).transform(() => ['true']).meta({ typeText: '`true`' }); // biome-ignore format: one field
  return field === 'url' ? z.array(filled()) : wordsOrExpression();
}

const LIMIT_ERRORS = {
  duration: 'not a limit of a duration: write < or > and a number of s, m or h, such as "<90s"',
  age: 'not a limit of an age: write < or > and a number of days, such as ">3d"',
};

function limits(field: 'duration' | 'age') {
  const error = LIMIT_ERRORS[field];
  const bound = (sign: string) => z.string().refine((value) => parseLimit(field, sign + value) !== null, { error });
  const bounds = z
    .strictObject({ over: bound('>').optional(), under: bound('<').optional() })
    .transform(({ over, under }) => [...(over ? [`>${over}`] : []), ...(under ? [`<${under}`] : [])]);
  return z
    .union([z.array(bound('')), bounds], { error })
    .meta({ typeText: 'list of limits, or `{ over: …, under: … }`' });
}

const conditionFields = () =>
  Object.fromEntries(
    RULE_FIELDS.map((field) => [field, condition(field).default([]).describe(CONDITION_MEANING[field])]),
  );

const conditions = () => z.strictObject(conditionFields());

const filterFields = () =>
  z.strictObject({
    ...conditionFields(),
    all: z
      .array(conditions().meta({ typeText: 'conditions as in `drop`' }))
      .default([])
      .meta({
        description: 'Further groups of conditions. One condition of each group must match, too.',
        typeText: 'list of conditions as in `drop`',
      }),
    unless: conditions().default({}).meta({
      description: 'Exceptions: articles that match any of these conditions are unaffected.',
      typeText: 'conditions as in `drop`',
      defaultText: 'none',
    }),
  });

function toFilter({ all, unless, ...own }: Zod.output<ReturnType<typeof filterFields>>): RuleFilter {
  const groups = [own, ...all].map(omitEmptyConditions).filter((group) => Object.keys(group).length > 0);
  return { groups, unless: omitEmptyConditions(unless) };
}

const filter = () => filterFields().transform(toFilter);

const topicsRule = () =>
  filterFields()
    .extend({ set: signedTopics().min(1).describe('Topics to add (`+floods`) and to remove (`-weather`).') })
    .transform(({ set, ...rest }) => ({ set, when: toFilter(rest) }));

function signedTopics() {
  return z.array(z.string().regex(/^[+-][a-z0-9-]+$/, { error: 'not a topic with a sign: write +floods or -weather' }));
}

function omitEmptyConditions(conditions: Readonly<Record<string, readonly string[]>>): RuleConditions {
  return Object.fromEntries(Object.entries(conditions).filter(([, values]) => values.length > 0));
}

const rules = () =>
  z
    .array(
      z.strictObject({
        drop: optional(filter(), 'none', 'Hides articles that match one of these conditions.'),
        keep: filter().optional().meta({
          description: 'Shows matching articles and hides all others. Later rules are not evaluated.',
          defaultText: 'none',
          typeText: 'as `drop`',
        }),
        hold: filter().optional().meta({
          description: 'Holds new articles that match, until you approve them (`newsloom desk queue`).',
          defaultText: 'none',
          typeText: 'as `drop`',
        }),
        topics: topicsRule().optional().meta({
          description: 'Adds topics to articles that match, and removes topics: `set: [+floods, -weather]`.',
          defaultText: 'none',
          typeText: 'as `drop`, with `set`',
        }),
        newest: z
          .union([
            whole(1, 100_000),
            z.strictObject({ of: whole(1, 100_000), per: z.literal('day') }).transform((written) => written.of),
          ])
          .optional()
          .meta({
            description: 'Shows only so many articles of each source and day (UTC): the newest.',
            defaultText: 'none',
            typeText: 'integer, or `{ of: 5, per: day }`',
          }),
        retitle: z
          .strictObject({
            cut: z.array(filled()).min(1).describe('Parts to remove from headlines: literal text, or expressions.'),
          })
          .optional()
          .meta({ description: 'Changes to headlines.', defaultText: 'none' }),
      }),
    )
    .prefault([]);

const site = z.strictObject({
  title: words().describe('Title of the section.'),
  url: folderUrl().describe('Home page of the section.'),
  feedsUrl: optional(folderUrl(), '`site.url` + `feeds/`', 'Address that serves `publish.dir`.'),
  description: optional(words(), 'the title', 'One sentence about the section.'),
  parent: z
    .strictObject({
      title: words().describe('Name of that site.'),
      url: httpUrl()
        .transform((url) => new URL(url).href)
        .describe('Address of that site.'),
    })
    .exactOptional()
    .meta({
      description: 'The site that contains the section. Every page links to it in its header.',
      defaultText: 'none',
    }),
  language: language().prefault('en').describe('Language of the section, as a BCP 47 tag.'),
  timezone: z
    .string()
    .refine(isTimeZone, { error: 'not an IANA time zone such as Europe/Kyiv' })
    .default('UTC')
    .describe('Time zone for dates on pages, for closing digests and for the quiet hours of targets. Feeds use UTC.'),
  contact: orNull(
    z.string().regex(/^(mailto:[!-?A-~]+@[!-?A-~]+|https?:\/\/[!-~]+)$/, { error: 'not a mailto: or http(s) address' }),
  ).meta({
    description:
      'A mailto: or http(s) address for publishers. It is part of the User-Agent and appears on `publishers.html`.',
    defaultText: 'none',
  }),
  comments: orNull(
    z
      .string()
      .refine(isTemplate, { error: 'not an http(s) URL; the only placeholders are {id}, {slug}, {url} and {title}' }),
  ).meta({
    description:
      'Address where readers discuss an article, with the placeholders `{id}`, `{slug}`, `{url}` and `{title}`. Adds `<comments>` to RSS and "Leave a comment" to pages.',
    defaultText: 'none',
  }),
  reservation: reservation().meta({
    description:
      'Reserves text and data mining (TDMRep): `tdm`, or the address of your terms. Published in pages, feeds and `tdmrep.json`.',
    defaultText: 'no statement',
  }),
  icon: icon('Picture of the section in feed readers and browser tabs: a square PNG, WebP or SVG file.'),
  logo: z
    .object({
      light: pictureFile().meta({ description: "PNG, WebP or SVG file. Path from the site's root." }),
      dark: optional(pictureFile(), '`light`', 'The same for dark mode.'),
    })
    .optional()
    .meta({ description: "Logo in place of the section's name on pages.", defaultText: 'the name' }),
});

function pictureFile() {
  return path().refine((value) => /\.(?:png|webp|svg)$/i.test(value), {
    error: 'not a picture file: name a .png, .webp or .svg file',
  });
}

function icon(description: string) {
  return pictureFile()
    .optional()
    .meta({ description: `${description} Path from the site's root.`, defaultText: 'a letter' });
}

/** Pictures of publishers are converted, so more formats are accepted. */
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

/** `trust`: the former id's articles and feed are taken over. */
function formerly(trust = false) {
  return z
    .array(id())
    .exactOptional()
    .meta({
      ...(trust && { trust }),
      description:
        'Former ids, oldest first. Articles move to the new id, and the former addresses keep serving the same feed.',
      defaultText: 'none',
    });
}

function selector() {
  return z.string().refine(isSelector, { error: 'not a CSS selector' }).meta({ typeText: 'CSS selector' });
}

function licence() {
  return z.enum(['full', 'summary', 'none']);
}

function siteHost() {
  const isHost = (value: string) => !/[\s/?#@]/.test(value) && isHttpUrl(`http://${value}/`);
  return z.string().refine(isHost, { error: 'not a host: write it as in paper.example' });
}

function feedAddress() {
  return z.string().refine(isFeedAddress, { error: 'not an absolute http(s) URL' }).meta({ typeText: 'URL' });
}

const sourceKeys = z.strictObject({
  id: optional(id(), 'derived from the URL', 'Name in addresses and reports: a-z, 0-9 and "-". It must never change.'),
  kind: z
    .enum(listNames(kinds))
    .default('feed')
    .meta({ trust: true, description: `Kind of source: ${describeKinds()}.` }),
  url: feedAddress().optional().meta({
    trust: true,
    description:
      "Address of the feed: http(s), or `file:` with a path from the site's root. Sources of publishers require `url` or `feeds`.",
    defaultText: 'the first of `feeds`',
  }),
  feeds: z.array(feedAddress()).min(1).optional().meta({
    trust: true,
    description: 'Several feeds of one publication, instead of `url`. An article in more than one feed counts once.',
    defaultText: 'none',
  }),
  path: path().optional().meta({
    description:
      "Folder of `kind: posts` or YAML file of `kind: links`, from the site's root. Required for these kinds.",
    defaultText: 'none',
  }),
  group: optional(id(), 'none', 'Id of a group, whose keys apply unless the source sets them itself.'),
  formerly: formerly(true),
  sites: z.array(siteHost()).min(1).exactOptional().meta({
    trust: true,
    description:
      'Hosts of the publication, such as `paper.example`, with all below them. The site of the feed counts without it. See [security](security.md#proof-of-a-site).',
    defaultText: 'none',
  }),
  aggregator: z.boolean().exactOptional().meta({
    trust: true,
    description:
      'Whether its items may name other publications under links to its own host. Google, Bing, MSN and Yahoo News may. See [security](security.md#isolation-between-publishers).',
    defaultText: '`false`',
  }),
  title: orNull(words()).meta({ description: 'Name of the publication.', defaultText: 'title of the feed' }),
  topics: z.array(id()).default([]).describe('Default topics of its articles (weak evidence).'),
  content: optional(licence(), "the site's `content`", 'How much of its articles you may republish.'),
  fetch: z
    .enum(['feed', 'article'])
    .default('feed')
    .describe(
      '`article`: fetches the page of each new article once if the feed contains less than the article, and shows its text. Requires `content: full`. See [other sources](other-sources.md#the-whole-article).',
    ),
  text: z
    .strictObject({
      select: selector().exactOptional().meta({
        description: "CSS selector of the text in an article's page, with `fetch: article`.",
        defaultText: 'found by Readability',
      }),
      remove: z.array(selector()).default([]).describe('CSS selectors of parts to remove, also from the feed.'),
    })
    .exactOptional()
    .meta({ description: 'The text of its articles by CSS selectors.', defaultText: 'none' }),
  images: z.boolean().exactOptional().meta({
    description: 'Whether pages show its pictures in lists and above its articles. Feeds contain them in any case.',
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
        "Icon on pages: an address, fetched once a month, or a file from the site's root. Unused if `images.icons` is false.",
      defaultText: 'icon declared by its home page',
    }),
  reservation: reservation().meta({
    description:
      'The publisher reserves text and data mining: `tdm`, or the address of the terms. Published with its articles. Commands of `enrich` do not receive them.',
    defaultText: 'header of its server (`tdm-reservation`)',
  }),
  every: minutes('1m').optional().meta({
    description:
      'How often to poll, at least 5 minutes. Limits of the feed and its server (`ttl`, `max-age`, `Retry-After`, `skipHours`) can lengthen this interval. So can inactivity: to 6 hours after 7 days without an article, to 12 hours after 14, to 24 hours after 30.',
    defaultText: '`every`',
  }),
  headers: z
    .record(
      z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, { error: 'not a header name' }),
      z.string().regex(/^[\t -~\u0080-\u00ff]*$/, { error: 'not a header value' }),
    )
    .default({})
    .meta({ trust: true, description: "Headers sent only to this source's own origin, such as `Authorization`." }),
  proxy: orNull(httpUrl()).meta({ trust: true, description: 'Proxy for this source.', defaultText: 'none' }),
  allowPrivateAddresses: z.boolean().optional().meta({
    trust: true,
    description: 'Whether a loopback or private address is allowed.',
    defaultText: '`fetch.allowPrivateAddresses`',
  }),
  withdrawn: z
    .enum(['remove', 'mark', 'keep'])
    .default('remove')
    .describe('What happens to articles that the publisher withdraws.'),
  review: z.enum(['publish', 'hold']).optional().meta({
    description: '`hold`: new articles wait for your approval (`newsloom desk queue`).',
    defaultText: "the site's `review`",
  }),
  authors: z
    .boolean()
    .transform((authors): true | undefined => authors || undefined)
    .optional()
    .meta({
      description:
        'Whether each author of its articles has feeds and a page: `authors/<name>.*`. See [editing](editing.md#pages-of-authors).',
      typeText: 'boolean',
      defaultText: '`false`',
    }),
  paused: z
    .union([z.boolean(), day()])
    .transform((paused) => paused || undefined)
    .optional()
    .meta({
      description:
        'Stops polling: `true`, or until a day, such as `2026-12-24` (00:00 UTC). Its articles and its feed stay.',
      typeText: 'boolean or day',
      defaultText: '`false`',
    }),
  perDay: whole(1, 100_000)
    .default(300)
    .describe(
      'Maximum number of new articles per day. It is higher for sources that usually publish more. The rest waits.',
    ),
  maxAge: days('1h').optional().meta({
    description: 'Skips items that are older than this when first seen.',
    defaultText: '`retention`, from the second document on',
  }),
  ...createKindKeys(),
  rules: rules().meta({
    description: 'Rules for its articles only. They precede the common rules.',
    typeText: 'as `rules`',
  }),
});

/** Checked for its shape only: its keys are copied to its sources. */
const sourceGroup = sourceKeys
  .pick({
    ...{
      topics: true,
      content: true,
      fetch: true,
      text: true,
      images: true,
      reservation: true,
      every: true,
      proxy: true,
    },
    ...{
      allowPrivateAddresses: true,
      withdrawn: true,
      review: true,
      paused: true,
      authors: true,
      perDay: true,
      maxAge: true,
    },
    rules: true,
  })
  .extend({ id: id().describe('Name of the group, for `group` of sources.') });

export const feedSource = sourceKeys.transform(extractOptions);

const categoryMap = z.strictObject(
  {
    source: optional(id(), 'any', 'Source of the category.'),
    scheme: optional(filled(), 'any', 'Scheme of the category.'),
    category: filled().describe("Term or label of the publisher's category, case-insensitive."),
  },
  { error: ({ code }) => (code === 'invalid_type' ? 'expected { category: … }' : undefined) },
);

function place() {
  return z.string().regex(/^(?:[A-Z]{2}|[a-z-]{4,})$/, {
    error: 'not a country: write an ISO 3166-1 code of two capitals, such as KP, or a region, such as asia',
  });
}

const topic = z.strictObject({
  id: id().optional().meta({
    description: 'Name in addresses: a-z, 0-9 and "-". Required except for ready-made topics (`place`, `iptc`).',
    defaultText: 'English name of a ready-made topic',
  }),
  formerly: formerly(),
  label: z
    .union([
      filled(),
      z
        .record(z.string().refine(isLanguage, { error: 'not a BCP 47 language tag' }), filled())
        .meta({ typeText: 'map of strings' }),
    ])
    .optional()
    .meta({
      description: 'Name for readers: one text, or one for each language (`{ en: …, uk: … }`).',
      defaultText: 'label of the ready-made topic, or the id in words (`Tarn islands`)',
    }),
  iptc: z
    .string()
    .regex(/^medtop:\d{8}$/, { error: 'not an IPTC Media Topic: write medtop: followed by eight digits' })
    .optional()
    .meta({
      description:
        'The corresponding IPTC Media Topic. The seventeen top levels, such as `medtop:13000000`, are ready-made. Without your own phrases and maps, such a topic has phrases in en, de, fr, es, uk and ru, and maps the usual categories.',
      defaultText: 'none',
    }),
  parent: optional(id(), 'none', 'Topic that includes all articles of this one.'),
  icon: icon('Picture in feed readers: a square PNG, WebP or SVG file.').meta({
    description: "Picture in feed readers: a square PNG, WebP or SVG file, from the site's root.",
    defaultText: '`site.icon`',
  }),
  any: phrases()
    .default([])
    .describe(
      'Phrases, at least one of which must occur. They match word forms. `coal*` matches the beginning of a word, `=universe` this form only, and capitals (`WHO`) capitals only.',
    ),
  hints: phrases()
    .default([])
    .describe(
      'Phrases that are often mentioned in passing, such as `YouTube`. One in the headline, or two different ones, are as good as one of `any`. After a summary, the body alone is not enough.',
    ),
  all: phrases().default([]).describe('Phrases that must all occur.'),
  near: z
    .array(z.array(phrase()).min(2))
    .default([])
    .describe('Groups of phrases that must occur within ten words of each other.'),
  none: phrases().default([]).describe('Phrases that exclude the whole article from the topic.'),
  map: z.array(categoryMap).default([]).describe('Categories of publishers that mean this topic.'),
  place: z
    .union([place(), z.array(place()).min(1)])
    .optional()
    .meta({
      description:
        'Ready-made topic with the names and demonyms of a country in many languages: an ISO 3166-1 alpha-2 code; a region of the United Nations, such as `africa`, `latin-america` or `south-eastern-asia`, for all of its countries; or a list of these.',
      defaultText: 'none',
    }),
});

const publishing = z.strictObject({
  dir: path().default('feeds').describe("Output folder, from the site's root."),
  s3: bucketFields.exactOptional().meta({
    trust: true,
    description:
      'Bucket to publish to instead of `dir` ([serving.md](serving.md#s3-and-other-object-stores)). Reads credentials from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` in the environment. Requires `aws4fetch`.',
    defaultText: 'none',
  }),
  formats: z.array(z.enum(formatNames)).min(1).transform(unique).prefault(formatNames).describe('Formats to publish.'),
  items: whole(1, 10_000)
    .default(50)
    .describe('Number of articles in each feed document; older ones move to archives.'),
  perSource: z.boolean().default(true).describe('Whether to publish a feed for each publication: `sources/<id>.*`.'),
  stories: z
    .boolean()
    .default(true)
    .describe('Whether to publish a feed of stories with two or more publications: `stories.*`.'),
  archive: z.boolean().default(true).describe('Whether to publish archives of older articles (RFC 5005).'),
  link: z
    .enum(['source', 'section'])
    .default('source')
    .describe("Target of an item's link: the publisher's article or the section's own page."),
  hub: orNull(httpUrl()).meta({ description: 'WebSub hub to notify of changes.', defaultText: 'none' }),
  failures: z
    .boolean()
    .default(false)
    .describe('Whether to write `failures.atom`, a feed of failing sources and announcement targets.'),
  embed: z
    .array(z.enum(EMBEDS))
    .transform(unique)
    .prefault([])
    .describe(
      'Output for pages of other sites ([embed.md](guides/embed.md)): `fragments`, an HTML list for each channel; `frames`, an iframe page for each; `element`, the script of `<newsloom-latest>`; `badge`, `status.svg`.',
    ),
  search: z.boolean().default(false).describe('Whether to publish a [search page](pages.md#search). Requires `pagefind`.'), // biome-ignore format: one line
  script: z.boolean().default(false).describe('Whether a script [marks news](pages.md#new-since-the-last-visit) to a reader.'), // biome-ignore format: one line
  menu: orNull(z.array(id()).max(8).transform(unique)).meta({
    description: 'Topics in the menu of every page, in this order. `topics.html` lists the others.',
    defaultText: 'the eight with the most articles in a week; another topic replaces one of them when it has 50 % more',
  }),
  words: z
    .record(z.string(), z.union([z.string(), z.array(z.string()), z.record(z.string(), z.string())]))
    .default({})
    .meta({
      description:
        'Your own texts for page labels, such as `leaveComment: Say something`. `months` takes a list of twelve, counts take one text or one for each plural form (`{ one: …, other: … }`), `states` one for each state.',
      defaultText: "texts of the section's language",
      typeText: 'map of strings',
    }),
  templates: path().optional().meta({
    trust: true,
    description: 'Folder of eta files and `style.css` that override the built-in ones.',
    defaultText: 'none',
  }),
});

const images = z.strictObject({
  fetch: z
    .boolean()
    .default(false)
    .describe(
      'Whether to fetch the first 64 kB of a picture once if its feed does not give its size. Lists show only pictures of known size.',
    ),
  cache: z
    .boolean()
    .default(false)
    .describe(
      'Whether pages show local copies of pictures (`images/`, WebP, at most 960 pixels wide), so that readers contact no other host. Requires `sharp`.',
    ),
  icons: z
    .boolean()
    .default(true)
    .describe(
      'Whether to fetch the icon of each publication from its home page once a month, and store it in `icons/`.',
    ),
});

const store = z.strictObject({
  kind: z.enum(backendNames).default('sqlite').describe('Database that stores the articles.'),
  path: path()
    .optional()
    .meta({ description: 'The file, for sqlite.', defaultText: `\`${STORE_FILE}\`` }),
  url: z.string().refine(isDatabaseUrl, { error: 'not a postgres:// address' }).optional().meta({
    trust: true,
    description: `The database, for postgres: \`postgres://user@host/database\`, preferably as \`"\${DATABASE_URL}"\`.`,
    defaultText: 'none',
  }),
  schema: z
    .string()
    .regex(/^(?!pg_)[a-z_][a-z0-9_]{0,62}$/, { error: 'not a schema name: use lower-case letters, digits and _' })
    .default('newsloom')
    .describe('Schema of the database, for postgres. Use one for each site.'),
});

const fetch = z.strictObject({
  timeout: duration('1ms', LONGEST_TIMER)
    .prefault('20s')
    .describe(
      'Total time for one source, including redirects. A response that stalls is aborted after this time minus 12 s, but never before 8 s.',
    ),
  maxBytes: bytes().prefault('10MB').describe('Maximum size of a document, both compressed and decompressed.'),
  concurrency: whole(1, 1000)
    .default(128)
    .describe('Number of sources to fetch at the same time, at most 32 of them from one site.'),
  perHost: whole(1, 100).default(2).describe('Maximum simultaneous connections to one host.'),
  spacing: duration('0s', LONGEST_TIMER).prefault('1s').describe('Minimum time between two requests to one host.'),
  shared: path().optional().meta({
    description:
      'SQLite file that sites on this machine share: spacing, Retry-After and robots.txt of a host then hold for all of them.',
    defaultText: 'none',
  }),
  allowPrivateAddresses: z.boolean().default(false).describe('Whether sources may have private addresses.'),
});

const targetKeys = z.strictObject({
  id: id().optional().meta({
    description:
      'Name in messages and for `newsloom announce test`. It must not change, because a new target announces only later articles.',
    defaultText: '`to`',
  }),
  to: z.enum(listNames(targets)).describe('Kind of target.'),
  url: httpUrl().describe(
    'Address that receives the messages. [announcing.md](announcing.md) lists the details for each kind.',
  ),
  token: orNull(filled()).meta({
    description:
      'Token of `mastodon`, `matrix` and `ntfy`, app password of `bluesky`. Allowed only from the environment.',
    defaultText: 'none',
  }),
  account: orNull(filled()).meta({ description: 'Handle of `bluesky`.', defaultText: 'none' }),
  secret: orNull(filled()).meta({
    description: 'Key that signs the requests of a `webhook`. Allowed only from the environment.',
    defaultText: 'none',
  }),
  retry: z.boolean().default(false).meta({
    description: 'Whether a `webhook` deduplicates by `Idempotency-Key`, so that unanswered messages are sent again.',
  }),
  of: z
    .array(
      z.string().regex(/^(?:all|stories|desk|failures|(?:topics|sources|channels|language)\/[A-Za-z0-9-]+)$/, {
        error:
          'not a channel to announce: write stories, all, topics/<id>, sources/<id>, channels/<id>, language/<tag>, desk or failures',
      }),
    )
    .min(1)
    .transform(unique)
    .describe(
      'What to announce: stories with several publications (`stories`), new articles of a channel (`all`, `topics/<id>`, `sources/<id>`, `channels/<id>`, `language/<tag>`), articles waiting for review (`desk`), failing sources and announcement targets (`failures`).',
    ),
  atMost: whole(1, 100)
    .default(5)
    .describe('Maximum number of messages in one run. If there is more news, the last one counts the rest.'),
  text: z
    .string()
    .refine(isAnnounceText, {
      error: `not a valid text: it needs {title} or {url}, and the only placeholders are ${TEXT_NAMES.map((name) => `{${name}}`).join(' ')}`,
    })
    .default('{title} · {publication} {url}')
    .describe(`Text of a message, with the placeholders ${TEXT_NAMES.map((name) => `\`{${name}}\``).join(', ')}.`),
  quiet: orNull(transformText(parseQuietHours, 'not a span of hours, such as 22-07 or 22:30-06:45')).meta({
    description: 'Hours without messages, in `site.timezone`. Messages wait until they end.',
    defaultText: 'none',
    typeText: 'hours',
  }),
  allowPrivateAddresses: z.boolean().optional().meta({
    description: 'Whether a loopback or private address is allowed.',
    defaultText: '`fetch.allowPrivateAddresses`',
  }),
});

const announceTarget = targetKeys.transform((written) => ({ ...written, id: written.id ?? written.to }));

const deskEntry = z.strictObject({
  article: filled().describe('Any address of the article, its id, or the address of its page.'),
  hide: optional(z.boolean(), 'shown', 'Removes it from every feed, page and archive.'),
  takedown: z.boolean().optional().meta({
    description: 'Hides it, deletes its text and never stores it again from any source.',
    defaultText: 'not taken down',
  }),
  pin: z
    .union([z.boolean(), z.strictObject({ until: day().describe('The day that ends the pin, in UTC.') })], {
      error: 'write true, or a day: { until: 2026-12-24 }',
    })
    .optional()
    .meta({
      description:
        'Pins it to the top of the front page, in the order of this file. `{ until: 2026-12-24 }` ends the pin when the newest article is from that day or later.',
      typeText: 'boolean or `{ until }`',
      defaultText: 'no',
    }),
  lead: optional(z.boolean(), 'chosen automatically', 'Makes it the lead of its story.'),
  approve: optional(z.boolean(), 'waits', 'Publishes it although its source has `review: hold`.'),
  title: optional(filled(), "the publisher's", 'Your headline.'),
  summary: optional(filled(), "the publisher's", 'Your summary.'),
  remark: optional(filled(), 'none', 'Your remark, published beside the article as the words of the section.'),
  image: optional(z.enum(['none']), "the publisher's", '`none` shows it without a picture.'),
  topics: optional(signedTopics(), 'topics from its text', 'Topics to add (`+floods`) and to remove (`-weather`).'),
  story: z
    .strictObject({
      with: optional(filled(), 'none', 'An article whose story it joins.'),
      apart: optional(filled(), 'none', 'An article whose story it leaves.'),
    })
    .refine((story) => (story.with === undefined) !== (story.apart === undefined), {
      error: 'write either with: or apart:, followed by the address of another article',
    })
    .optional()
    .meta({ description: 'The story that contains it.', defaultText: 'determined by its text' }),
  note: optional(filled(), 'none', 'An internal note, never published.'),
});

const extendedPack = z.strictObject({
  pack: filled().describe('Name of a pack, or its folder.'),
  without: z.array(id()).default([]).describe('Ids of its sources and topics to exclude.'),
});

/** The whole file. `sources` and `topics` are lists or names of other files. */
export const configSchema = z.strictObject({
  site: site.describe('The section that publishes the feeds.'),
  extends: z
    .union([filled(), z.array(z.union([filled(), extendedPack]))])
    .optional()
    .meta({
      description:
        'Packs of sources and topics to extend: `world`, `local`, `tech`, `science`, or a folder next to this file with a `sources.yaml`, a `topics.yaml` or both. An entry with the id of a pack entry overrides its keys. Earlier packs override later ones.',
      defaultText: 'none',
    }),
  sources: z
    .union([z.array(feedSource), z.string().meta({ examples: ['sources.yaml'] })])
    .describe('Sources to read: a list, or the name of a file next to this one.'),
  groups: z
    .array(sourceGroup)
    .default([])
    .describe(
      'Settings that sources share: a source with `group: <id>` has the keys of the group, unless it sets them.',
    ),
  topics: z
    .union([z.array(topic), z.string().meta({ examples: ['topics.yaml'] })])
    .default([])
    .describe('Topics for classification: a list, or the name of a file next to this one.'),
  rules: rules().describe(
    'Rules for the articles of all sources, in order. The first matching `drop` or `keep` decides. Conditions are phrases, matched as in topics, or RE2 expressions: `/…/`, or `/…/i` for any case.',
  ),
  desk: z
    .union([z.array(deskEntry), z.string().meta({ examples: ['config/desk.yaml'] })])
    .default([])
    .meta({
      description: "Decisions about individual articles: a list, or the name of a file from the site's root.",
      defaultText: '`config/desk.yaml`, if it exists',
    }),
  every: minutes('1m').optional().meta({
    description:
      'How often to poll sources without their own `every`. Every run reads files. By default, newsloom polls a source at half the usual time between two of its articles: at least once a day, and at most once an hour unless its document is so short that articles would be missed.',
    defaultText: 'adaptive',
  }),
  content: licence()
    .default('summary')
    .describe('How much you may republish of articles from sources without their own `content`.'),
  publish: publishing.prefault({}).describe('What to publish, and where.'),
  images: images.prefault({}).describe('Pictures of articles and icons of publications.'),
  store: store.prefault({}).describe('Where to store articles between runs.'),
  fetch: fetch.prefault({}).meta({ trust: true, description: 'How to fetch sources.' }),
  duplicates: z
    .enum(['fold', 'keep'])
    .default('fold')
    .describe(
      'Whether to show the same text in several publications only once. Different texts of one story always stay separate.',
    ),
  stories: z
    .strictObject({
      prefer: z.array(id()).default([]).describe('Sources whose articles lead a story, in this order.'),
    })
    .prefault({})
    .describe('How to present stories.'),
  review: z
    .enum(['publish', 'hold'])
    .default('publish')
    .describe('`hold`: new articles wait for your approval (`newsloom desk queue`).'),
  channels: z
    .array(channel)
    .default([])
    .describe(
      'Channels defined by conditions. Each has feeds, a page and an archive, `channels/<id>.*`, as a topic does. See [channels](channels.md).',
    ),
  languages: z
    .array(language())
    .transform(unique)
    .prefault([])
    .describe('Languages with a channel of their own, `language/<tag>.*`, as BCP 47 tags: `pt` includes `pt-BR`.'),
  digests: z
    .array(digest)
    .prefault([])
    .describe(
      'The articles of a channel over a day, a week or a month, as one issue: `digests/<id>.*` and a page for each issue.',
    ),
  credits: z
    .array(
      z.string().refine(isCredit, {
        error: 'not a credit line: it needs text and {publication} exactly once, and no other placeholder',
      }),
    )
    .default([])
    .describe('Credit lines in addition to the built-in ones, such as "as reported by {publication}".'),
  retention: days('1d')
    .prefault('400d')
    .describe('How long the store keeps the full text of articles. Archives and their pages stay published.'),
  schedule: z
    .strictObject({
      cron: z
        .string()
        .default('*/5 * * * *')
        .describe(
          'Schedule of the worker in UTC: minute, hour, day of month, month, day of week. The day of month and the day of week must both match. Each source has its own poll interval.',
        ),
    })
    .prefault({})
    .describe('When the worker runs.'),
  worker: z
    .strictObject({
      port: whole(0, 65_535)
        .default(8080)
        .describe('Port for health checks, metrics and preview. 0 selects any free port.'),
      publicUrl: orNull(folderUrl()).meta({
        trust: true,
        description:
          'Address of that port from outside. It enables WebSub. Sources with a hub are fetched when the hub notifies the worker, and once a day to verify that it missed nothing.',
        defaultText: 'none',
      }),
      role: z
        .enum(['all', 'fetch', 'publish'])
        .default('all')
        .describe(
          'The part of this process when several share the work, with `store.kind: postgres` (docs/scale.md): `fetch` fetches sources, `publish` does the rest.',
        ),
      lease: duration('5s', LONGEST_TIMER)
        .prefault('90s')
        .describe('How long a process may hold a batch of requests before another process may take it over.'),
      ping: httpUrl().optional().meta({
        trust: true,
        description:
          'URL of a check at healthchecks.io, or of a monitor with the same protocol. The worker reports the start, success or failure of each run to it.',
        defaultText: 'none',
      }),
    })
    .prefault({})
    .describe('The scheduled worker.'),
  announce: z
    .array(announceTarget)
    .prefault([])
    .meta({ trust: true, description: 'Targets for automatic announcements: chats, social networks, programs.' }),
  enrich: z.array(enrichCommand).default([]).meta({
    trust: true,
    description:
      'Your own programs that translate, summarize or classify articles. See [enriching](enriching.md) for their input and output.',
  }),
});

export type WrittenConfig = Zod.output<typeof configSchema>;
export type WrittenSource = Zod.output<typeof feedSource>;
export type WrittenTopic = Zod.output<typeof topic>;
export type WrittenRule = WrittenConfig['rules'][number];
