/** Reads stories from their rows and those of their members. */
import type { ArticleRef } from '../../../model/article.js';
import type { StoryMember, StoryRecord, StoryRef } from '../../../model/story.js';
import type { Database } from '../database.js';
import { float32Of, int32Of, uint16Of } from './numbers.js';

export interface StoryRow {
  readonly ref: StoryRef;
  readonly id: string;
  readonly language: string;
  readonly first_at: number;
  readonly last_at: number;
  readonly text_length: number;
  readonly daily: number;
  readonly sources: number;
  readonly keys: Uint8Array;
  readonly key_weights: Uint8Array;
}

interface MemberRow {
  readonly article: ArticleRef;
  readonly id: string;
  readonly source: string;
  readonly published: number;
  readonly fullness: number;
  readonly correction: number;
  readonly copy_of: ArticleRef | null;
  readonly signature: Uint8Array;
  readonly vector: Uint8Array | null;
}

/** Stories of the rows, in their order. */
export async function toStories(db: Database, rows: readonly StoryRow[]): Promise<StoryRecord[]> {
  const members = `SELECT m.article, a.id, a.source, a.published, m.fullness, m.correction, m.copy_of, m.signature, m.vector
    FROM story_member AS m JOIN article AS a ON a.ref = m.article WHERE m.story = ? ORDER BY a.published, a.id`;
  const found = await db.allOfEach<MemberRow>(
    members,
    rows.map(({ ref }) => [ref]),
  );
  return rows.map((row, i) => toStory(row, found[i]!.map(toMember)));
}

function toStory(row: StoryRow, members: readonly StoryMember[]): StoryRecord {
  return {
    ref: row.ref,
    id: row.id,
    language: row.language,
    firstAt: row.first_at,
    lastAt: row.last_at,
    textLength: row.text_length,
    daily: row.daily === 1,
    keys: int32Of(row.keys),
    keyWeights: float32Of(row.key_weights),
    members,
  };
}

function toMember(row: MemberRow): StoryMember {
  return {
    article: row.article,
    id: row.id,
    sourceId: row.source,
    publishedAt: row.published,
    fullness: row.fullness,
    signature: uint16Of(row.signature),
    vector: row.vector && new Uint8Array(row.vector), // a driver's bytes may begin anywhere in a larger buffer
    role: row.correction === 1 ? 'correction' : 'member',
    copyOf: row.copy_of,
  };
}
