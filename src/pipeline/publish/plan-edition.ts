/** Plans an edition without reading articles: what to render, and which files exist. */
import { type ChannelMetadata, channelMetadata, type Profiles } from '../../compose/channel-metadata.js';
import { listFormerPaths } from '../../compose/former-paths.js';
import { MANIFEST, type Manifest, readManifest } from '../../compose/manifest.js';
import type { EditionSettings } from '../../compose/settings.js';
import { type ChannelPath, parseStoryMark, STORIES } from '../../model/channel.js';
import { listQuestionChannels } from '../../model/question.js';
import type { Sink } from '../../ports/sink.js';
import type { ChannelFacts } from '../../ports/store/channels.js';
import { AUTHORS } from '../../text/author-slug.js';
import { countPublishedArchives, DirtyDocuments } from './dirty-documents.js';
import { countArchiveFiles, hasCurrentFiles, healthInputs, listExpectedDocuments } from './edition-documents.js';
import {
  createEditionState,
  type EditionState,
  isNarrowed,
  metadataFingerprint,
  readEditionState,
} from './edition-state.js';
import type { EditionContents, Plan, PublishContext } from './edition-work.js';
import { findBrokenFiles } from './verify-folder.js';

/** Meta key: JSON list of paths being renamed that are not recorded yet. */
export const PUBLISHING = 'publishing';

/** Reads rows and file sizes only; if nothing changed, only part of the archive. */
export async function planEdition(
  { store, publishing }: PublishContext,
  { settings, profiles, channels, folder, ...contents }: EditionContents,
): Promise<Plan> {
  const { sink, writers } = publishing;
  const makers = { ...contents, writers };
  const dirty = await store.dirty();
  const before = await readEditionState(store);
  const unfinished = await store.readJson<string[]>(PUBLISHING);
  const wanted = selectChannels(channels, settings, profiles);
  const parts = contents.parts.map(({ fingerprint }) => fingerprint).join(' ');
  const pages = contents.pages === null ? {} : { pages: contents.pages };
  const next = { ...createEditionState(settings, listSourceInputs(settings, profiles), {}), parts, ...pages };
  const last = (path: ChannelPath) => countPublishedArchives(channels.get(path), settings.publish.archive);
  const resolveFormerPaths = (path: ChannelPath) => listFormerPaths(path, settings);
  const work = new DirtyDocuments(wanted.keys(), last);
  for (const document of dirty) work.addDirty(document);
  addChanged(work, wanted, before, next);
  const dropped = findDroppedChannels(channels.values(), settings);
  const { note, leftOver, current, files, archives, sealed, broken } = folder;
  const interrupted = leftOver.length === 0 ? unfinished : [...(unfinished ?? []), ...leftOver];
  const whole =
    broken.size === 0 &&
    interrupted === null &&
    archives === countArchiveFiles(makers, wanted.keys(), last) &&
    hasCurrentFiles(current, wanted.keys(), makers, resolveFormerPaths);
  const needed =
    !whole ||
    work.all.size + dropped.length > 0 ||
    before?.settings !== next.settings ||
    before.sources !== next.sources ||
    (before.parts ?? '') !== parts ||
    (settings.publish.stories && dirty.some(({ channel }) => channel === STORIES || parseStoryMark(channel) !== null));
  const healthNeeded = contents.health.some((file) => current.get(file.path)?.inputs !== healthInputs(file));
  const manifest = whole && before !== null ? null : await readFolderManifest(sink);
  const plan = {
    note,
    sealed,
    wanted,
    channels,
    interrupted,
    dirty,
    dropped,
    before,
    next,
    files,
    manifest,
    needed,
    healthNeeded,
  };
  if (!needed) return { ...plan, work: work.all, recorded: current, broken };
  const recorded = new Map((await store.publishedFiles()).map((file) => [file.path, file]));
  if (whole) return { ...plan, work: work.all, recorded, broken };
  const allBroken = new Set([...broken, ...(await findBrokenFiles(sink, [...recorded.values()]))]);
  for (const [path, place] of listExpectedDocuments(writers, wanted.keys(), last, resolveFormerPaths)) {
    if (!recorded.has(path) || allBroken.has(path)) work.add(place.channel, place.number);
  }
  return { ...plan, work: work.all, recorded, broken: allBroken };
}

