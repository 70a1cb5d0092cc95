/** The inside of a reading thread: one task after the other, answered in that order. */
import { parentPort } from 'node:worker_threads';
import type { CleanDocument } from '../model/document.js';
import { errorToSend, type ReadTask, readHere, type SentError } from './read-here.js';

/** `ready` comes once, when everything is loaded: no document's deadline pays for that. */
export type Reply = { readonly ready: true } | { readonly document: CleanDocument } | { readonly error: SentError };

/** Tasks run one by one, so that the deadline of each counts its own time only. */
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (task: ReadTask) => {
  last = last.then(() => answer(task));
});

async function answer(task: ReadTask): Promise<void> {
  const reply = await readHere(task).then(
    (document): Reply => ({ document }),
    (error: unknown): Reply => ({ error: errorToSend(error) }),
  );
  parentPort?.postMessage(reply);
}

parentPort?.postMessage({ ready: true } satisfies Reply);
