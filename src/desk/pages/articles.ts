/** Searches the stored articles, and shows one with everything that the editor can decide about it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeDeskEntry, NOT_SHOWN } from '../../app/desk/desk-words.js';
import { type ArticleSearch, findStoredArticles } from '../../app/desk/find-articles.js';
import { labelTopics, listSourceNames, listTopics } from '../../app/desk/names.js';
import { type ArticleLife, explainArticle } from '../../app/explain/explain.js';
import { isDay } from '../../config/values.js';
import type { Article } from '../../model/article.js';
import { type DeskEntry, isShown, listShownTopics } from '../../model/desk.js';
import type { Settings } from '../../model/settings.js';
import { htmlToText } from '../../text/html.js';
import { findMediaType } from '../../write/published/media-type.js';
import { decideArticles, describeDecided, REVIEWS } from '../decide.js';
import { type Form, FormError } from '../form.js';
import type { Act, Page, PageVisit, View } from '../view.js';

const COUNT = 20;
const DAY = 86_400_000;

const STATES: Readonly<Record<NonNullable<ArticleSearch['state']>, string>> = {
  shown: 'shown to readers',
  ...NOT_SHOWN,
};

export const articlesView: View = {
  path: '/articles',
  label: 'Articles',
  addRoutes: ({ show, change }) => {
    show('/articles', showArticles);
    show('/article', showArticle);
    show('/picture', showPicture);
    change('/article', decideArticle, (form) => toArticlePath(form.text('id')));
  },
};

function toArticlePath(id: string): string {
  return `/article?id=${encodeURIComponent(id)}`;
}

async function showArticles({ settings, query }: PageVisit): Promise<Page> {
  const field = (name: string) => query.get(name)?.trim() ?? '';
  const [words, source, topic, state, since, until] = ['q', 'source', 'topic', 'state', 'since', 'until'].map(field) as [string, string, string, string, string, string]; // biome-ignore format: one list
  const from = Math.max(0, Math.trunc(Number(field('from'))) || 0);
  const search: ArticleSearch = {
    words,
    source: source || undefined,
    topic: topic || undefined,
    state: state in STATES ? (state as ArticleSearch['state']) : undefined,
    since: isDay(since) ? new Date(since) : undefined,
    until: isDay(until) ? new Date(Date.parse(until) + DAY) : undefined,
  };
  const found = await findStoredArticles(settings, search, { from, count: COUNT });
  const toPage = (at: number) => {
    const fields = { q: words, source, topic, state, since, until, from: at === 0 ? '' : String(at) };
    return `/articles?${new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ''))}`;
  };
  const data = {
    ...{ words, source, topic, state, since, until },
    isFiltered: [source, topic, state, since, until].some((value) => value !== ''),
    sources: listSourceNames(settings),
    topics: listTopics(settings),
    states: Object.entries(STATES),
    articles: found.articles.map((article) => summarize(article, settings)),
    newer: from === 0 ? null : toPage(Math.max(0, from - COUNT)),
    older: found.hasMore ? toPage(from + COUNT) : null,
  };
  return { title: 'Articles', template: 'articles', data };
}

/** An article with the decisions of the desk file, which the next build applies. */
function summarize(article: Article, settings: Settings) {
  const { id, title, retitled, edits, summary, publishedAt, attribution } = article;
  return {
    path: toArticlePath(id),
    title: edits?.title ?? retitled ?? title,
    summary: edits?.summary ?? summary,
    publishedAt,
    publication: attribution.publication.title,
    topics: labelTopics(listShownTopics(article), settings),
    picture: toPicturePath(article),
    notShown: describeNotShown(article),
  };
}

function describeNotShown(article: Article): string | null {
  if (isShown(article)) return null;
  return article.withdrawnAt === null ? NOT_SHOWN[article.hidden!.by] : NOT_SHOWN.withdrawn;
}

/** null: no copy of it is published. */
function toPicturePath({ id, image, edits, knownImages = [] }: Article): string | null {
  const hasCopy = knownImages.some(({ url, copies }) => url === image?.url && copies.length > 0);
  return hasCopy && edits?.image !== 'none' ? `/picture?id=${encodeURIComponent(id)}` : null;
}

async function showPicture({ settings, query }: PageVisit): Promise<Response> {
  const found = await findStoredArticles(settings, { words: query.get('id') ?? '' }, { from: 0, count: 1 });
  const { image, knownImages = [] } = found.articles[0] ?? { image: null };
  const [copy] = knownImages.find(({ url }) => url === image?.url)?.copies ?? [];
  const bytes = copy === undefined ? null : await readFile(join(settings.publish.dir, copy.path)).catch(() => null);
  if (bytes === null) return new Response(null, { status: 404 });
  return new Response(bytes, { headers: { 'content-type': findMediaType(copy!.path).type } });
}

async function showArticle({ settings, query, desk }: PageVisit): Promise<Page> {
  const id = query.get('id') ?? '';
  const found = await explainArticle(settings, id, desk.parts.now());
  if (found.kind !== 'known') {
    const reasons = [`No stored article has the id or address “${id}”.`];
    return { title: 'Not found', template: 'problem', data: { reasons, back: '/articles' }, status: 404 };
  }
  const { article, story } = found;
  const entry: Partial<DeskEntry> = found.desk?.entry ?? {};
  const allTopics = listTopicChoices(found, settings, entry);
  const data = {
    id: article.id,
    ...summarize(article, settings),
    entry,
    was: describeBoxes(found, entry, allTopics),
    decisions: found.desk === null ? [] : describeDeskEntry(entry, found.desk.other),
    place: found.desk === null ? null : `${found.desk.file}:${found.desk.line}`,
    isHeld: article.hidden?.by === 'review',
    isApplied: found.desk?.applied ?? true,
    text: htmlToText(article.contentHtml ?? '')
      .split('\n')
      .filter(Boolean),
    url: article.url !== null && /^https?:/.test(article.url) ? article.url : null,
    page: found.page,
    allTopics,
    story: story && { ...story, others: story.others.map((one) => ({ ...one, path: toArticlePath(one.id) })) },
    steps: desk.parts.explain(found),
  };
  return { title: entry.title ?? data.title, template: 'article', data };
}

