/** Keeps what several sites on one machine must know about hosts, in a small SQLite file. Each method is one transaction. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FetchResult } from '../../model/fetch.js';
import type { HostState } from '../../model/source.js';
import { type AnswerRow, answerToRow, parseAnswerRow } from '../answer-rows.js';
import { Connection } from './connection.js';
import { findDriver } from './driver.js';
import { toStoreError } from './failure.js';

/** Times are milliseconds since 1970. */
const TABLES = `
CREATE TABLE IF NOT EXISTS host (name TEXT PRIMARY KEY, at INTEGER NOT NULL, pause INTEGER NOT NULL, delay INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hold (host TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (url TEXT PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, meta TEXT NOT NULL, body BLOB) WITHOUT ROWID;
`;
const DAY = 86_400_000;

/** A pause that begins in the future comes from a wrong clock and is ignored. */
const CLAIM = `INSERT INTO host VALUES (?, ?, ?, 0) ON CONFLICT (name) DO UPDATE SET at = excluded.at, pause = max(excluded.pause, delay)
  WHERE excluded.at >= at + max(pause, excluded.pause) OR excluded.at < at`;

export interface SharedHosts {
  /** Reserves the next request to a host after a pause; otherwise returns the milliseconds until then. 0: reserved. */
  claim(host: string, pauseMs: number, now: Date): number;
  /** Sets a longer pause (`Crawl-delay`). */
  saveDelay(host: string, delayMs: number): void;
  listHolds(now: Date): ReadonlyMap<string, HostState>;
  saveHold(hold: HostState, now: Date): void;
  /** null: not requested since then. */
  findFile(url: string, since: Date): Promise<FetchResult | null>;
  saveFile(url: string, answer: FetchResult, now: Date): Promise<void>;
  close(): void;
}

/** Rejects with StoreError. */
export async function openSharedHosts(path: string): Promise<SharedHosts> {
  const open = await findDriver();
  try {
    mkdirSync(dirname(path), { recursive: true });
    const db = new Connection(open(path, 'write'), 'write');
    db.exec(TABLES);
    return createSharedHosts(db);
  } catch (error) {
    throw toStoreError(error, path);
  }
}

function createSharedHosts(db: Connection): SharedHosts {
  return {
    claim: (host, pauseMs, now) => {
      const at = now.getTime();
      if (db.run(CLAIM, host, at, pauseMs) > 0) return 0;
      const last = db.get<{ at: number; pause: number }>('SELECT at, pause FROM host WHERE name = ?', host)!;
      return Math.max(1, last.at + Math.max(last.pause, pauseMs) - at);
    },
    saveDelay: (host, delayMs) =>
      void db.run('UPDATE host SET delay = ?, pause = max(pause, ?) WHERE name = ?', delayMs, delayMs, host),
    listHolds: (now) => {
      const rows = db.all<{ host: string; until: number }>(
        'SELECT host, until FROM hold WHERE until > ?',
        now.getTime(),
      );
      return new Map(rows.map(({ host, until }) => [host, { host, notBefore: new Date(until) }]));
    },
    saveHold: ({ host, notBefore }, now) => {
      db.run('DELETE FROM hold WHERE until <= ?', now.getTime());
      const save = 'INSERT INTO hold VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET until = max(until, excluded.until)';
      db.run(save, host, notBefore.getTime());
    },
    findFile: async (url, since) => {
      const row = db.get<AnswerRow>('SELECT kind, meta, body FROM file WHERE url = ? AND at > ?', url, since.getTime());
      return row === undefined ? null : ((await parseAnswerRow(row)) as FetchResult);
    },
    saveFile: async (url, answer, now) => {
      const { kind, meta, body } = await answerToRow(answer);
      db.run('DELETE FROM file WHERE at < ?', now.getTime() - DAY);
      db.run('INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)', url, now.getTime(), kind, meta, body);
    },
    close: () => db.close(),
  };
}
