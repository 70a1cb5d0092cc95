/** The inside of a reading thread: one task after the other, answered in that order. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { createTagger, type Tagger } from '../../tag/tag.js';
import { type TagSetup, toTag } from '../organize/tagging.js';
import { errorToSend, MORE, type Reply } from './messages.js';
import { prepareToRead, type ReadDocument, type ReadTask, readHere } from './read-document.js';

/** Drafts in one part. */
const PART = 64;

if (parentPort) {
  const port = parentPort;
  const post = (reply: Reply): void => port.postMessage(reply);
  const askedForMore = (): Promise<unknown> => once(more, MORE);
  const more = new EventTarget();
  // Tasks run one by one, so that the deadline of each counts its own time only.
  let last: Promise<void> = Promise.resolve();
  port.on('message', (message: ReadTask | typeof MORE) => {
    if (message === MORE) more.dispatchEvent(new Event(MORE));
    else last = last.then(() => answer(message, post, askedForMore));
  });
  void prepareToRead().then(() => post({ ready: true }));
}

async function answer(
  task: ReadTask,
  post: (reply: Reply) => void,
  askedForMore: () => Promise<unknown>,
): Promise<void> {
  try {
    const document = tagged(await readHere(task), task);
    const { drafts } = document;
    let sent = 0;
    for (; drafts.length - sent > PART; sent += PART) {
      const asked = askedForMore();
      post({ part: drafts.slice(sent, sent + PART) });
      await asked;
    }
    post({ document: { ...document, drafts: drafts.slice(sent) } });
  } catch (error) {
    post({ error: errorToSend(error) });
  }
}

const setup = workerData as TagSetup | null;
let tagger: Tagger | null = null;

/** Where most of a document is new, its articles are tagged here too. */
function tagged(document: ReadDocument, { context, news }: ReadTask): ReadDocument {
  if (news === 'some' || setup === null) return document;
  const ours = tagger ?? createTagger(setup.topics, { defaults: setup.defaults });
  tagger = ours;
  const sourceIds = [context.source.id];
  return { ...document, tags: document.drafts.map((draft) => ours.tag(toTag(draft, sourceIds))) };
}
