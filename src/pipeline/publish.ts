/** Our store → the published folder: what changed is composed, written, looked at once more, and put in its place whole. */
import { composeEdition } from '../compose/edition.js';
import { createEntries } from '../compose/entry.js';
import { channelFace, type Profiles } from '../compose/face.js';
import { MANIFEST, type Manifest, manifestFile, readManifest } from '../compose/manifest.js';
import type { EditionSettings } from '../compose/settings.js';
import type { Edition, OutputFile } from '../model/edition.js';
import type { Story } from '../model/story.js';
import type { Sink, Store } from '../ports.js';
import type { Writer } from '../write/formats.js';
import { type ChannelDeps, type StagedChannel, stageChannel } from './edition-channel.js';
import { expectedDocuments, healthInputs, isHealth, type Plan, planEdition, STORIES } from './edition-plan.js';
import { stageStories } from './edition-stories.js';
import { goLive, type PublishResult, resultOf } from './go-live.js';
import { Press } from './press.js';
import { checkEdition, checkFolder } from './publish-gate.js';
import { rehearsal } from './rehearsal.js';

export interface PublishDeps {
  readonly store: Store;
  readonly sink: Sink;
  readonly writers: readonly Writer[];
  readonly settings: EditionSettings;
  /** What each source's feed says of itself. */
  readonly profiles: Profiles;
  /** Asked only where something is published. */
  stories(): Promise<readonly Story[]>;
  /** More files that follow the edition: pages. */
  readonly parts: readonly EditionPart[];
  /** Files that tell of health (`status.*`): they change without news and without a new manifest. */
  readonly health: readonly OutputFile[];
  readonly now: Date;
  /** `dry-run`: everything but the last step. */
  readonly mode: 'publish' | 'dry-run';
  /** `force`: past the gate. */
  readonly gate: 'check' | 'force';
}

/** Files beside the feeds that an edition carries. */
export interface EditionPart {
  /** Whether it makes files of that path; those that it makes no more are removed. */
  owns(path: string): boolean;
  /** All its files, whether they changed or not: what did not is not made again. */
  files(edition: Edition, signal: AbortSignal): AsyncIterable<PartFile>;
}
export interface PartFile {
  readonly path: string;
  /** Fingerprint of all that it is made from. */
  readonly inputs: string;
  make(): Promise<OutputFile['bytes']>;
}

/** An edition laid aside, ready to go live. */
export interface StagedEdition {
  readonly plan: Plan;
  readonly press: Press;
  readonly channels: readonly StagedChannel[];
  readonly removals: readonly string[];
}

/**
 * One edition. Where nothing changed, no article and no file is read. Throws PublishError: PUBLISH_REFUSED by the gate,
 * PUBLISH_FULL and PUBLISH_FAILED by the folder; StoreError; the signal's reason. What was published then stays.
 */
export async function publish(deps: PublishDeps, signal: AbortSignal): Promise<PublishResult> {
  const plan = await planEdition(deps);
  if (!plan.needed && !plan.healthNeeded) return await nothingNew(deps, plan);
  const publishing = deps.mode === 'publish' ? await deps.sink.begin() : rehearsal(deps.sink);
  const press = new Press(publishing, plan.recorded);
  try {
    const staged = plan.needed ? await stageEdition(deps, plan, press, signal) : await stageHealth(deps, plan, press);
    await press.finish();
    signal.throwIfAborted();
    if (deps.mode === 'publish') return await goLive(deps, staged, publishing);
    await publishing.abort();
    return resultOf(deps, staged, { written: [...press.staged], removed: staged.removals, bytes: press.bytes });
  } catch (error) {
    await press.idle();
    await publishing.abort();
    throw error;
  }
}

/** What is dirty all the same concerns no file: channels that are not published, revisions of what full archive documents show. */
async function nothingNew({ store, mode }: PublishDeps, plan: Plan): Promise<PublishResult> {
  if (plan.dirty.length > 0 && mode === 'publish') await store.clearDirty(plan.dirty);
  const files = { written: 0, unchanged: plan.recorded.size, removed: 0, bytes: 0 };
  return { files, changed: false, changedFeeds: [], written: [], removed: [] };
}

async function stageHealth(deps: PublishDeps, plan: Plan, press: Press): Promise<StagedEdition> {
  for (const file of deps.health) await press.put(file, healthInputs(file));
  for (const path of plan.recorded.keys()) press.keep(path);
  return { plan, press, channels: [], removals: [] };
}

