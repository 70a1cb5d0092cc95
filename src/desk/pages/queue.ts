/** Articles that wait for approval. */
import { countQueue, listQueue, type QueuedArticle } from '../../app/desk/list-desk.js';
import { labelTopics } from '../../app/desk/names.js';
import type { Settings } from '../../model/settings.js';
import { decideArticles, describeDecided, REVIEWS } from '../decide.js';
import { type Form, FormError } from '../form.js';
import type { Act, Page, PageVisit, View } from '../view.js';

/** Articles on one page. */
const MOST = 50;

export const queueView: View = {
  path: '/queue',
  label: 'Queue',
  count: ({ settings }) => countQueue(settings),
  addRoutes: ({ show, change }) => {
    show('/queue', showQueue);
    change('/queue', decideQueued, (form) => `/queue${form.text('filter')}`);
  },
};

async function showQueue({ settings, query }: PageVisit): Promise<Page> {
  const waiting = await listQueue(settings);
  const source = query.get('source') ?? '';
  const shown = waiting.filter(({ sourceId }) => source === '' || sourceId === source);
  const sources = listSources(waiting).map((one) => ({ ...one, isCurrent: one.id === source }));
  const data = {
    total: waiting.length,
    newest: waiting.reduce((newest, { ref }) => Math.max(newest, ref), 0),
    sources,
    filter: sources.some(({ isCurrent }) => isCurrent) ? `?source=${encodeURIComponent(source)}` : '',
    articles: shown.slice(0, MOST).map((article) => ({ ...article, topics: labelTopics(article.topics, settings) })),
    more: Math.max(0, shown.length - MOST),
    reviewed: settings.sources.filter(({ review }) => review === 'hold').length,
  };
  return { title: waiting.length === 0 ? 'Queue' : `Queue (${waiting.length})`, template: 'queue', data };
}

function listSources(waiting: readonly QueuedArticle[]) {
  return [...new Set(waiting.map(({ sourceId }) => sourceId))].map((id) => {
    const own = waiting.filter(({ sourceId }) => sourceId === id);
    return { id, title: own[0]!.publication, count: own.length };
  });
}

/** `do`: `approve` or `reject`, then what: `selected`, `source <id>` or `article <id>`. */
async function decideQueued({ settings, form }: Act): Promise<string> {
  const [, how = '', what = '', id = ''] = /^(\w+) (\w+) ?(.*)$/s.exec(form.text('do')) ?? [];
  const [verb, changes] = (Object.hasOwn(REVIEWS, how) && REVIEWS[how]) || [];
  if (verb === undefined || changes === undefined) throw new FormError('Unknown decision.');
  const decided = await decideArticles(settings, await chooseArticles(settings, form, what, id), changes);
  return describeDecided(decided, verb);
}

/** All of a source: those that the page knew of, not newer ones. */
async function chooseArticles(settings: Settings, form: Form, what: string, id: string): Promise<readonly string[]> {
  if (what === 'article') return [id];
  if (what !== 'source') return form.all('article');
  const newest = Number(form.text('newest'));
  return (await listQueue(settings)).flatMap((one) => (one.sourceId === id && one.ref <= newest ? one.id : []));
}
