import { describe, expect, it } from 'vitest';
import { readPublishedEdition } from '../../../src/pipeline/restore/published-edition.js';
import { writeJsonFeed } from '../../../src/write/json/json-feed.js';
import { aChannel, anEntry } from '../../support/channel.js';

const whole = anEntry({
  contentHtml: '<p>The harbour opens.</p>',
  machine: [
    {
      as: 'translation',
      by: 'translate',
      of: 'x',
      language: 'de',
      title: 'T',
      summary: null,
      contentHtml: '<p>Der Hafen öffnet.</p>',
      topics: [],
    },
  ],
});
const light = { ...whole, contentHtml: null, machine: whole.machine!.map((made) => ({ ...made, contentHtml: null })) };
const files = (all: typeof whole, topic: typeof whole) =>
  new Map([
    ['all.json', writeJsonFeed(aChannel({ path: 'all', entries: [all] }))],
    ['topics/sea.json', writeJsonFeed(aChannel({ path: 'topics/sea', entries: [topic] }))],
  ]);

describe('readPublishedEdition', () => {
  it.each([
    ['first', files(whole, light)],
    ['last', files(light, whole)],
  ])('reads article texts and machine texts from the document that contains them: the %s', async (_, published) => {
    const sink = { read: async (path: string) => Buffer.from(published.get(path)!) };
    const { articles } = await readPublishedEdition([...published.keys()], sink, new AbortController().signal);
    const [article] = articles.values();
    expect(article).toMatchObject({ contentHtml: whole.contentHtml, machine: whole.machine });
  });

  it('stops between two documents on a signal, even if files are read synchronously', async () => {
    const ended = new AbortController();
    const published = files(whole, whole);
    const read = async (path: string) => {
      setImmediate(() => ended.abort(new Error('SIGTERM')));
      return Buffer.from(published.get(path)!);
    };
    await expect(readPublishedEdition([...published.keys()], { read }, ended.signal)).rejects.toThrow('SIGTERM');
  });
});
