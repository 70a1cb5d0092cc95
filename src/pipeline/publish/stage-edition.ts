/** Stages an edition: composes and writes everything that changed, and checks it before it may be committed. */

import { channelMetadata } from '../../compose/channel-metadata.js';
import { composeEdition } from '../../compose/edition.js';
import { createEntries } from '../../compose/entry.js';
import { formerPaths } from '../../compose/former-paths.js';
import { MANIFEST, type Manifest, manifestFile, readManifest } from '../../compose/manifest.js';
import { STORIES } from '../../model/channel.js';
import type { Edition, OutputFile } from '../../model/edition.js';
import type { Sink } from '../../ports/sink.js';
import { readDocumentPath } from '../../write/address.js';
import { preferredFeedFormat } from '../../write/formats.js';
import { expectedDocuments } from './edition-documents.js';
import { EntryRenderer } from './entry-renderer.js';
import { healthInputs, isHealth } from './health-files.js';
import type { Plan } from './plan.js';
import type { EditionPart, PublishDeps } from './publish-deps.js';
import { RenderCache } from './render-cache.js';
import { checkEdition, checkFolder, type HeadChange } from './safety-checks.js';
import { type StagedChannel, stageChannel } from './stage-channel.js';
import { stageStories } from './stage-stories.js';
import type { StagedFiles } from './staged-files.js';

/** A staged edition, ready to be committed. */
export interface StagedEdition {
  readonly plan: Plan;
  readonly files: StagedFiles;
  readonly channels: readonly StagedChannel[];
  readonly removals: readonly string[];
}

/** Where only health files changed. */
export async function stageHealth(deps: PublishDeps, plan: Plan, files: StagedFiles): Promise<StagedEdition> {
  for (const file of deps.health) await files.put(file, healthInputs(file));
  for (const path of plan.recorded.keys()) files.keep(path);
  return { plan, files, channels: [], removals: [] };
}

export async function stageEdition(
  deps: PublishDeps,
  plan: Plan,
  files: StagedFiles,
  signal: AbortSignal,
): Promise<StagedEdition> {
  const channels = await stageChannels(deps, plan, files, signal);
  const dates = [...channels.map(dated), ...(deps.digests ?? [])];
  const feedFormat = preferredFeedFormat(deps.settings.publish.formats);
  const edition = composeEdition(deps.settings, deps.profiles, dates, feedFormat);
  for (const writer of deps.writers) for (const file of writer.edition(edition)) await files.put(file);
  for (const part of deps.parts) await stagePart(part, edition, plan, files, signal);
  for (const file of deps.health) await files.put(file, healthInputs(file));
  keepUnchanged(deps, channels, plan, files);
  // The folder contains the recorded files, unless an edition was interrupted or something else changed it.
  const folder = plan.whole && plan.before !== null ? null : await folderManifest(deps.sink);
  const sized = [...files.all.values()].map(({ path, size }) => ({
    path,
    size: isHealth(path, deps.health) ? null : size,
  }));
  await files.put(manifestFile(deps.settings.site.url, sized, deps.pages));
  const removals = removedPaths(plan, files, folder);
  if (deps.gate === 'check') {
    checkEdition(channels.flatMap((channel) => headChange(channel, deps, plan, files)));
    if (plan.before === null && folder?.site === deps.settings.site.url) checkFolder(removals, folder.paths);
  }
  return { plan, files, channels, removals };
}

/** Stages channel by channel, with one document in memory at a time. */
async function stageChannels(
  deps: PublishDeps,
  plan: Plan,
  files: StagedFiles,
  signal: AbortSignal,
): Promise<StagedChannel[]> {
  const { settings, profiles } = deps;
  const entryOf = createEntries(settings);
  const renderer = new EntryRenderer(deps.writers);
  const cache = new RenderCache(deps.store, entryOf, renderer);
  const tools = { ...deps, entryOf, renderer, cache, put: (file: OutputFile) => files.put(file) };
  const channels: StagedChannel[] = [];
  for (const [path, metadata] of plan.wanted) {
    if (path === STORIES) continue;
    signal.throwIfAborted();
    const facts = plan.channels.get(path)!;
    const work = plan.work.get(path) ?? NO_WORK;
    channels.push(await stageChannel(metadata, facts, work, tools));
  }
  const stories = channelMetadata(STORIES, settings, profiles);
  if (stories !== null) {
    const lastDate = plan.channels.get(STORIES)?.updatedAt ?? null;
    channels.push(await stageStories(stories, deps.stories, lastDate, tools));
  }
  return channels.filter(({ updatedAt }) => updatedAt !== null);
}

const NO_WORK = { head: false, archives: new Set<number>(), mayShrink: false };

async function stagePart(
  part: EditionPart,
  edition: Edition,
  plan: Plan,
  files: StagedFiles,
  signal: AbortSignal,
): Promise<void> {
  for await (const { path, inputs, make } of part.files(edition, plan, signal)) {
    if (plan.recorded.get(path)?.inputs === inputs && !plan.broken.has(path)) {
      files.keep(path);
      continue;
    }
    const bytes = await make();
    if (bytes !== null) await files.put({ path, bytes }, inputs);
  }
}

/** Keeps documents of this edition that were not rendered again. */
function keepUnchanged(
  { writers, settings }: PublishDeps,
  channels: readonly StagedChannel[],
  { recorded }: Plan,
  files: StagedFiles,
): void {
  const last = new Map<string, number>(channels.map(({ metadata, lastArchive }) => [metadata.path, lastArchive]));
  const heads = expectedDocuments(
    writers,
    last.keys(),
    () => 0,
    (path) => formerPaths(path, settings),
  );
  const formats = new Set<string>(
    writers.filter(({ document }) => document('all', 1) !== null).map(({ format }) => format),
  );
  const isPartOfEdition = (path: string): boolean => {
    const document = readDocumentPath(path);
    if (document === null || document.number === null) return heads.has(path);
    return formats.has(document.format) && document.number <= (last.get(document.channel) ?? 0);
  };
  for (const path of recorded.keys()) if (isPartOfEdition(path)) files.keep(path);
}

async function folderManifest(sink: Sink): Promise<Manifest | null> {
  const bytes = await sink.read(MANIFEST);
  return bytes === null ? null : readManifest(Buffer.from(bytes).toString('utf8'));
}

/** Files of earlier editions that this edition does not contain. */
function removedPaths(plan: Plan, files: StagedFiles, folder: Manifest | null): string[] {
  const known = [...plan.recorded.keys(), ...(plan.interrupted ?? []), ...(folder?.paths ?? [])];
  return [...new Set(known.filter((path) => !files.all.has(path)))].sort();
}

function headChange(
  { metadata, entryIds }: StagedChannel,
  { writers }: PublishDeps,
  plan: Plan,
  files: StagedFiles,
): HeadChange[] {
  if (entryIds === null) return [];
  const before = plan.before?.channels[metadata.path]?.entries ?? 0;
  const settingsChanged = plan.before?.settings !== plan.next.settings;
  const hasTakedown = metadata.kind === 'stories' && plan.dirty.some(({ takedown }) => takedown);
  const mayShrink = settingsChanged || hasTakedown || (plan.work.get(metadata.path)?.mayShrink ?? false);
  const paths = writers.flatMap((writer) => writer.document(metadata.path, null) ?? []);
  const bytes = Math.max(0, ...paths.map((path) => files.all.get(path)?.size ?? 0));
  return [{ channel: metadata.path, before, entryIds, bytes, mayShrink }];
}

function dated({ metadata, updatedAt }: StagedChannel) {
  return { metadata, updatedAt: updatedAt! };
}
