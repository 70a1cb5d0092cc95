/** Starts a PostgreSQL server once per test file, if installed, and creates a schema for each test. */
import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';
import { freePort } from '../../scripts/free-port.mjs';
import { REMOVED } from './temporary-folder.js';

const run = promisify(execFile);
const NOBODY = 65534;

/** The folder of `initdb` and `pg_ctl`: in PATH, or in Debian's folder; null: PostgreSQL is not installed. */
function findPrograms(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...versions.map((one) => join(debian, one, 'bin'))];
  return folders.find((folder) => folder !== '' && existsSync(join(folder, 'initdb'))) ?? null;
}

const programs = findPrograms();

/** For `describe.skipIf`. Skipped tests say so in their name. */
export const hasPostgres = programs !== null;

export interface TestPostgres {
  url(): string;
  /** A unique name within this file. */
  schema(): string;
  /** Crashes the server and starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Starts a server before the tests of the calling `describe` or file, and removes it after them. */
export function usePostgres(): TestPostgres {
  let folder = '';
  let port = 0;
  let schemas = 0;
  const control = (...args: string[]) => asOther('pg_ctl', '-D', join(folder, 'data'), '-w', ...args);
  const start = async () => {
    // Durability is not needed. No socket in the folder, because its path may be too long.
    const options = `-p ${port} -c unix_socket_directories= -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c shared_buffers=64MB`;
    await control('-l', join(folder, 'log'), '-o', options, 'start');
  };
  const stop = async () => void (await control('-m', 'immediate', 'stop'));
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'newsloom-pg-'));
    if (process.getuid?.() === 0) chownSync(folder, NOBODY, NOBODY);
    mkdirSync(join(folder, 'data'), { mode: 0o700 });
    if (process.getuid?.() === 0) chownSync(join(folder, 'data'), NOBODY, NOBODY);
    port = await freePort();
    await initialise(join(folder, 'data'));
    await start();
  });
  afterAll(async () => {
    await stop().catch(() => {});
    rmSync(folder, REMOVED);
  });
  return {
    url: () => `postgres://newsloom@127.0.0.1:${port}/postgres`,
    schema: () => `test_${++schemas}`,
    restart: async () => {
      await stop();
      await start();
    },
    stop,
    start,
  };
}

/**
 * Uses a natural sort order, as real databases may: code must not depend on code-unit order. `initdb` before 15 does
 * not support ICU.
 */
async function initialise(data: string): Promise<void> {
  const args = ['-D', data, '-A', 'trust', '-U', 'newsloom', '-N', '-E', 'UTF8', '--no-locale'];
  const icu = ['--locale-provider=icu', '--icu-locale=en-US'];
  await asOther('initdb', ...args, ...icu).catch(() => asOther('initdb', ...args));
}

/** PostgreSQL does not run as root. */
async function asOther(program: string, ...args: string[]): Promise<void> {
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  await run(join(programs!, program), args, { ...user, cwd: tmpdir() });
}
