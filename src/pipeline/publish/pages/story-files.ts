/** Determines which story pages and feeds to write: those of changed stories, or all if shared data changed. */
import type { ArticleRef } from '../../../model/article.js';
import { parseStoryMark } from '../../../model/channel.js';
import type { StoryRef } from '../../../model/story.js';
import type { DirtyDocument } from '../../../ports/store/channels.js';
import type { PublishedFile } from '../../../ports/store/editions.js';
import type { Store } from '../../../ports/store/store.js';
import type { PartFile } from '../edition-parts.js';
import type { ReadStory, StoryReader } from './story-reader.js';

export interface StoryFile extends Omit<StoryInputs, 'shown'> {
  readonly path: string;
  readonly inputs: string;
}

export interface StoryInputs {
  readonly frame: string;
  readonly story: StoryRef;
  /** 0: none. */
  readonly lead: ArticleRef;
  readonly names: readonly StoryRef[];
  readonly shown: string;
}

export function joinStoryFileInputs({ frame, story, lead, names, shown }: StoryInputs): string {
  return ['story', frame, story, lead, names.join(','), shown].join(' ');
}

/** Omits files with unreadable inputs, which are written again. */
function readStoryFiles(files: Iterable<PublishedFile>): StoryFile[] {
  return [...files].flatMap(({ path, inputs }) => {
    const [kind, frame, story, lead, names, shown] = inputs?.split(' ') ?? [];
    if (kind !== 'story' || shown === undefined) return [];
    const named = names === '' ? [] : names!.split(',').map(Number);
    return [{ path, inputs: inputs!, frame: frame!, story: Number(story), lead: Number(lead), names: named }];
  });
}

export function listDirtyStories(dirty: readonly DirtyDocument[]): StoryRef[] {
  return dirty.flatMap(({ channel }) => parseStoryMark(channel) ?? []);
}

export interface StoryWork {
  readonly store: Pick<Store, 'multiSourceRefs' | 'storyAliases'>;
  readonly reader: StoryReader;
  readonly recorded: ReadonlyMap<string, PublishedFile>;
  readonly frame: string;
  owns(path: string): boolean;
  /** Changed stories; not called if all files are written. */
  changed(files: readonly StoryFile[]): Promise<Iterable<StoryRef>>;
  make(story: ReadStory, aliases: readonly string[]): AsyncIterable<PartFile>;
}

const AT_ONCE = 1000;

export async function* makeStoryFiles(work: StoryWork): AsyncIterable<PartFile> {
  const { reader, recorded, frame, owns } = work;
  const files = readStoryFiles(recorded.values()).filter(({ path }) => owns(path));
  const isKnown = files.some((file) => file.frame === frame);
  const aliases = await readAliases(work.store);
  const stories = new Set(
    isKnown ? await work.changed(files) : [...(await listAllStories(work.store)), ...aliases.keys()],
  );
  for await (const story of reader.read([...stories].sort((a, b) => b - a))) {
    yield* work.make(story, aliases.get(story.ref) ?? []);
  }
  if (!isKnown) return;
  for (const file of files) if (!stories.has(file.story)) yield keepFile(file, work, aliases);
}

async function readAliases(store: StoryWork['store']): Promise<ReadonlyMap<StoryRef, string[]>> {
  const slugs = new Map<StoryRef, string[]>();
  for (const { slug, story } of await store.storyAliases()) slugs.set(story, [...(slugs.get(story) ?? []), slug]);
  return slugs;
}

async function listAllStories(store: StoryWork['store']): Promise<StoryRef[]> {
  const found: StoryRef[] = [];
  for (;;) {
    const refs = await store.multiSourceRefs(found.at(-1) ?? 0, AT_ONCE);
    found.push(...refs);
    if (refs.length < AT_ONCE) return found;
  }
}

/** Keeps the published file; reads its story only if the file is broken. */
function keepFile(file: StoryFile, work: StoryWork, aliases: ReadonlyMap<StoryRef, string[]>): PartFile {
  const make = async () => {
    for await (const story of work.reader.read([file.story])) {
      for await (const made of work.make(story, aliases.get(file.story) ?? [])) {
        if (made.path === file.path) return await made.make();
      }
    }
    return null;
  };
  return { path: file.path, inputs: file.inputs, make };
}
