/** A review in words: for a terminal, and the parts that its Markdown says too. */
import type { ExampleArticle } from '../app/review/examples.js';
import type { Review } from '../app/review/review.js';
import { rulePlaceLine } from './rule-place.js';
import { counted } from './table.js';

type AddedSource = Review['sources']['added'][number];
type ChangedChannel = Review['channels'][number];

export function reviewLines(review: Review): string {
  const { sources, rules, channels, refused, pages } = review;
  return [
    ...review.problems.map(problemLine),
    reviewSummary(review),
    ...editionRows(review).map(([what, becomes]) => `${what}: ${becomes}`),
    ...reviewNotes(review),
    ...sources.added.flatMap((one) => [
      `${one.state.padEnd(6)} ${one.id}: ${sourceAnswer(one)}; ${sourceRights(one)}`,
      ...(one.fix === null ? [] : [`       ${one.fix}`]),
      ...exampleLines('', one.examples),
    ]),
    ...sources.gone.map((one) => `gone   ${one.id}: ${goneWords(one.articles, review)}`),
    ...rules.drops.flatMap(({ rule, at, articles, examples }) => [
      `drops  ${articles}: ${rule} (${rulePlaceLine(at)})`,
      ...exampleLines('', examples),
    ]),
    ...channels.flatMap((one) => [
      `${one.channel}: ${channelWords(one)}`,
      ...exampleLines('+ ', one.joins.examples),
      ...exampleLines('- ', one.leaves.examples),
    ]),
    ...(refused === null ? [] : [`a build would refuse this: ${refused}`]),
    ...(pages === null ? [] : [`pages: ${pages}`]),
  ].join('\n');
}

function problemLine({ file, line, path, message }: Review['problems'][number]): string {
  return `${file}${line > 0 ? `:${line}` : ''}${path === '' ? '' : ` ${path}`}: ${message}`;
}

/** `2 new sources, 12 articles more, 3 articles fewer, 4 dropped by rules (against main; tried on 96 articles of the store)` */
export function reviewSummary({ ok, problems, sources, edition, channels, rules, articles, base }: Review): string {
  if (!ok) return `the config has ${counted(problems.length, 'mistake')}: nothing else can be said of the change`;
  const all = channels.find(({ channel }) => channel === 'all');
  const [joins, leaves] = [all?.joins.articles ?? 0, all?.leaves.articles ?? 0];
  const sorted = channels.filter(({ channel }) => channel !== 'all').length;
  const isNew = sources.added.filter(({ state }) => state === 'new').length;
  const moved = sources.added.length - isNew;
  const failed = sources.added.filter(({ answer }) => answer === 'failed').length;
  const dropped = rules.drops.reduce((sum, one) => sum + one.articles, 0);
  const rights = sources.changed.filter(({ content }) => content !== null).length;
  const { written = 0, removed = 0 } = edition?.files ?? {};
  const gone = edition?.feedsGone.length ?? 0;
  const said = [
    gone > 0 ? `${counted(gone, 'feed')} gone` : '',
    (edition?.feedsUrl ?? null) === null ? '' : 'all feeds at other addresses',
    rights > 0 ? `other rights of ${counted(rights, 'source')}` : '',
    isNew > 0 ? counted(isNew, 'new source') : '',
    moved > 0 ? `${counted(moved, 'source')} with another address` : '',
    failed > 0 ? `${failed} of them cannot be read` : '',
    sources.gone.length > 0 ? `${counted(sources.gone.length, 'source')} gone` : '',
    joins > 0 ? `${counted(joins, 'article')} more` : '',
    leaves > 0 ? `${counted(leaves, 'article')} fewer` : '',
    dropped > 0 ? `${dropped} dropped by rules` : '',
    rules.shownAgain > 0 ? `${rules.shownAgain} no longer dropped` : '',
    sorted > 0 ? `${sorted} ${sorted === 1 ? 'topic or channel' : 'topics or channels'} changed` : '',
    written + removed > 0 ? `${counted(written, 'file')} written, ${removed} removed` : '',
  ].filter((one) => one !== '');
  const tried =
    articles.from === 'none'
      ? 'no articles are at hand'
      : `tried on ${counted(articles.before, 'article')} of the ${FROM[articles.from]}`;
  const nothing =
    articles.from === 'none'
      ? 'what readers would see is not known'
      : `nothing that readers see would change${(edition?.unseen ?? []).length === 0 ? '' : ', but for what was not compared'}`;
  return `${said.length === 0 ? nothing : said.join(', ')} (against ${base}; ${tried})`;
}

const FROM = { store: 'store', edition: 'published edition' } as const;

