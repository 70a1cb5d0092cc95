/** Prepares an edition: checks the folder, fetches pictures and collects the content. */
import { collectProfiles, type Profiles } from '../../compose/channel-metadata.js';
import type { OutputFile } from '../../model/edition.js';
import type { Store } from '../../ports/store/store.js';
import { withReservations } from '../facts/reservations.js';
import { withOwnHomes } from '../facts/site-ownership.js';
import { readLeadRules, readPinnedArticles } from '../organize/apply-desk.js';
import { readAuthors } from '../organize/author-channels.js';
import type { CurrentRun, RunContext, RunSettings, SourceStates } from '../run-context.js';
import { publishDigests } from './digests/digests.js';
import { createFixedPart, type EditionPart } from './edition-parts.js';
import { findFormerSources, readEditionState } from './edition-state.js';
import type { EditionContents } from './edition-work.js';
import { composeFailureFeed } from './pages/failure-feed.js';
import { postImages } from './pages/post-images.js';
import { createSiteFiles } from './pages/site.js';
import { createTdmFiles } from './pages/tdm-file.js';
import { fetchPictures } from './pictures/fetch-pictures.js';
import type { SourceIconFile } from './pictures/icon-files.js';
import type { PictureFilesDeps } from './pictures/picture-files.js';
import { verifyFolder } from './verify-folder.js';

/** Requires placed articles. Closes due digest issues. */
export async function prepareEdition(
  context: RunContext,
  current: CurrentRun,
  states: SourceStates,
): Promise<EditionContents> {
  const { settings: configured, store, clock, reading, publishing } = context;
  const { now } = current.options;
  const { sink, writers, theme, search, icons } = publishing;
  const folder = await verifyFolder(store, sink, clock.boot());
  await fetchPictures(context, current, folder, states);
  const formerSources = findFormerSources(await readEditionState(store), configured.sources);
  const authors = await readAuthors(store, configured.sources);
  const sources = withReservations(configured.sources, states);
  const settings = { ...configured, formerSources, sources, ...(authors !== null && { authors }) };
  const profiles = collectProfiles(withOwnHomes(configured.sources, states));
  const pins = await readPinnedArticles(store);
  const leads = await readLeadRules(settings, store);
  const { digests, parts: digestParts } = await publishDigests({
    ...{ store, settings, writers, theme, leads },
    readIntroduction: publishing.readIntroduction,
  });
  const channels = new Map((await store.channels()).map((each) => [each.channel, each]));
  const version = reading.readerVersion;
  const site = await createSiteFiles({
    store,
    settings,
    writers,
    profiles,
    channels,
    states,
    leads,
    pins,
    theme,
    search,
    version,
    now,
  });
  const failures = settings.publish.failures ? [await failureFile(store, settings, { profiles, states, now })] : [];
  const parts = [
    ...site.parts,
    ...postImages(settings.sources, states, reading.fetcher),
    ...digestParts,
    ...createTdmFiles(settings),
    createFixedPart((path) => icons.channels.some((file) => file.path === path), icons.channels),
    ...(theme === null ? [] : await createPictureParts({ settings, store, sink }, icons.sources)),
  ];
  const health = [...site.health, ...failures];
  return { settings, profiles, channels, leads, parts, pages: site.pages, digests, health, folder };
}

async function createPictureParts(deps: PictureFilesDeps, named: readonly SourceIconFile[]): Promise<EditionPart[]> {
  const [{ pictureFiles }, { createIconFiles }] = await Promise.all([
    import('./pictures/picture-files.js'),
    import('./pictures/icon-files.js'),
  ]);
  return [pictureFiles(deps), await createIconFiles(deps.settings, deps.store, named)];
}

async function failureFile(
  store: Store,
  settings: RunSettings,
  { profiles, states, now }: { readonly profiles: Profiles; readonly states: SourceStates; readonly now: Date },
): Promise<OutputFile> {
  const { announce } = settings;
  const troubles =
    announce.length === 0
      ? []
      : await (await import('./pages/target-troubles.js')).findTargetTroubles(store, announce, now);
  const { writeAtom } = await import('../../write/atom/atom.js');
  const bytes = writeAtom(await composeFailureFeed({ settings, profiles, states }, troubles));
  return { path: 'failures.atom', bytes };
}
