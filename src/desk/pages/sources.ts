/** Adds, pauses, moves and removes sources, and shows their health with a remedy. */
import { suggestUsualFix } from '../../app/add-source/check-live.js';
import { addSources, moveSource, pauseSource, removeSource } from '../../app/add-source/edit-sources.js';
import { findNewUrl, proposeSource, toRequestedSource } from '../../app/add-source/propose-source.js';
import { listTopics } from '../../app/desk/names.js';
import { shownState } from '../../app/status/overview.js';
import { readSiteStatus } from '../../app/status/site-status.js';
import { isDay } from '../../config/values.js';
import { completeWebAddress } from '../../model/address.js';
import type { Licence } from '../../model/source.js';
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
  const own = new Map(settings.sources.map((source) => [source.id, source]));
  const rows = await readSiteStatus(settings, desk.parts.now());
  const data = {
    proposal,
    topics: listTopics(settings),
    sources: rows.map((row) => ({
      ...row,
      shown: shownState(row),
      isOwn: own.has(row.id),
      remedy: row.error === null ? null : suggestUsualFix(row.error),
    })),
  };
  return { title: 'Sources', template: 'sources', data };
}

const HEADLINES = 5;

async function propose(visit: PageVisit & { readonly form: Form }): Promise<Page> {
  const { form, settings, signal } = visit;
  const given = form.required('address', 'The address');
  if (completeWebAddress(given) === null) throw new FormError(`“${given}” is not a web address.`);
  const found = await proposeSource(given, settings, signal);
  const wanted = toRequestedSource(found);
  const headlines = 'format' in found ? found.headlines : 'entries' in found ? found.entries : found.items;
  return await showSources(visit, {
    address: given,
    url: found.url,
    kind: wanted.kind ?? 'feed',
    title: wanted.title ?? '',
    named: wanted.title ?? wanted.named ?? found.url,
    found: JSON.stringify(wanted),
    headlines: headlines.slice(0, HEADLINES),
    doubt: 'doubt' in found ? found.doubt : null,
    unreadable: found.unreadable ?? [],
    others: 'others' in found ? found.others : [],
  });
}

const LICENCES: readonly Licence[] = ['full', 'summary', 'none'];

/** `do`: `save`, or `move`, `pause`, `resume` or `remove` and an id. */
async function changeSource(act: Act): Promise<string> {
  const { form, desk, settings, signal } = act;
  const { configPath } = desk.parts;
  const load = () => desk.parts.load('fresh');
  const [, what = '', id = ''] = /^(\w+) ?(.*)$/s.exec(form.text('do')) ?? [];
  if (what === 'save') return await saveSource(act);
  const source = settings.sources.find((one) => one.id === id);
  if (source === undefined) throw new FormError(`The config has no source “${id}”.`);
  const name = `“${source.title ?? id}”`;
  if (what === 'pause') {
    const until = form.text('until');
    if (until !== '' && !isDay(until)) throw new FormError(`“${until}” is not a day such as 2026-12-24.`);
    await pauseSource(configPath, load, id, until || true);
    return until === '' ? `${name} paused` : `${name} paused until ${until}`;
  }
  if (what === 'resume') {
    await pauseSource(configPath, load, id, null);
    return `${name} resumed`;
  }
  if (what === 'move') {
    const found = await findNewUrl(settings, id, null, signal);
    if ('refused' in found) throw new FormError(`${found.refused}.`);
    await moveSource(configPath, load, id, found.url);
    return `${name} is read from its new address`;
  }
  if (what !== 'remove') throw new FormError('Unknown button.');
  await removeSource(configPath, load, id, form.has('articles'));
  return `${name} removed${form.has('articles') ? ' with its articles' : ', its articles stay'}`;
}

/** What was proposed is checked again as any entry of the config. */
async function saveSource({ form, desk, settings }: Act): Promise<string> {
  const { url, named, title: proposed, kind, page, json, sitemap } = JSON.parse(form.required('found', 'The source'));
  const title = form.text('title') || proposed;
  const topics = form.all('topic').filter((topic) => settings.topics.some(({ id }) => id === topic));
  const content = LICENCES.find((one) => one === form.text('content'));
  const wanted = {
    url,
    title,
    named,
    ...(kind && { kind, page, json, sitemap }),
    content,
    ...(topics.length > 0 && { topics }),
  };
  const known = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const result = await addSources(desk.parts.configPath, () => desk.parts.load('fresh'), [{ ...known, url }]);
  const [refused] = result.leftOut;
  if (refused !== undefined) throw new FormError(`${refused.url} was not added: ${refused.why}.`);
  return `“${title ?? named ?? url}” added`;
}
