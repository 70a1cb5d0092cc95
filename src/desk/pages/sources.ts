/** Adds, pauses, moves and removes sources, and shows their health with a remedy. */
import { suggestUsualFix } from '../../app/add-source/check-live.js';
import { addSources, moveSource, pauseSource, readProposedUrl, removeSource } from '../../app/add-source/edit-sources.js'; // biome-ignore format: one list
import { findFeedUrl } from '../../app/add-source/find-feed.js';
import { proposeSource, toRequestedSource } from '../../app/add-source/propose-source.js';
import { listTopics } from '../../app/desk/names.js';
import { createFetcher } from '../../app/http-clients.js';
import { shownState } from '../../app/status/overview.js';
import { readSiteStatus } from '../../app/status/site-status.js';
import { completeWebAddress } from '../../model/address.js';
import { isPaused } from '../../model/source.js';
import { type Form, FormError } from '../form.js';
import type { Act, Page, PageVisit, View } from '../view.js';

export const sourcesView: View = {
  path: '/sources',
  label: 'Sources',
  addRoutes: ({ show, answer, change }) => {
    show('/sources', (visit) => showSources(visit, null));
    answer('/sources/propose', propose);
    change('/sources', changeSource, () => '/sources');
  },
};

async function showSources({ settings, desk }: PageVisit, proposal: object | null): Promise<Page> {
  const sources = (await readSiteStatus(settings, desk.parts.now())).map((row) => ({
    ...row,
    shown: shownState(row),
    isOwn: settings.sources.some(({ id }) => id === row.id),
    remedy: row.error && suggestUsualFix(row.error),
  }));
  return { title: 'Sources', template: 'sources', data: { proposal, sources, topics: listTopics(settings) } };
}

async function propose(visit: PageVisit & { readonly form: Form }): Promise<Page> {
  const address = visit.form.required('address', 'The address');
  if (completeWebAddress(address) === null) throw new FormError(`“${address}” is not a web address.`);
  const found = await proposeSource(address, visit.settings, visit.signal);
  const headlines = 'format' in found ? found.headlines : 'entries' in found ? found.entries : found.items;
  return await showSources(visit, { address, found, headlines, wanted: toRequestedSource(found) });
}

/** `do`: `save`, or `move`, `pause`, `resume` or `remove` and an id. */
async function changeSource(act: Act): Promise<string> {
  const { form, desk, settings, signal } = act;
  const [, what = '', id = ''] = /^(\w+) ?(.*)$/s.exec(form.text('do')) ?? [];
  if (what === 'save') return await saveSource(act);
  const source = settings.sources.find((one) => one.id === id);
  if (source === undefined) throw new FormError(`The config has no source “${id}”.`);
  const entry = [desk.parts.configPath, () => desk.parts.load('fresh'), id] as const;
  const name = `“${source.title ?? id}”`;
  if (what === 'pause' || what === 'resume') {
    const until = form.text('until');
    if (what === 'pause' && until && !isPaused({ paused: until }, desk.parts.now()))
      throw new FormError(`${until} is in the past. A pause ends when its day begins (UTC).`);
    await pauseSource(...entry, what === 'pause' ? until || true : null);
    return what === 'pause' ? `${name} paused${until && ` until ${until}`}` : `${name} resumed`;
  }
  if (what === 'move') {
    const start = await readProposedUrl(settings, id);
    const fetcher = createFetcher(settings);
    const url = start && (await findFeedUrl(start, { fetcher, settings, signal }).finally(() => fetcher.close()));
    if (!url) throw new FormError('No feed can be read at its new address.');
    await moveSource(...entry, url);
    return `${name} is read from its new address`;
  }
  if (what !== 'remove') throw new FormError('Unknown button.');
  await removeSource(...entry, form.has('articles'));
  return `${name} removed${form.has('articles') ? ' with its articles' : ', its articles stay'}`;
}

/** What was proposed is checked again as any entry of the config. */
async function saveSource({ form, desk }: Act): Promise<string> {
  const { url, named, title: proposed, kind, page, json, sitemap } = JSON.parse(form.required('found', 'The source'));
  const title = form.text('title') || proposed;
  const [topics, content] = [form.all('topic'), form.text('content') || undefined];
  const wanted = { url, title, named, kind, page, json, sitemap, content, ...(topics.length > 0 && { topics }) };
  const known = JSON.parse(JSON.stringify(wanted)); // without missing values
  const { leftOut } = await addSources(desk.parts.configPath, () => desk.parts.load('fresh'), [known]);
  for (const refused of leftOut) throw new FormError(`${refused.url} was not added: ${refused.why}.`);
  return `“${title ?? named ?? url}” added`;
}
