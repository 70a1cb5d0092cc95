/** The inside of a reading thread: it says when it is ready, and then answers each task with one reply. */
import { parentPort } from 'node:worker_threads';
import { ParseError } from '../../model/errors.js';
import { loadReading, type ReadResult, type ReadTask, readHere } from './read-document.js';

/** Classes are lost between threads: what makes a `ParseError` is sent as data. Any other error is a bug. */
export type ReadReply =
  | { readonly document: ReadResult }
  | { readonly refused: Pick<ParseError, 'code' | 'message' | 'details'> }
  | { readonly bug: unknown };

const port = parentPort;
port?.on('message', async (task: ReadTask) => port.postMessage(await replyTo(task)));
// A document's deadline does not pay for loading the code.
if (port !== null) void loadReading().then(() => port.postMessage('ready'));

async function replyTo(task: ReadTask): Promise<ReadReply> {
  try {
    return { document: await readHere(task) };
  } catch (error) {
    if (!(error instanceof ParseError)) return { bug: error };
    const { code, message, details } = error;
    return { refused: { code, message, details } };
  }
}
