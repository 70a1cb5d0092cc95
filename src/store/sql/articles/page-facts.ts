/** Keeps what pages list articles by, and detects outdated rows by a digest of the article. */
import type { ArticleRef } from '../../../model/article.js';
import type { StoryRef } from '../../../model/story.js';
import type { PageFactsStore, StoredPageFacts } from '../../../ports/store/page-facts.js';
import { contentDigest } from '../../../text/digest.js';
import { upsertRows } from '../bulk.js';
import type { Database, Value } from '../database.js';
import { FACTS } from './read-articles.js';

const ARTICLE = `${FACTS.replace(/^ref, id/, 'article.ref AS ref, article.id AS id')}, text, full_text`;
const SELECT = `SELECT page_facts.key, facts, story, sources, ${ARTICLE}
  FROM article JOIN article_text ON article_text.ref = article.ref LEFT JOIN page_facts ON page_facts.ref = article.ref
    LEFT JOIN story_member ON story_member.article = article.ref LEFT JOIN story ON story.ref = story_member.story
  WHERE article.id IS NOT NULL AND (pruned = 0 OR hidden = 0) AND article.ref IN`;

type Row = Readonly<Record<string, Value>> & {
  readonly ref: ArticleRef;
  readonly key: string | null;
  readonly facts: Uint8Array | null;
  readonly story: StoryRef | null;
  readonly sources: number | null;
};

export function pageFactsMethods(db: Database): PageFactsStore {
  return {
    pageFacts: async (refs, basis) => (await db.allMatching<Row>(SELECT, refs)).map((row) => toStored(row, basis)),
    savePageFacts: (rows) =>
      db.write(() =>
        upsertRows(
          db,
          'page_facts',
          ['ref'],
          ['key', 'facts'],
          rows.map(({ ref, key, facts }) => [ref, key, facts]),
        ),
      ),
  };
}

function toStored({ key: known, facts, story, sources, ...article }: Row, basis: string): StoredPageFacts {
  const key = contentDigest(JSON.stringify([basis, Object.values(article)]));
  return {
    ref: article.ref as ArticleRef,
    key,
    facts: known === key ? facts : null,
    story,
    isMultiSource: (sources ?? 0) > 1,
  };
}
