/** A store of a database: the methods of all repositories, one at a time. */
import type { StoreSettings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import type { RoundStore } from '../../ports/rounds.js';
import type { Backend, Store, StoreMode } from '../../ports/store/store.js';
import { articleMethods } from './articles/articles.js';
import { editsMethods } from './articles/edits.js';
import { enrichmentMethods } from './articles/enrichment.js';
import { fullTextMethods } from './articles/full-texts.js';
import { hiddenMethods } from './articles/hidden.js';
import { identityMethods } from './articles/identity.js';
import { pictureMethods } from './articles/pictures.js';
import { pruneMethods } from './articles/prune.js';
import { topicMethods } from './articles/topics.js';
import { channelMethods } from './channels/channels.js';
import { placementMethods } from './channels/placement.js';
import type { Database } from './database.js';
import { dirtyMethods } from './dirty.js';
import { editionMethods } from './editions.js';
import { outboxMethods } from './outbox.js';
import { renameMethods } from './rename.js';
import { sourceMethods } from './sources/sources.js';
import { subscriptionMethods } from './sources/subscriptions.js';
import { storyMethods } from './stories/stories.js';

/** An open database that holds a store. */
export interface OpenDatabase {
  readonly db: Database;
  /** Each method of a reader sees one state of the database; a writer is the only one that changes it. */
  readonly mode: 'write' | 'read';
  /** Converts errors of the database; what is no error of the store is returned unchanged. */
  readonly failure: (error: unknown) => unknown;
  /** See `Store.isInPlace`. */
  readonly isInPlace?: () => boolean;
  /** To be called once. */
  readonly close: () => void | Promise<void>;
  /** Missing: of one process. */
  readonly rounds?: SharedRounds;
}

/** What a store has that several processes share. */
export interface SharedRounds {
  /** Called in the transaction that saves the states of these feeds, before they are saved. */
  readonly take: (feeds: readonly SourceId[]) => void;
  readonly methods: RoundStore;
}

/** A kind of store: whoever copies one needs its tables, all others its methods. */
export interface SqlBackend extends Backend {
  openDatabase(settings: StoreSettings, mode: StoreMode): Promise<OpenDatabase>;
  /** For the holder of the lock: puts what is there out of the way, and says where it is now. null: this kind keeps nothing. */
  readonly putAside: ((settings: StoreSettings, why: string) => Promise<string>) | null;
}

type InTurn = (work: () => Promise<unknown>) => Promise<unknown>;

export function createSqlStore({ db, mode, failure, close, isInPlace, rounds }: OpenDatabase): Store {
  const inTurn = createSerialQueue(failure);
  const around: InTurn = (work) => inTurn(mode === 'read' ? () => db.read(work) : work);
  const wrapped = wrapAll(storeMethods(db, rounds?.take ?? nothing), around);
  let closing: Promise<unknown> | null = null;
  const closeOnce = async () => {
    closing ??= inTurn(async () => close());
    await closing;
  };
  return {
    ...wrapped,
    close: closeOnce,
    ...(isInPlace && { isInPlace }),
    ...(rounds && { rounds: roundsInTurn(rounds.methods, around) }),
  };
}

function roundsInTurn({ openInbox, ...methods }: RoundStore, around: InTurn): RoundStore {
  return { ...wrapAll(methods, around), openInbox: (sender) => wrapAll(openInbox(sender), around) };
}

function wrapAll<T extends object>(methods: T, around: InTurn): T {
  const wrapped = Object.entries(methods).map(([name, method]) => {
    return [name, (...args: unknown[]) => around(() => method(...args))];
  });
  return Object.fromEntries(wrapped);
}

/** Work begins in the order of the calls, and not before what was begun has ended: its transaction must not hold what others write. */
function createSerialQueue(failure: (error: unknown) => unknown): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work).catch((error: unknown) => {
      throw failure(error);
    });
    last = mine.then(nothing, nothing);
    return mine;
  };
}

/** Keeps no result longer than who asked for it does. */
function nothing(): void {}

function storeMethods(db: Database, take: SharedRounds['take']): Omit<Store, 'close' | 'isInPlace' | 'rounds'> {
  return {
    ...sourceMethods(db, take),
    ...identityMethods(db),
    ...articleMethods(db),
    ...hiddenMethods(db),
    ...editsMethods(db),
    ...pruneMethods(db),
    ...topicMethods(db),
    ...placementMethods(db),
    ...channelMethods(db),
    ...dirtyMethods(db),
    ...editionMethods(db),
    ...storyMethods(db),
    ...renameMethods(db),
    ...pictureMethods(db),
    ...fullTextMethods(db),
    ...enrichmentMethods(db),
    ...outboxMethods(db),
    ...subscriptionMethods(db),
  };
}
