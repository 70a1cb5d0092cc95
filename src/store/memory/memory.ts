/** The store that ends with its process: for tests, and for those who embed us and keep nothing. */
import type { Store } from '../../ports/store/store.js';
import type { Backend } from '../backends.js';
import { type Sync, toAsync } from '../promised.js';
import { articleMethods } from './articles.js';
import { channelReads, channelWrites } from './channels.js';
import { neighbourMethods } from './neighbours.js';
import { readingMethods } from './reading.js';
import { storyMethods } from './stories.js';
import { emptyWorld, type World } from './world.js';

export const memory: Backend = { open: async () => openMemory() };

export function openMemory(): Store {
  const world = emptyWorld();
  const methods = {
    ...readingMethods(world),
    ...articleMethods(world),
    ...channelReads(world),
    ...channelWrites(world),
    ...neighbourMethods(world),
    ...plainMethods(world),
    ...storyMethods(world),
  };
  return toAsync(methods, (work) => work());
}

type Plain = Sync<
  Pick<
    Store,
    | 'fetchStates'
    | 'saveFetches'
    | 'forgetSources'
    | 'hosts'
    | 'saveHosts'
    | 'publishedFiles'
    | 'countPublished'
    | 'savePublishedFiles'
    | 'meta'
    | 'saveMeta'
    | 'close'
  >
>;

/** What is only put and taken. */
function plainMethods(world: World): Plain {
  return {
    fetchStates: () => new Map(world.states),
    saveFetches: (states) => {
      for (const state of states) world.states.set(state.sourceId, state);
    },
    forgetSources: (ids) => {
      for (const id of ids) {
        world.states.delete(id);
        world.memories.delete(id);
      }
    },
    hosts: () => [...world.hosts.values()],
    saveHosts: (hosts) => {
      for (const host of hosts) world.hosts.set(host.host, host);
    },
    publishedFiles: (which) => {
      const files = [...world.files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
      if (which === undefined) return files;
      if ('outside' in which) return files.filter(({ path }) => !path.startsWith(which.outside));
      const inside = files.filter(({ path }) => path.startsWith(which.inside));
      return inside.slice(which.from, which.from + which.limit);
    },
    countPublished: (folder) => [...world.files.keys()].filter((path) => path.startsWith(folder)).length,
    savePublishedFiles: (put, removed) => {
      for (const file of put) world.files.set(file.path, file);
      for (const path of removed) world.files.delete(path);
    },
    meta: (key) => world.meta.get(key) ?? null,
    saveMeta: (key, value) => {
      if (value === null) world.meta.delete(key);
      else world.meta.set(key, value);
    },
    close: () => {},
  };
}
