/** A store, a sink and settings, for tests of publishing. */

import { toOrderKey } from '../../src/model/order.js';
import type { Story } from '../../src/model/story.js';
import type { EditionContents } from '../../src/pipeline/publish/edition-work.js';
import { publish } from '../../src/pipeline/publish/publish.js';
import { verifyFolder } from '../../src/pipeline/publish/verify-folder.js';
import type { WrittenEdition } from '../../src/pipeline/publish/written-edition.js';
import type { NewArticle } from '../../src/ports/store/sources.js';
import type { Store } from '../../src/ports/store/store.js';
import { loadWriters } from '../../src/write/formats.js';
import { MemorySink } from './memory-sink.js';
import { openMemory } from './memory-store.js';
import { aNewArticle, articleId, aState, at, someChanges } from './stored-articles.js';
import { aMember, aStory } from './stored-stories.js';

type Settings = EditionContents['settings'];

interface Given extends Partial<EditionContents> {
  readonly store?: Store;
  readonly now?: Date;
  readonly boot?: string;
  readonly dryRun?: boolean;
  readonly forcePublish?: boolean;
}

export class Newsroom {
  readonly store: Store;
  readonly sink = new MemorySink();
  readonly stories: Story[] = [];
  settings: Settings = {
    site: {
      title: 'The Section',
      url: 'https://news.example.org/',
      feedsUrl: 'https://news.example.org/feeds/',
      description: 'World news, woven',
      language: 'en',
      timezone: 'UTC',
      comments: null,
    },
    publish: {
      formats: ['rss', 'atom', 'json', 'opml'],
      items: 5,
      perSource: true,
      stories: true,
      archive: true,
      link: 'source',
      hub: null,
      menu: null,
      words: {},
    },
    sources: [
      { id: 'paper', url: 'https://paper.example/feed', title: 'The Paper', content: 'full', withdrawn: 'remove' },
      {
        id: 'zeitung',
        url: 'https://zeitung.example/feed',
        title: 'Die Zeitung',
        content: 'summary',
        withdrawn: 'mark',
      },
    ],
    topics: [{ id: 'world', label: 'World', iptc: undefined, parent: undefined }],
  };

  constructor(store = openMemory()) {
    this.store = store;
  }

  set(part: { [K in keyof Settings]?: Partial<Settings[K]> }): void {
    const { site, publish: published, sources, topics } = this.settings;
    this.settings = {
      site: { ...site, ...part.site },
      publish: { ...published, ...part.publish },
      sources: (part.sources as Settings['sources'] | undefined) ?? sources,
      topics: (part.topics as Settings['topics'] | undefined) ?? topics,
    };
  }

  /** Saves article number n for each, published at n o'clock, mints and places it. */
  async take(numbers: readonly number[], given: Partial<NewArticle> = {}): Promise<void> {
    const added = numbers.map((n) => aNewArticle(n, n, given));
    await this.store.saveFetch(aState({ sourceId: given.sourceId ?? 'paper' }), someChanges({ added }));
    await this.store.mint(
      numbers.map((n) => ({ ref: n, id: articleId(n) })),
      [],
    );
    const articles = await this.store.articles(numbers);
    await this.store.place(
      articles.map((article) => ({
        ref: article.ref,
        order: toOrderKey(article),
        channels: [
          'all',
          ...article.topics.map(({ topicId }) => `topics/${topicId}`),
          ...[article.sourceId, ...article.alsoIn].map((id) => `sources/${id}`),
        ],
      })),
    );
  }

  async withdraw(n: number, policy: 'remove' | 'mark' = 'remove', hour = 90): Promise<void> {
    await this.store.saveFetch(aState(), someChanges({ withdrawn: [{ ref: n, at: at(hour), policy }] }));
  }

  async publish(given: Given = {}, signal: AbortSignal = new AbortController().signal): Promise<WrittenEdition> {
    const { store = this.store, now = at(100), boot = 'first', dryRun = false, forcePublish = false } = given;
    const { sink, settings } = this;
    if (this.stories.length > 0)
      this.store.multiSourceStories = async () =>
        this.stories.map(({ id, members }) =>
          aStory(
            members.map((n) => aMember(n)),
            { id },
          ),
        );
    const contents: EditionContents = {
      folder: given.folder ?? (await verifyFolder(store, sink, boot)),
      settings,
      profiles: new Map(),
      channels: new Map((await store.channels()).map((each) => [each.channel, each])),
      leads: { prefer: [], languages: ['en'], chosen: new Set(this.stories.map(({ lead }) => lead)) },
      parts: given.parts ?? [],
      pages: null,
      digests: [],
      health: given.health ?? [],
    };
    const writers = await loadWriters(settings.publish.formats);
    const clock = { boot: () => boot, elapsed: () => 0, sleep: async () => {} };
    const observer = { start: () => {}, done: () => {}, published: () => {} };
    const context = { store, clock, observer, publishing: { sink, writers } };
    return await publish(context, { options: { now, dryRun, forcePublish }, signal }, contents, null);
  }

  /** Numbers of the articles in a document, in order. */
  shown(path: string): number[] {
    return this.sink.json(path).items.map(({ id }: { id: string }) => Number(id.slice(id.lastIndexOf(':') + 1)));
  }
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