async function stageEdition(deps: PublishDeps, plan: Plan, press: Press, signal: AbortSignal): Promise<StagedEdition> {
  const channels = await stageChannels(deps, plan, press, signal);
  const edition = composeEdition(deps.settings, deps.profiles, channels.map(dated));
  for (const writer of deps.writers) for (const file of writer.edition(edition)) await press.put(file);
  for (const part of deps.parts) await stagePart(part, edition, plan, press, signal);
  for (const file of deps.health) await press.put(file, healthInputs(file));
  keepStanding(deps, channels, press);
  const folder = await folderManifest(deps.sink);
  const sized = [...press.files.values()].map(({ path, size }) => ({ path, size: isHealth(path, deps) ? null : size }));
  await press.put(manifestFile(deps.settings.site.url, sized));
  const removals = removedPaths(plan, press, folder);
  if (deps.gate === 'check') {
    checkEdition(channels.flatMap((channel) => headChange(channel, plan)));
    if (plan.before === null && folder?.site === deps.settings.site.url) checkFolder(removals, folder.paths);
  }
  return { plan, press, channels, removals };
}

/** Channel by channel: only one document is in memory at a time. */
async function stageChannels(
  deps: PublishDeps,
  plan: Plan,
  press: Press,
  signal: AbortSignal,
): Promise<StagedChannel[]> {
  const { settings, profiles } = deps;
  const tools: ChannelDeps = { ...deps, entryOf: createEntries(settings), put: (file) => press.put(file) };
  const channels: StagedChannel[] = [];
  for (const [path, face] of plan.faces) {
    if (path === STORIES) continue;
    signal.throwIfAborted();
    const facts = plan.facts.get(path)!;
    const work = plan.work.get(path) ?? NO_WORK;
    channels.push(await stageChannel(face, facts, work, tools));
  }
  const stories = channelFace(STORIES, settings, profiles);
  if (stories !== null) {
    const lastDate = plan.facts.get(STORIES)?.updatedAt ?? null;
    channels.push(await stageStories(stories, await deps.stories(), lastDate, tools));
  }
  return channels.filter(({ updatedAt }) => updatedAt !== null);
}

const NO_WORK = { head: false, archives: new Set<number>(), mayShrink: false };

async function stagePart(
  part: EditionPart,
  edition: Edition,
  { recorded, broken }: Plan,
  press: Press,
  signal: AbortSignal,
): Promise<void> {
  for await (const { path, inputs, make } of part.files(edition, signal)) {
    if (recorded.get(path)?.inputs === inputs && !broken.has(path)) press.keep(path);
    else await press.put({ path, bytes: await make() }, inputs);
  }
}

/** The documents that this edition consists of and had no reason to make again. */
function keepStanding(deps: PublishDeps, channels: readonly StagedChannel[], press: Press): void {
  const last = new Map(channels.map(({ face, lastArchive }) => [face.path, lastArchive]));
  const expected = expectedDocuments(deps.writers, last.keys(), (path) => last.get(path) ?? 0);
  for (const path of expected.keys()) press.keep(path);
}

async function folderManifest(sink: Sink): Promise<Manifest | null> {
  const bytes = await sink.read(MANIFEST);
  return bytes === null ? null : readManifest(Buffer.from(bytes).toString('utf8'));
}

/** What we or the edition that lay here before once put into the folder, and this edition has no more. */
function removedPaths(plan: Plan, press: Press, folder: Manifest | null): string[] {
  const known = new Set([...plan.recorded.keys(), ...(plan.interrupted ?? []), ...(folder?.paths ?? [])]);
  return [...known].filter((path) => !press.files.has(path)).sort();
}

function headChange({ face, entryIds }: StagedChannel, plan: Plan) {
  if (entryIds === null) return [];
  const before = plan.before?.channels[face.path]?.entries ?? 0;
  const settingsChanged = plan.before?.settings !== plan.next.settings;
  const tookBack = face.kind === 'stories' && plan.dirty.some(({ takedown }) => takedown);
  const mayShrink = settingsChanged || tookBack || (plan.work.get(face.path)?.mayShrink ?? false);
  return [{ channel: face.path, before, entryIds, mayShrink }];
}

function dated({ face, updatedAt }: StagedChannel) {
  return { face, updatedAt: updatedAt! };
}
