/** What an edition must make anew, and what lies in the folder already: decided before any article is read. */
import { type ChannelMetadata, channelMetadata, type Profiles } from '../../compose/channel-metadata.js';
import type { EditionSettings } from '../../compose/settings.js';
import { type ChannelPath, STORIES } from '../../model/channel.js';
import type { ChannelFacts } from '../../ports/store/channels.js';
import { archiveDocuments, type DirtyChannel, DirtyDocuments } from './dirty-documents.js';
import { archiveFiles, expectedDocuments, holdsCurrentFiles } from './edition-documents.js';
import { type EditionState, editionState, isNarrowed, metadataFingerprint, readState } from './edition-state.js';
import { healthInputs } from './health-files.js';
import type { PublishDeps, StoredEdition } from './publish-deps.js';
import type { PublishedNote } from './published-note.js';
import { brokenFiles, verifyFolder } from './verify-folder.js';

/** Meta key of the last edition's state. */
export const EDITION = 'edition';
/** Meta key of the note that files are being renamed: a list of the paths that the store does not know yet. */
export const PUBLISHING = 'publishing';

/** `recorded`: where nothing is needed, the files outside of the archive alone. */
export interface Plan extends StoredEdition {
  /** The channels that are wanted, by path. */
  readonly wanted: ReadonlyMap<ChannelPath, ChannelMetadata>;
  readonly work: ReadonlyMap<ChannelPath, DirtyChannel>;
  /** Of the last edition in the folder. */
  readonly note: PublishedNote;
  /** Recorded, but missing, of another size, or not as the last edition wrote it. */
  readonly broken: ReadonlySet<string>;
  /** Paths that an edition which did not end may have left; null: none. */
  readonly interrupted: readonly string[] | null;
  /** How many files are recorded. */
  readonly files: number;
  /** Channels that left the config, for good. */
  readonly dropped: readonly ChannelPath[];
  readonly before: EditionState | null;
  /** What the next edition is made with; its channels are filled in as they are made. */
  readonly next: EditionState;
  /** True where nothing is missing, damaged or too many, as far as it was checked. */
  readonly whole: boolean;
  /** False where what is published is what the store holds. */
  readonly needed: boolean;
  /** False where what is published of health is what we know of it. */
  readonly healthNeeded: boolean;
}

/** Reads no article and no file: rows and sizes; where nothing is new, of the archive only a part. */
export async function planEdition(deps: PublishDeps): Promise<Plan> {
  const { store, sink, settings, profiles, channels } = deps;
  const dirty = await store.dirty();
  const before = readState(await store.meta(EDITION));
  const unfinished = readNote(await store.meta(PUBLISHING));
  const wanted = wantedChannels(channels, settings, profiles);
  const parts = deps.parts.map(({ fingerprint }) => fingerprint).join(' ');
  const next = { ...editionState(settings, listed(settings, profiles), {}), parts };
  const last = (path: ChannelPath) => archiveDocuments(channels.get(path), settings.publish.archive);
  const work = new DirtyDocuments(wanted.keys(), last);
  for (const document of dirty) work.addDirty(document);
  addChanged(work, wanted, before, next);
  const dropped = leftConfig(channels.keys(), settings);
  const folder = await verifyFolder(store, sink, deps.now);
  const { note, leftOver } = folder;
  const interrupted = leftOver.length === 0 ? unfinished : [...(unfinished ?? []), ...leftOver];
  const whole =
    folder.broken.size === 0 &&
    interrupted === null &&
    folder.archives === archiveFiles(deps, wanted.keys(), last) &&
    holdsCurrentFiles(folder.current, wanted.keys(), deps);
  const needed =
    !whole ||
    work.all.size + dropped.length > 0 ||
    before?.settings !== next.settings ||
    before.sources !== next.sources ||
    (before.parts ?? '') !== parts ||
    (settings.publish.stories && dirty.some(({ channel }) => channel === STORIES));
  const healthNeeded = deps.health.some((file) => folder.current.get(file.path)?.inputs !== healthInputs(file));
  const files = folder.current.size + folder.archives;
  const plan = {
    note,
    wanted,
    channels,
    interrupted,
    dirty,
    dropped,
    before,
    next,
    files,
    needed,
    healthNeeded,
    whole,
  };
  if (!needed && !healthNeeded) return { ...plan, work: work.all, recorded: folder.current, broken: folder.broken };
  const recorded = new Map((await store.publishedFiles()).map((file) => [file.path, file]));
  if (whole) return { ...plan, work: work.all, recorded, broken: folder.broken };
  const broken = new Set([...folder.broken, ...(await brokenFiles(sink, [...recorded.values()]))]);
  for (const [path, place] of expectedDocuments(deps.writers, wanted.keys(), last)) {
    if (!recorded.has(path) || broken.has(path)) work.add(place.channel, place.number);
  }
  return { ...plan, work: work.all, recorded, broken };
}

/** What the list of sources is made from. */
function listed({ sources }: EditionSettings, profiles: Profiles): unknown {
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

/** A channel is published from its first article on, and stays when it empties. */
function wantedChannels(
  channels: ReadonlyMap<ChannelPath, ChannelFacts>,
  settings: EditionSettings,
  profiles: Profiles,
): Map<ChannelPath, ChannelMetadata> {
  const wanted = new Map<ChannelPath, ChannelMetadata>();
  for (const { channel, members, updatedAt } of channels.values()) {
    const metadata = members > 0 || updatedAt !== null ? channelMetadata(channel, settings, profiles) : null;
    if (metadata !== null) wanted.set(channel, metadata);
  }
  return wanted;
}

/** What the editor changed shows in heads at once; in full archive documents only where it must (a topic's name, addresses, rights). */
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

/** Channels of sources and topics that the config has no more; not those that are merely unwanted for now, as with `perSource: false`. */
function leftConfig(channels: Iterable<ChannelPath>, { sources, topics }: EditionSettings): ChannelPath[] {
  const there = new Set([...sources.map(({ id }) => `sources/${id}`), ...topics.map(({ id }) => `topics/${id}`)]);
  return [...channels].filter((path) => /^(?:sources|topics)\//.test(path) && !there.has(path));
}

function readNote(text: string | null): readonly string[] | null {
  if (text === null) return null;
  try {
    const paths: unknown = JSON.parse(text);
    return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
  } catch {
    return [];
  }
}
