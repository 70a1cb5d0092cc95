/** Builds the sections of a review for the terminal and, with review-markdown.ts, for Markdown. */
import type { ExampleArticle } from '../app/review/examples.js';
import type { Review } from '../app/review/review.js';
import { formatRulePlace } from './rule-place.js';
import { formatCount, formatTable, listFew } from './table.js';

type AddedSource = Review['sources']['added'][number];

/** Cells and titles contain untrusted text: each renderer escapes it. */
export interface ReviewSection {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly examples: readonly (readonly [title: string, articles: readonly ExampleArticle[]])[];
}

export function formatReview(review: Review): string {
  return [
    summarizeReview(review),
    ...listReviewNotes(review),
    ...listReviewSections(review).flatMap(({ title, head, rows, examples }) => [
      `\n${title}`,
      formatTable([head, ...rows]),
      ...examples.flatMap(([name, articles]) => [`  ${name}`, ...articles.map(formatExample)]),
    ]),
    ...(review.pages === null ? [] : [`\npages: ${review.pages}`]),
  ].join('\n');
}

function formatExample({ title, publication }: ExampleArticle): string {
  return `    ${title} (${publication})`;
}

export function listReviewSections(review: Review): ReviewSection[] {
  const { problems, sources, rules, channels, settings } = review;
  const sections: readonly ReviewSection[] = [
    {
      title: 'Problems',
      head: ['where', 'key', 'what'],
      rows: problems.map(({ file, line, path, message }) => [line > 0 ? `${file}:${line}` : file, path, message]),
      examples: [],
    },
    {
      title: 'Whom the section trusts',
      head: ['setting', 'before', 'after'],
      rows: settings.filter(({ trust }) => trust).map(formatSetting),
      examples: [],
    },
    { title: 'What is published', head: ['', 'becomes'], rows: listEditionChanges(review), examples: [] },
    {
      title: 'Sources',
      head: ['', 'source', 'address', 'content', 'holds'],
      rows: [
        ...sources.added.map((one) => [
          one.state,
          `${one.title} (${one.id})`,
          one.url,
          describePermissions(one),
          [describeSourceAnswer(one), ...describeEntries(one), ...(one.fix === null ? [] : [one.fix])].join('. '),
        ]),
        ...sources.gone.map(({ id, title, articles }) => [
          'gone',
          `${title} (${id})`,
          '',
          '',
          describeRemovedArticles(articles, review),
        ]),
      ],
      examples: sources.added.map(({ id, examples }) => [`Headlines of ${id}`, examples]),
    },
    {
      title: 'Dropped by rules',
      head: ['rule', 'where', 'articles'],
      rows: rules.drops.map(({ rule, at, articles }) => [rule, formatRulePlace(at), String(articles)]),
      examples: rules.drops.map(({ rule, examples }) => [`Headlines dropped: ${rule}`, examples]),
    },
    {
      title: 'Topics and channels',
      head: ['', 'channel', 'label', 'before', 'after', 'join', 'of new sources', 'leave'],
      rows: channels.map(({ state, channel, label, before, after, joins, leaves }) => [
        ...[state, channel, label],
        ...[before, after, joins.articles, joins.ofNewSources, leaves.articles].map(String),
      ]),
      examples: channels.flatMap(({ label, joins, leaves }) => [
        [`${label}: ${formatCount(joins.articles, 'article')} would join`, joins.examples] as const,
        [`${label}: ${formatCount(leaves.articles, 'article')} would leave`, leaves.examples] as const,
      ]),
    },
    {
      title: 'Texts of the desk',
      head: ['entry', 'before', 'after'],
      rows: settings.filter(({ path }) => DESK_TEXT.test(path)).map(formatSetting),
      examples: [],
    },
    {
      title: 'Changed, effect not compared',
      head: ['setting', 'before', 'after'],
      rows: settings.filter(({ trust, compared }) => !trust && !compared).map(formatSetting),
      examples: [],
    },
    {
      title: 'Other changed settings',
      head: ['setting', 'before', 'after'],
      rows: settings.filter(({ trust, compared, path }) => !trust && compared && !DESK_TEXT.test(path)).map(formatSetting), // biome-ignore format: one list
      examples: [],
    },
  ];
  return sections
    .filter(({ rows }) => rows.length > 0)
    .map((one) => ({ ...one, examples: one.examples.filter(([, articles]) => articles.length > 0) }));
}

