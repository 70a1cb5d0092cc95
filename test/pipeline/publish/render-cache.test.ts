import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEntries } from '../../../src/compose/entry.js';
import type { Article, ArticleRef } from '../../../src/model/article.js';
import type { Channel, ChannelFrame } from '../../../src/model/channel.js';
import { toOrderKey } from '../../../src/model/order.js';
import { EntryRenderer } from '../../../src/pipeline/publish/entry-renderer.js';
import { RenderCache, type RenderedArticle } from '../../../src/pipeline/publish/render-cache.js';
import { ScratchFile } from '../../../src/pipeline/publish/scratch-file.js';
import { writeFeed } from '../../../src/write/feed.js';
import { formats, loadWriter } from '../../../src/write/formats.js';
import { anyChannel } from '../../support/any-entry.js';
import { aChannel, anEntry } from '../../support/channel.js';
import { editionSettings, publishedArticle } from '../../support/published-article.js';

const writers = await Promise.all(formats.map(loadWriter));
const feeds = writers.filter(({ feed }) => feed !== null);

/** The output of the writers. */
function written(channel: Channel): Record<string, string> {
  const { path, archive } = channel;
  return Object.fromEntries(
    feeds.map(({ document, feed }) => [document(path, archive.number), writeFeed(feed!, channel)]),
  );
}

function assembled(
  renderer: EntryRenderer,
  channel: ChannelFrame,
  rendered: Parameters<EntryRenderer['assemble']>[1],
): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { path, bytes } of renderer.assemble(channel, rendered)) files[path] = String(bytes);
  return files;
}

describe('EntryRenderer', () => {
  it('assembles the same bytes as the writers in every channel', () => {
    const renderer = new EntryRenderer(writers);
    fc.assert(
      fc.property(anyChannel, fc.constantFrom('de', 'uk', 'en'), (channel, language) => {
        const rendered = channel.entries.map((entry) => renderer.render(entry));
        expect(assembled(renderer, channel, rendered)).toEqual(written(channel));
        const other = { ...channel, language, entries: channel.entries.slice(1) };
        expect(assembled(renderer, other, rendered.slice(1))).toEqual(written(other));
      }),
    );
  });

  it('assembles empty documents and documents larger than the buffer', () => {
    const renderer = new EntryRenderer(writers);
    const empty = aChannel({ entries: [] });
    expect(assembled(renderer, empty, [])).toEqual(written(empty));
    const entries = [1, 2, 3].map((n) => anEntry({ id: `urn:${n}`, contentHtml: 'é<b>"</b>'.repeat(70_000 * n) }));
    const large = aChannel({ entries });
    const rendered = entries.map((entry) => renderer.render(entry));
    expect(assembled(renderer, large, rendered)).toEqual(written(large));
  });
});

describe('RenderCache', () => {
  const article = (n: number, about: Partial<Article> = {}) =>
    publishedArticle({ ref: n as ArticleRef, id: `urn:${n}`, ...about });

  const scratch = new ScratchFile();
  afterEach(() => scratch.close());

  const assembleAll = (renderer: EntryRenderer, articles: readonly RenderedArticle[]) =>
    assembled(renderer, aChannel({ entries: [] }), articles);

  function cacheOf(articles: readonly Article[]) {
    const read: ArticleRef[] = [];
    const shown = async (refs: readonly ArticleRef[]) => {
      read.push(...refs);
      return refs.flatMap((ref) => articles.find((one) => one.ref === ref) ?? []);
    };
    const settings = editionSettings();
    const store = { visibleArticles: shown };
    const renderer = new EntryRenderer(writers);
    return { read, renderer, cache: new RenderCache(store, createEntries(settings), renderer, scratch) };
  }

  it('reads each article once for many channels and keeps the given order', async () => {
    const updatedAt = new Date('2026-11-20T10:00:00Z');
    const { read, renderer, cache } = cacheOf([article(1), article(2, { updatedAt }), article(3)]);
    const first = await cache.load([2, 1]);
    const [three, one, two] = await cache.load([3, 1, 2]);
    expect([two!, one!].map(removeText)).toEqual(first.map(removeText));
    expect(assembleAll(renderer, [two!, one!])).toEqual(assembleAll(renderer, first));
    expect(three).toMatchObject({ ref: 3, id: 'urn:3', order: toOrderKey(article(3)) });
    expect(read).toEqual([2, 1, 3]);
  });

  it('omits articles that no channel may show', async () => {
    const { cache } = cacheOf([article(1), article(3)]);
    expect((await cache.load([1, 2, 3])).map(({ ref }) => ref)).toEqual([1, 3]);
  });

  it('renders the oldest without content if it does not fit', async () => {
    const articles = [1, 2, 3, 4].map((n) => article(n, { contentHtml: n === 3 ? null : `<p>${n}</p>` }));
    const { read, cache } = cacheOf(articles);
    const all = await cache.load([1, 2, 3, 4]);
    const fitted = await cache.fit(all, { kept: 3, whole: 1 });
    expect(fitted.map(({ ref }) => ref)).toEqual([1, 2, 3]);
    expect([fitted[0], fitted[2]]).toEqual([all[0], all[2]]);
    expect(fitted[1]!.weight).toEqual({ whole: all[1]!.weight.light, light: null });
    expect(read).toEqual([1, 2, 3, 4, 2]);
    expect(await cache.fit(all, { kept: 2, whole: 2 })).toEqual(all.slice(0, 2));
  });

  it('renders articles again if they cannot be stored', async () => {
    const { read, cache } = cacheOf([article(1), article(2)]);
    vi.stubEnv('TMPDIR', '/nowhere');
    await cache.load([1, 2]);
    const again = await cache.load([1, 2]);
    vi.unstubAllEnvs();
    expect(again.map(({ ref }) => ref)).toEqual([1, 2]);
    expect(read).toEqual([1, 2, 1, 2]);
  });
});

function removeText({ bytes: _, offsets: __, ...about }: RenderedArticle) {
  return about;
}