/** All topics, those of the article first. */
function listTopicChoices({ article }: ArticleLife, settings: Settings, { topics = [] }: Partial<DeskEntry>) {
  const given = new Set(article.topics.map(({ topicId }) => topicId));
  return listTopics(settings)
    .map((topic) => {
      const isGiven = given.has(topic.id);
      const isOn = topics.includes(`+${topic.id}`) || (isGiven && !topics.includes(`-${topic.id}`));
      return { ...topic, isGiven, isOn };
    })
    .sort((a, b) => Number(b.isOn || b.isGiven) - Number(a.isOn || a.isGiven));
}

/** What the form shows when it is loaded. A box that the editor leaves alone, or that is missing, decides nothing. */
function describeBoxes({ article, story }: ArticleLife, entry: Partial<DeskEntry>, topics: TopicChoices) {
  const own = { title: article.retitled ?? article.title, summary: article.summary };
  return {
    own,
    title: entry.title ?? own.title,
    summary: entry.summary ?? own.summary,
    remark: entry.remark ?? '',
    pin: Boolean(entry.pin),
    until: typeof entry.pin === 'object' ? entry.pin.until : '',
    topics: topics.flatMap(({ id, isOn }) => (isOn ? id : [])),
    given: topics.flatMap(({ id, isGiven }) => (isGiven ? id : [])),
    ...((article.image !== null || entry.image === 'none') && { picture: entry.image !== 'none' }),
    ...((entry.lead || story?.leads === false) && { lead: entry.lead === true }),
  };
}

type TopicChoices = ReturnType<typeof listTopicChoices>;
type Boxes = ReturnType<typeof describeBoxes>;
type Changes = Readonly<Record<string, unknown>>;

/** What the buttons decide, as the commands of these names do. All of them save the boxes, too. */
const DECISIONS: Readonly<Record<string, readonly [verb: string, changes: Changes]>> = {
  ...REVIEWS,
  save: ['saved', {}],
  hide: ['hidden', { hide: true }],
  takedown: ['taken down', { takedown: true }],
  show: ['shown again', { hide: null, takedown: null }],
  untitle: ['has its own headline and summary again', { title: null, summary: null }],
  unstory: ['is in the story that the program finds', { story: null }],
};

const LABELS: Readonly<Record<string, string>> = { title: 'headline', pin: 'front page', image: 'picture' };

async function decideArticle({ settings, form }: Act): Promise<string> {
  const id = form.required('id', 'The article');
  const [, what = '', other = ''] = /^(\w+) ?(.*)$/s.exec(form.text('do')) ?? [];
  const split = ['kept out of the other story', { story: { apart: other } }] as const;
  const [verb, decision] = what === 'split' ? split : (Object.hasOwn(DECISIONS, what) && DECISIONS[what]) || [];
  if (verb === undefined) throw new FormError('Unknown decision.');
  const boxes = readBoxes(form);
  const changes = { ...boxes, ...decision };
  if (Object.keys(changes).length === 0) return 'Nothing has changed';
  const names = Object.keys(boxes).map((key) => LABELS[key] ?? key).join(', '); // biome-ignore format: one line
  const decided = await decideArticles(settings, [id], changes);
  return describeDecided(decided, names === '' ? verb : `${verb} (${names})`);
}

/** The boxes that the editor changed. */
function readBoxes(form: Form): Changes {
  const was = JSON.parse(form.required('was', 'The form')) as Boxes;
  const join = (text: string) => text.replace(/\s+/g, ' ').trim();
  const changes: Record<string, unknown> = {};
  for (const name of ['title', 'summary'] as const) {
    const text = join(form.text(name));
    if (text !== join(was[name])) changes[name] = text === join(was.own[name]) ? null : text || null;
  }
  const [remark, until, other] = ['remark', 'until', 'other'].map((name) => form.text(name)) as [string, string, string]; // biome-ignore format: one line
  if (join(remark) !== join(was.remark)) changes.remark = remark || null;
  if (until !== '' && !isDay(until)) throw new FormError(`“${until}” is not a day such as 2026-12-24.`);
  const isPinned = form.has('pin') || (until !== '' && until !== was.until);
  if (isPinned !== was.pin || (isPinned && until !== was.until))
    changes.pin = isPinned ? until === '' || { until } : null;
  if (was.picture !== undefined && form.has('picture') !== was.picture) changes.image = was.picture ? 'none' : null;
  if (was.lead !== undefined && form.has('lead') !== was.lead) changes.lead = was.lead ? null : true;
  if (other !== '') changes.story = { with: other };
  const chosen = form.all('topic');
  const changed = [...new Set([...chosen, ...was.topics])].filter((id) => chosen.includes(id) !== was.topics.includes(id)); // biome-ignore format: one line
  const signed = changed.flatMap((id) => (chosen.includes(id) === was.given.includes(id) ? [] : `${chosen.includes(id) ? '+' : '-'}${id}`)); // biome-ignore format: one line
  // Decisions about other topics stay as the file has them.
  const topics = (old: readonly string[]) => {
    const all = [...old.filter((one) => !changed.includes(one.slice(1))), ...signed];
    return all.length > 0 ? all : null;
  };
  return { ...changes, ...(changed.length > 0 && { topics }) };
}
