/** Changes the phrases of topics, and shows what a change does to stored articles. */
import { labelTopics, listTopics } from '../../app/desk/names.js';
import { editPhrases, PHRASE_LISTS, type PhraseLists, tryPhrases } from '../../app/edit-topics.js';
import { suggestPhrases } from '../../app/topics.js';
import type { Settings } from '../../model/settings.js';
import type { TopicConfig } from '../../model/topic.js';
import { type Form, FormError } from '../form.js';
import type { Act, Page, PageVisit, View } from '../view.js';

export const topicsView: View = {
  path: '/topics',
  label: 'Topics',
  addRoutes: ({ show, answer, change }) => {
    show('/topics', showTopics);
    show('/topic', (visit) => showTopic(visit, visit.query.get('id') ?? '', null));
    answer('/topic/try', (visit) => showTopic(visit, visit.form.text('id'), visit.form));
    change('/topic', saveTopic, (form) => `/topic?id=${encodeURIComponent(form.text('id'))}`);
  },
};

async function showTopics({ settings }: PageVisit): Promise<Page> {
  const labels = new Map(listTopics(settings).map(({ id, label }) => [id, label]));
  return { title: 'Topics', template: 'topics', data: { topics: settings.topics, labels } };
}

/** `form`: a change to try; null: none. */
async function showTopic({ settings, query }: PageVisit, id: string, form: Form | null): Promise<Page> {
  const topic = findTopic(settings, id);
  const [label] = labelTopics([id], settings);
  const lists = form === null ? {} : readLists(form, topic);
  const data = {
    ...{ id, label, isReadyMade: topic.place !== undefined || topic.iptc !== undefined },
    lists: PHRASE_LISTS.map((name) => {
      const phrases = topic[name] ?? [];
      return { name, phrases, kept: lists[name] ?? phrases, added: form?.text(`add-${name}`) ?? '' };
    }),
    tried: form && (await tryPhrases(settings, id, lists)),
    suggestions: query.has('suggest') ? (await suggestPhrases(settings, id, 10))[0]!.suggestions : null,
  };
  return { title: `${label} | Topics`, template: 'topic', data };
}

function findTopic({ topics }: Settings, id: string): TopicConfig {
  const topic = topics.find((one) => one.id === id);
  if (topic === undefined) throw new FormError(`The config has no topic “${id}”.`);
  return topic;
}

/** The lists that differ from the config. Fields: the phrases of each list that the page showed (`was-any`), those that stay (`any`), and new ones. */
function readLists(form: Form, topic: TopicConfig): PhraseLists {
  const changed = PHRASE_LISTS.flatMap((name) => {
    const known = topic[name] ?? [];
    const added = form.text(`add-${name}`).split('\n').map((phrase) => phrase.trim()); // biome-ignore format: one list
    const removed = form.all(`was-${name}`).filter((phrase) => !form.all(name).includes(phrase));
    const kept = known.filter((phrase) => !removed.includes(phrase));
    const list = [...new Set([...kept, ...added])].filter((phrase) => phrase !== '');
    return String(list) === String(known) ? [] : [[name, list] as const];
  });
  return Object.fromEntries(changed);
}

async function saveTopic({ settings, form, desk }: Act): Promise<string> {
  const id = form.required('id', 'The topic');
  const lists = readLists(form, findTopic(settings, id));
  if (Object.keys(lists).length === 0) throw new FormError('The phrases are the same as before.');
  await editPhrases(desk.parts.configPath, () => desk.parts.load('fresh'), id, lists);
  return `Phrases of “${labelTopics([id], settings)[0]}” changed`;
}