async function readFolderManifest(sink: Pick<Sink, 'read'>): Promise<Manifest | null> {
  const bytes = await sink.read(MANIFEST);
  return bytes === null ? null : readManifest(Buffer.from(bytes).toString('utf8'));
}

function listSourceInputs({ sources }: EditionSettings, profiles: Profiles): unknown {
  return sources.map(({ id, url, title }) => {
    const profile = profiles.get(id);
    return [
      id,
      url,
      title,
      profile?.title,
      profile?.feedUrl,
      profile?.homeUrl,
      profile?.description,
      profile?.language,
    ];
  });
}

/** A channel is published from its first article on, even when it becomes empty later. Authors without articles have none. */
function selectChannels(
  channels: ReadonlyMap<ChannelPath, ChannelFacts>,
  settings: EditionSettings,
  profiles: Profiles,
): Map<ChannelPath, ChannelMetadata> {
  const wanted = new Map<ChannelPath, ChannelMetadata>();
  for (const { channel, members, updatedAt } of channels.values()) {
    const isPublished = members > 0 || (updatedAt !== null && !isAuthorChannel(channel));
    const metadata = isPublished ? channelMetadata(channel, settings, profiles) : null;
    if (metadata !== null) wanted.set(channel, metadata);
  }
  return new Map([...wanted].map(([path, metadata]) => [path, keepPublishedTranslations(metadata, wanted)]));
}

function keepPublishedTranslations(
  metadata: ChannelMetadata,
  wanted: ReadonlyMap<ChannelPath, unknown>,
): ChannelMetadata {
  const { translations, ...others } = metadata;
  const published = translations?.filter(({ path }) => wanted.has(path)) ?? [];
  return published.length === 0 ? others : { ...others, translations: published };
}

/** Full archive documents are rendered only if necessary: topic labels, addresses, permissions. */
function addChanged(
  work: DirtyDocuments,
  wanted: ReadonlyMap<ChannelPath, ChannelMetadata>,
  before: EditionState | null,
  next: EditionState,
): void {
  const moved = before?.siteUrl !== next.siteUrl || before.feedsUrl !== next.feedsUrl || isNarrowed(before, next);
  for (const [path, metadata] of wanted) {
    const known = before?.channels[path]?.metadata === metadataFingerprint(metadata);
    if (!known || before?.settings !== next.settings) work.addGrowing(path);
    const topic = path.slice('topics/'.length);
    const renamed = metadata.kind === 'topic' && before?.topics[topic] !== next.topics[topic];
    if (moved || renamed) work.addWholeArchive(path);
  }
}

function isAuthorChannel(path: ChannelPath): boolean {
  return path.startsWith(`${AUTHORS}/`);
}

/** Channels that left the config, and authors without articles. Keeps disabled ones, such as by `perSource: false`. */
function findDroppedChannels(channels: Iterable<ChannelFacts>, settings: EditionSettings): ChannelPath[] {
  const { sources, topics } = settings;
  const there = new Set([
    ...sources.map(({ id }) => `sources/${id}`),
    ...topics.map(({ id }) => `topics/${id}`),
    ...listQuestionChannels(settings).map(({ path }) => path),
  ]);
  const isDropped = ({ channel, members }: ChannelFacts) =>
    isAuthorChannel(channel)
      ? members === 0 || settings.authors === undefined
      : /^(?:sources|topics|channels|language)\//.test(channel) && !there.has(channel);
  return [...channels].filter(isDropped).map(({ channel }) => channel);
}