/** What becomes of what is published, the most serious first: whoever shows it escapes it. */
export function editionRows({ edition, sources }: Review): (readonly [what: string, becomes: string])[] {
  const { feedsGone = [], feedsUrl = null, files = null } = edition ?? {};
  const named = feedsGone.slice(0, MOST_NAMED).join(', ');
  const more = feedsGone.length - MOST_NAMED;
  return [
    ...(feedsGone.length === 0
      ? []
      : [['feeds gone', `${feedsGone.length}: ${named}${more > 0 ? ` and ${more} more` : ''}`] as const]),
    ...(feedsUrl === null
      ? []
      : [['addresses and ids of all feeds', `${feedsUrl.before} → ${feedsUrl.after}`] as const]),
    ...sources.changed.map(({ id, content, title }) => {
      const takes = content && `takes ${TAKES[content.after]} instead of ${TAKES[content.before]}`;
      const called = title && `is called ${nameOf(title.after)} instead of ${nameOf(title.before)}`;
      return [`source ${id}`, [takes, called].flatMap((one) => one ?? []).join('; ')] as const;
    }),
    ...(files === null || files.written + files.removed === 0
      ? []
      : [['files', `${files.written} written, ${files.removed} removed`] as const]),
  ];
}

/** Of feeds that are gone. */
const MOST_NAMED = 5;

function nameOf(title: string | null): string {
  return title === null ? 'as its feed says' : JSON.stringify(title);
}

/** What is worth knowing beside, a sentence each. */
export function reviewNotes(review: Review): string[] {
  const { ok, articles, channels, baseProblem, unread, withoutEffect, rules, edition } = review;
  return [
    ...(baseProblem === null ? [] : [`the base cannot be read, so all counts as new: ${baseProblem}`]),
    ...(ok && articles.from === 'none' && baseProblem === null
      ? [
          'topics and rules were not tried: the base has neither a store nor a published edition of its own (build there, or name a commit of this repository)',
        ]
      : []),
    ...untoldNames(channels),
    ...(edition === null || edition.unseen.length === 0
      ? []
      : [`not compared: ${edition.unseen.join(', ')}; "build --dry-run" counts the files, where you trust the change`]),
    ...(unread.length === 0
      ? []
      : [`variables that were not read (--env reads those that hold nothing secret): ${unread.join(', ')}`]),
    ...(withoutEffect.length === 0 ? [] : [`without effect: ${withoutEffect.join(', ')}`]),
    ...(rules.shownAgain === 0
      ? []
      : [`${counted(rules.shownAgain, 'article')} would be shown again that a rule drops now`]),
  ];
}

/** Topics and channels that are new with the articles of one that is gone. */
function untoldNames(channels: Review['channels']): string[] {
  return channels.flatMap((now) => {
    if (now.state !== 'new') return [];
    const kind = now.channel.slice(0, now.channel.indexOf('/') + 1);
    const was = channels.find(
      ({ channel, state, before, leaves }) =>
        state === 'gone' &&
        channel.startsWith(kind) &&
        before === now.after &&
        JSON.stringify(leaves.examples) === JSON.stringify(now.joins.examples),
    );
    if (was === undefined) return [];
    const id = was.channel.slice(kind.length);
    return [
      `${was.channel} is gone and ${now.channel} is new with the same articles: write "formerly: [${id}]", so that its feeds go on`,
    ];
  });
}

export function sourceAnswer({ answer, problem, code, articles, newestAt, names }: AddedSource): string {
  if (answer === 'not-asked') return `not asked: ${problem}`;
  if (answer === 'failed') return `cannot be read: ${problem} (${code})`;
  if (names !== null) return `a list of ${counted(names, 'source')}, which a review does not ask`;
  return newestAt === null
    ? 'answers, without articles'
    : `${counted(articles, 'article')}, the newest of ${newestAt.slice(0, 10)}`;
}

export function sourceRights({ rights: { content, said, reserved, policy } }: AddedSource): string {
  return [
    `takes ${TAKES[content]}`,
    ...(said === null ? [] : [`its feed says "${said}"`]),
    ...(reserved ? [`reserves text and data mining${policy === null ? '' : ` (${policy})`}`] : []),
  ].join('; ');
}

const TAKES = { full: 'whole texts', summary: 'summaries', none: 'headlines alone' } as const;

export function goneWords(articles: number, { articles: { from } }: Pick<Review, 'articles'>): string {
  if (from === 'none') return 'its articles, if any, are not at hand';
  return articles === 0
    ? 'it has no articles'
    : `its ${counted(articles, 'article')} stay until "sources remove --with-articles"`;
}

function channelWords({ state, before, after, joins, leaves }: ChangedChannel): string {
  const change = `${before} → ${after}: ${joins.articles} join${joins.ofNewSources === 0 ? '' : ` (${joins.ofNewSources} of new sources)`}, ${leaves.articles} leave`;
  return state === 'changed' ? change : `${state}, ${change}`;
}

function exampleLines(sign: string, examples: readonly ExampleArticle[]): string[] {
  return examples.map(({ title, publication }) => `         ${sign}${title} (${publication})`);
}
