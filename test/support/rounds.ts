/** Provides a publisher's inbox with its own database, and the settings of its site's workers. */
import { onTestFinished } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { type FetchLoopObserver, type FetchLoopOptions, runFetchLoop } from '../../src/app/rounds/fetch-loop.js';
import { openSender } from '../../src/app/rounds/open-rounds.js';
import type { Settings } from '../../src/model/settings.js';
import type { Inbox } from '../../src/ports/rounds.js';
import { PostgresConnection } from '../../src/store/postgres/connection.js';
import { parsePostgresPlace } from '../../src/store/postgres/place.js';
import { createInbox, type OpenedRound, takeAnswers } from '../../src/store/postgres/rounds/inbox.js';
import { roundTables } from '../../src/store/postgres/rounds/tables.js';
import { schemaVersion } from '../../src/store/sql/migrations.js';
import type { TestPostgres } from './postgres.js';
import { siteFolder } from './site-folder.js';

export interface SharedSite {
  readonly settings: Settings;
  readonly inbox: Inbox;
  readonly db: PostgresConnection;
  /** Simulates the store's update of this feed's state. */
  take(feed: string): Promise<void>;
  /** Runs a fetch worker in this process until the end of the test. Resolves when it has stopped. */
  work(
    settings?: () => Settings,
    resolve?: FetchLoopOptions['resolve'],
  ): { readonly bundles: string[]; stop(): Promise<void> };
}

export interface SharedSiteParts {
  /** Lines of YAML. */
  readonly sources: readonly string[];
  /** Of the config. */
  readonly fetch?: string;
  readonly leaseMs?: number;
}

export async function aSharedSite(server: TestPostgres, parts: SharedSiteParts): Promise<SharedSite> {
  const schema = server.schema();
  const store = { kind: 'postgres', path: null, url: server.url(), schema };
  const settings = { ...(await resolveSettings(parts)), store };
  const db = await PostgresConnection.open(parsePostgresPlace(store), 'write');
  await db.exec(`CREATE SCHEMA ${schema}; ${roundTables}
    CREATE TABLE source (id text PRIMARY KEY, state text);
    CREATE TABLE meta (key text PRIMARY KEY, value text);
    INSERT INTO meta VALUES ('store.schema', '${schemaVersion()}')`);
  const sender = await openSender(store, parts.leaseMs ?? 9000, () => {});
  const opened: OpenedRound = { n: null };
  onTestFinished(async () => {
    await Promise.all([db.close(), sender.close()]);
  });
  return {
    settings,
    db,
    inbox: createInbox(db, opened, sender),
    take: (feed) => db.write(async () => takeAnswers(db, opened, [feed])),
    work: (other = () => settings, resolve) => startWorker(other, resolve),
  };
}

async function resolveSettings({ sources, fetch = 'spacing: 0s' }: SharedSiteParts): Promise<Settings> {
  const yaml = [
    'site: { title: T, url: "https://news.example.org/" }',
    `fetch: { allowPrivateAddresses: true, ${fetch} }`,
    'sources:',
    ...sources.map((source) => `  - ${source}`),
  ];
  return await loadSite(siteFolder({ 'newsloom.yaml': `${yaml.join('\n')}\n` }).concat('/newsloom.yaml'), {});
}

let workers = 0;

function startWorker(settings: () => Settings, resolve: FetchLoopOptions['resolve']): ReturnType<SharedSite['work']> {
  const stopping = new AbortController();
  const bundles: string[] = [];
  const observer: FetchLoopObserver = {
    polled: () => {},
    bundle: (outcome) => bundles.push(outcome),
    trouble: () => {},
  };
  const worker = { name: `w${++workers}`, role: 'fetch', version: '1' };
  const ended = runFetchLoop({ settings, worker, signal: stopping.signal, observer, ...(resolve && { resolve }) });
  const stop = () => {
    stopping.abort();
    return ended;
  };
  onTestFinished(stop);
  return { bundles, stop };
}
