/** Combines the repositories into a store that runs one method at a time. */
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
import { pageFactsMethods } from './articles/page-facts.js';
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

export interface OpenDatabase {
  readonly db: Database;
  /** A reader's method sees one snapshot. There is only one writer. */
  readonly mode: 'write' | 'read';
  /** Converts database errors; returns any other error unchanged. */
  readonly failure: (error: unknown) => unknown;
  readonly isInPlace?: () => boolean;
  /** Called once. */
  readonly close: () => void | Promise<void>;
  /** Missing: the store is limited to one process. */
  readonly rounds?: SharedRounds;
}

export interface SharedRounds {
  /** Called in the transaction that saves the states of these feeds, before it saves them. */
  readonly take: (feeds: readonly SourceId[]) => void;
  readonly methods: RoundStore;
}

/** A kind of store. Copying needs its tables, other code its methods. */
export interface SqlBackend extends Backend {
  openDatabase(settings: StoreSettings, mode: StoreMode): Promise<OpenDatabase>;
  /** Moves the stored data away and resolves with its new place. Needs the lock. null: nothing is stored on disk. */
  readonly moveAside: ((settings: StoreSettings, why: string) => Promise<string>) | null;
}

type RunSerially = (work: () => Promise<unknown>) => Promise<unknown>;

export function createSqlStore({ db, mode, failure, close, isInPlace, rounds }: OpenDatabase): Store {
  const runSerially = createSerialQueue(failure);
  const around: RunSerially = (work) => runSerially(mode === 'read' ? () => db.read(work) : work);
  const wrapped = wrapMethods(storeMethods(db, rounds?.take ?? discardResult), around);
  let closing: Promise<unknown> | null = null;
  const closeOnce = async () => {
    closing ??= runSerially(async () => close());
    await closing;
  };
  return {
    ...wrapped,
    close: closeOnce,
    ...(isInPlace && { isInPlace }),
    ...(rounds && { rounds: serializeRounds(rounds.methods, around) }),
  };
}

function serializeRounds({ openInbox, ...methods }: RoundStore, around: RunSerially): RoundStore {
  return { ...wrapMethods(methods, around), openInbox: (sender) => wrapMethods(openInbox(sender), around) };
}

function wrapMethods<T extends object>(methods: T, around: RunSerially): T {
  const wrapped = Object.entries(methods).map(([name, method]) => {
    return [name, (...args: unknown[]) => around(() => method(...args))];
  });
  return Object.fromEntries(wrapped);
}

/** Starts work in call order, after earlier work has ended: a transaction must not contain foreign writes. */
function createSerialQueue(failure: (error: unknown) => unknown): RunSerially {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work).catch((error: unknown) => {
      throw failure(error);
    });
    last = mine.then(discardResult, discardResult);
    return mine;
  };
}

/** Drops the result, so that only the caller retains it. */
function discardResult(): void {}

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
    ...pageFactsMethods(db),
    ...pictureMethods(db),
    ...fullTextMethods(db),
    ...enrichmentMethods(db),
    ...outboxMethods(db),
    ...subscriptionMethods(db),
  };
}