const DESK_TEXT = /^desk\.entries\[.*\]\.(?:title|summary|note)$/;

function formatSetting({ path, before, after }: Review['settings'][number]): string[] {
  return [path, before ?? 'not set', after ?? 'not set'];
}

/** `2 new sources, 12 added articles, 3 dropped by rules (compared with main; tested on 96 articles of the store)` */
export function summarizeReview(review: Review): string {
  const { ok, problems, sources, settings, edition, channels, rules, articles, base } = review;
  if (!ok) return `the config has ${formatCount(problems.length, 'problem')}; nothing else was checked`;
  const all = channels.find(({ channel }) => channel === 'all');
  const count = (of: AddedSource['state']) => sources.added.filter(({ state }) => state === of).length;
  const counts: readonly (readonly [count: number | undefined, one: string, more: string])[] = [
    [settings.filter(({ trust }) => trust).length, 'change of whom the section trusts', 'changes of whom the section trusts'], // biome-ignore format: a table
    [edition?.feedsGone.length, 'removed feed', 'removed feeds'],
    [sources.changed.filter(({ content }) => content !== null).length, 'source with changed permissions', 'sources with changed permissions'], // biome-ignore format: a table
    [count('new'), 'new source', 'new sources'],
    [count('moved'), 'source with a changed address', 'sources with a changed address'],
    [count('changed'), 'source with a changed file', 'sources with a changed file'],
    [sources.added.filter(({ answer }) => answer === 'failed').length, 'unreadable source', 'unreadable sources'],
    [sources.gone.length, 'removed source', 'removed sources'],
    [all?.joins.articles, 'added article', 'added articles'],
    [all?.leaves.articles, 'removed article', 'removed articles'],
    [rules.drops.reduce((sum, one) => sum + one.articles, 0), 'dropped by rules', 'dropped by rules'],
    [rules.shownAgain, 'no longer dropped', 'no longer dropped'],
    [channels.filter((one) => one !== all).length, 'changed topic or channel', 'changed topics or channels'],
    [edition?.files?.written, 'file written', 'files written'],
    [edition?.files?.removed, 'file removed', 'files removed'],
    [settings.filter(({ trust, compared }) => !trust && !compared).length, 'change not compared', 'changes not compared'], // biome-ignore format: a table
    [settings.filter(({ trust, compared }) => !trust && compared).length, 'other changed setting', 'other changed settings'], // biome-ignore format: a table
  ];
  const changes = counts.flatMap(([count = 0, one, more]) => (count > 0 ? formatCount(count, one, more) : []));
  if ((edition?.feedsUrl ?? null) !== null) changes.unshift('changed addresses of all feeds');
  const isTried = articles.from !== 'none';
  const tried = isTried
    ? `tested on ${formatCount(articles.before, 'article')} of the ${articles.from}`
    : 'no articles to test with';
  const unseen = (edition?.unseen ?? []).length === 0 ? '' : ', except in what was not compared';
  const nothing = isTried ? `no visible change${unseen}` : 'effect for readers unknown';
  return `${changes.join(', ') || nothing} (compared with ${base}; ${tried})`;
}

