/** Entry point of a reader thread: posts 'ready', then one reply per task. */
import { parentPort } from 'node:worker_threads';
import { ParseError } from '../../../model/errors.js';
import { loadReading, type ReadResult, type ReadTask, readDirectly } from './read-document.js';
import { type PageResult, type PageTask, readPageDirectly } from './read-page.js';

/** Threads cannot pass error classes, so a `ParseError` is sent as data. Any other error is a bug. */
export type ReadReply<Result = ReadResult | PageResult> =
  | { readonly document: Result }
  | { readonly refused: Pick<ParseError, 'code' | 'message' | 'details'> }
  | { readonly bug: unknown };

const port = parentPort;
if (port !== null) {
  // Loaded before the first task, so that loading does not count towards its deadline.
  let last = loadReading().then(() => port.postMessage('ready'));
  // One at a time: the deadline of a document begins when the previous one is done.
  port.on('message', (task: ReadTask | PageTask) => {
    last = last.then(async () => port.postMessage(await createReply(task)));
  });
}

async function createReply(task: ReadTask | PageTask): Promise<ReadReply> {
  try {
    return { document: await ('page' in task ? readPageDirectly(task) : readDirectly(task)) };
  } catch (error) {
    if (!(error instanceof ParseError)) return { bug: error };
    const { code, message, details } = error;
    return { refused: { code, message, details } };
  }
}
