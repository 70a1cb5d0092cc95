/** Articles by number, name, age and topics. */
import type { Article, ArticleRef } from '../../model/article.js';
import type { Store } from '../../ports/store/store.js';
import { sameTopics } from '../dirt.js';
import type { Sync } from '../promised.js';
import { standing } from './channels.js';
import { dirtying, idName, keyName, type Record, showings, update, type World } from './world.js';

type Methods = Sync<
  Pick<Store, 'articles' | 'articlesAfter' | 'find' | 'countArticles' | 'staleTags' | 'saveTags' | 'prune' | 'unplaced'>
>;

export function articleMethods(world: World): Methods {
  const kept = () => keptRecords(world);
  return {
    articles: (refs) =>
      refs.flatMap((ref) => {
        const record = world.records.get(ref);
        return record === undefined || record.pruned || record.pending !== null ? [] : minted(record);
      }),
    articlesAfter: (ref, limit) => articlesAfter(world, ref, limit),
    find: (name) => {
      const ref = world.aliases.get(idName(name)) ?? world.aliases.get(keyName({ kind: 'url', value: name }));
      return (
        kept()
          .map(minted)
          .find((article) => article.ref === ref) ?? null
      );
    },
    countArticles: () => kept().length,
    unplaced: (limit) =>
      allRecords(world)
        .filter((record) => record.unplaced && record.pending === null)
        .slice(0, limit)
        .map(minted),
    staleTags: (fingerprint, after, limit) =>
      kept()
        .filter((record) => record.taggedBy !== fingerprint && record.article.ref > after)
        .slice(0, limit)
        .map(minted),
    saveTags: (tags, fingerprint) =>
      dirtying(world, (dirt) => {
        for (const { ref, topics } of tags) {
          update(world, ref, (record) => {
            const same = sameTopics(record.article.topics, topics);
            if (!same && !record.hidden) {
              for (const showing of showings(record)) dirt.show(showing, 'revision');
            }
            return {
              article: { ...record.article, topics },
              taggedBy: fingerprint,
              unplaced: record.unplaced || !same,
            };
          });
        }
      }),
    prune: (before, items = 50) => {
      const spared = new Set([...world.channels.keys()].flatMap((path) => standing(world, path).slice(0, items)));
      const old = kept().filter((record) => record.article.firstSeenAt < before && !spared.has(record));
      for (const { article } of old) update(world, article.ref, pruned);
      return old.length;
    },
  };
}

function articlesAfter(world: World, ref: ArticleRef, limit: number): Article[] {
  return keptArticles(world)
    .filter((article) => article.ref > ref)
    .slice(0, limit);
}

/** Minted and not pruned, by ref. */
export function keptArticles(world: World): Article[] {
  return keptRecords(world).map(minted);
}

function keptRecords(world: World): Record[] {
  return allRecords(world).filter((record) => !record.pruned && record.pending === null);
}

function allRecords(world: World): Record[] {
  return [...world.records.values()].sort((a, b) => a.article.ref - b.article.ref);
}

/** Its id is there: it is not pending. */
export function minted(record: Record): Article {
  return record.article as Article;
}

function pruned({ article }: Record): Partial<Record> {
  const topics = article.topics.map((tag) => ({ ...tag, because: [] }));
  return { article: { ...article, contentHtml: null, categories: [], topics }, pruned: true, taggedBy: null };
}