function listEditionChanges({ edition, sources }: Review): (readonly [what: string, becomes: string])[] {
  const { feedsGone = [], feedsUrl = null, files = null } = edition ?? {};
  const rows: readonly (readonly [what: string, becomes: string | null])[] = [
    ['removed feeds', feedsGone.length === 0 ? null : `${feedsGone.length}: ${listFew(feedsGone, MOST_NAMED)}`],
    ['addresses and ids of all feeds', formatChange(feedsUrl)],
    ...sources.changed.flatMap(({ id, content, title }) => [
      [`content of ${id}`, formatChange(content)] as const,
      [`title of ${id}`, formatChange(title)] as const,
    ]),
    ['files', files && files.written + files.removed > 0 ? `${files.written} written, ${files.removed} removed` : null],
  ];
  return rows.flatMap(([what, becomes]) => (becomes === null ? [] : [[what, becomes] as const]));
}

const MOST_NAMED = 5;

function formatChange(change: { readonly before: string | null; readonly after: string | null } | null): string | null {
  return change === null ? null : `${change.before ?? 'title of its feed'} → ${change.after ?? 'title of its feed'}`;
}

export function listReviewNotes(review: Review): string[] {
  const { ok, articles, channels, baseProblem, unread, withoutEffect, edition, refused } = review;
  const isUntried = ok && articles.from === 'none' && baseProblem === null;
  const notes: readonly (readonly [label: string, words: string | null])[] = [
    ['a build would refuse this change', refused],
    ['the base is not readable, so everything counts as new', baseProblem],
    [
      'topics and rules were not tested',
      isUntried ? 'the base has neither a store nor a published edition; build it first, or name a commit' : null,
    ],
    ['not compared (if you trust the change, use "build --dry-run")', joinNames(edition?.unseen ?? [])],
    ['unread variables (name those that are not secret with --env)', joinNames(unread)],
    ['no effect', joinNames(withoutEffect)],
  ];
  return [
    ...notes.flatMap(([label, words]) => (words === null ? [] : `${label}: ${words}`)),
    ...describeRenamedChannels(channels),
  ];
}

function joinNames(names: readonly string[]): string | null {
  return names.length === 0 ? null : names.join(', ');
}

function describeRenamedChannels(channels: Review['channels']): string[] {
  return channels.flatMap((now) => {
    const kind = now.channel.slice(0, now.channel.indexOf('/') + 1);
    const was = channels.find(
      ({ channel, state, before, leaves }) =>
        state === 'gone' &&
        channel.startsWith(kind) &&
        before === now.after &&
        JSON.stringify(leaves.examples) === JSON.stringify(now.joins.examples),
    );
    if (now.state !== 'new' || was === undefined) return [];
    const keep = `to keep its feeds, write "formerly: [${was.channel.slice(kind.length)}]"`;
    return [`${was.channel} was removed and ${now.channel} is new with the same articles; ${keep}`];
  });
}

function describeSourceAnswer({ answer, problem, code, articles, newestAt, names }: AddedSource): string {
  if (answer === 'not-asked') return `not requested: ${problem}`;
  if (answer === 'failed') return `cannot be read: ${problem} (${code})`;
  if (names !== null) return `a list of ${formatCount(names, 'source')}, which review does not fetch`;
  return `${formatCount(articles, 'article')}${newestAt === null ? '' : `, the newest of ${newestAt.slice(0, 10)}`}`;
}

/** New entries of a list become sources: all are named. */
function describeEntries({ entries }: AddedSource): string[] {
  const parts = [
    ['new in the list', entries?.added ?? []],
    ['no longer in the list', entries?.removed ?? []],
  ] as const;
  return parts.flatMap(([label, urls]) => (urls.length === 0 ? [] : `${label}: ${urls.join(', ')}`));
}

function describePermissions({ rights: { content, said, reserved, policy } }: AddedSource): string {
  return [
    content,
    ...(said === null ? [] : [`its feed declares "${said}"`]),
    ...(reserved ? [`reserves text and data mining${policy === null ? '' : ` (${policy})`}`] : []),
  ].join('; ');
}

function describeRemovedArticles(articles: number, { articles: { from } }: Pick<Review, 'articles'>): string {
  if (from === 'none') return 'articles unknown';
  if (articles === 0) return 'no articles';
  return `its ${formatCount(articles, 'article')} stay published unless you run "sources remove --with-articles"`;
}
