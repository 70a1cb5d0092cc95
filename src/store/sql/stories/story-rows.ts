/** Reads stories with their members. */
import type { StoryMember, StoryRecord, StoryRef } from '../../../model/story.js';
import type { Database } from '../database.js';
import { toFloat32Array, toInt32Array, toUint16Array } from './numbers.js';

export const SELECT_STORIES = `SELECT ref, id, language, first_at AS "firstAt", last_at AS "lastAt", text_length AS "textLength",
  daily, keys, key_weights FROM story`;

export interface StoryRow extends Omit<StoryRecord, 'daily' | 'keys' | 'keyWeights' | 'members'> {
  readonly daily: number;
  readonly keys: Uint8Array;
  readonly key_weights: Uint8Array;
}

interface MemberRow extends Omit<StoryMember, 'signature' | 'role' | 'language'> {
  readonly language: string | null;
  readonly story: StoryRef;
  readonly signature: Uint8Array;
  readonly correction: number;
}

/** In the order of the rows. */
export async function readStoryRecords(db: Database, rows: readonly StoryRow[]): Promise<StoryRecord[]> {
  const select = `SELECT m.story, m.article, a.id, a.source AS "sourceId", a.published AS "publishedAt", m.fullness, m.correction,
    m.copy_of AS "copyOf", m.signature, m.vector, m.language, m.cognates
    FROM story_member AS m JOIN article AS a ON a.ref = m.article WHERE m.story IN`;
  const members = new Map<StoryRef, MemberRow[]>(rows.map(({ ref }) => [ref, []]));
  for (const row of await db.allMatching<MemberRow>(select, [...members.keys()])) members.get(row.story)!.push(row);
  return rows.map(({ daily, keys, key_weights, ...row }) => ({
    ...row,
    daily: daily === 1,
    keys: toInt32Array(keys),
    keyWeights: toFloat32Array(key_weights),
    members: members
      .get(row.ref)!
      .sort((a, b) => a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1))
      .map((member) => toMember(member, row.language)),
  }));
}

function toMember({ story: _, correction, signature, vector, ...row }: MemberRow, language: string): StoryMember {
  return {
    ...row,
    language: row.language ?? language,
    signature: toUint16Array(signature),
    vector: vector && new Uint8Array(vector), // a driver's bytes may be part of a larger buffer
    role: correction === 1 ? 'correction' : 'member',
  };
}
