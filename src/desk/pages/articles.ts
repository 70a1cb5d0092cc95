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
import { decideArticles, describeDecided } from '../decide.js';
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
  const data = {
    id: article.id,
    ...summarize(article, settings),
    ownTitle: article.retitled ?? article.title,
    ownSummary: article.summary,
    entry: { ...entry, pinnedUntil: typeof entry.pin === 'object' ? entry.pin.until : '' },
    decisions: found.desk === null ? [] : describeDeskEntry(entry, found.desk.other),
    place: found.desk === null ? null : `${found.desk.file}:${found.desk.line}`,
    isHeld: article.hidden?.by === 'review',
    isApplied: found.desk?.applied ?? true,
    text: htmlToText(article.contentHtml ?? '')
      .split('\n')
      .filter(Boolean),
    url: article.url !== null && /^https?:/.test(article.url) ? article.url : null,
    page: found.page,
    allTopics: listTopicChoices(found, settings, entry),
    story: story && { ...story, others: story.others.map((one) => ({ ...one, path: toArticlePath(one.id) })) },
    steps: desk.parts.explain(found),
  };
  return { title: data.entry.title ?? data.title, template: 'article', data };
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

type Changes = Readonly<Record<string, unknown>>;

/** What each button of an article's page decides, as the command of that name does. */
const DECISIONS: Readonly<Record<string, (form: Form) => readonly [changes: Changes, verb: string]>> = {
  hide: () => [{ hide: true }, 'hidden'],
  takedown: () => [{ takedown: true }, 'taken down'],
  show: () => [{ hide: null, takedown: null }, 'shown again'],
  approve: () => [{ approve: true, hide: null }, 'approved'],
  reject: () => [{ hide: true, approve: null }, 'rejected'],
  title: (form) => [readTexts(form, ['title', 'summary']), 'saved'],
  untitle: () => [{ title: null, summary: null }, 'has its own headline and summary again'],
  remark: (form) => [{ remark: form.text('remark') || null }, form.text('remark') ? 'has a remark' : 'has no remark any more'], // biome-ignore format: one line each
  picture: () => [{ image: 'none' }, 'shown without its picture'],
  unpicture: () => [{ image: null }, 'shown with its picture'],
  pin: (form) => [{ pin: readPin(form) }, 'pinned to the front page'],
  unpin: () => [{ pin: null }, 'unpinned'],
  lead: () => [{ lead: true }, 'leads its story'],
  unlead: () => [{ lead: null }, 'no longer chosen as the lead'],
  join: (form) => [{ story: { with: form.required('other', 'The other article') } }, 'joined to the other story'],
  split: (form) => [{ story: { apart: form.required('other', 'The other article') } }, 'kept out of the other story'],
  unstory: () => [{ story: null }, 'is in the story that the program finds'],
};

async function decideArticle({ settings, form }: Act): Promise<string> {
  const id = form.required('id', 'The article');
  const what = form.text('do');
  if (what === 'topics') return await decideTopics(id, form, settings);
  const decide = Object.hasOwn(DECISIONS, what) ? DECISIONS[what] : undefined;
  if (decide === undefined) throw new FormError('Unknown decision.');
  const [changes, verb] = decide(form);
  return describeDecided(await decideArticles(settings, [id], changes), verb);
}

/** Only those that differ from the publisher's. */
function readTexts(form: Form, names: readonly string[]): Changes {
  const texts = names.map((name) => {
    const text = form.text(name).replace(/\s+/g, ' ');
    return [name, text === '' || text === form.text(`own-${name}`).replace(/\s+/g, ' ') ? null : text] as const;
  });
  return Object.fromEntries(texts);
}

function readPin(form: Form): true | { readonly until: string } {
  const until = form.text('until');
  if (until === '') return true;
  if (!isDay(until)) throw new FormError(`“${until}” is not a day such as 2026-12-24.`);
  return { until };
}

/** Writes the topics that differ from the automatic ones. */
async function decideTopics(id: string, form: Form, settings: Settings): Promise<string> {
  const chosen = new Set(form.all('topic'));
  const given = new Set(form.all('given'));
  const known = settings.topics.map(({ id: topic }) => topic);
  const topics = [
    ...known.flatMap((topic) => (chosen.has(topic) && !given.has(topic) ? `+${topic}` : [])),
    ...known.flatMap((topic) => (!chosen.has(topic) && given.has(topic) ? `-${topic}` : [])),
  ];
  const before = new Set(form.all('before'));
  // A decision on topics is merged with the one before.
  if ([...before].some((topic) => !topics.includes(topic))) await decideArticles(settings, [id], { topics: null });
  const decided = await decideArticles(settings, [id], topics.length === 0 ? { topics: null } : { topics });
  return describeDecided(decided, topics.length === 0 ? 'has its automatic topics' : 'has other topics');
}
