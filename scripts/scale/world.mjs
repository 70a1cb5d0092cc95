/** Sets up `npm run scale`: a PostgreSQL server, two sites with one config (S on SQLite, P on PostgreSQL), and real processes. */
import { execFile, spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../free-port.mjs';

const run = promisify(execFile);
const NOBODY = 65534;

/** Folder of `initdb`, on the path or in Debian's location; null: PostgreSQL is not installed. */
export function findPostgres() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...versions.map((one) => join(debian, one, 'bin'))];
  return folders.find((folder) => folder !== '' && existsSync(join(folder, 'initdb'))) ?? null;
}

/** `main`: the compiled program. `close` also ends all processes. */
export async function openWorld({ main = resolve('dist/main.js'), log = () => {}, shared = '64MB' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-scale-'));
  const closing = [];
  const world = { folder, main, log, onClose: (close) => closing.push(close) };
  const postgres = await startPostgres(folder, shared);
  closing.push(postgres.remove);
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: postgres.url, max: 2 });
  pool.on('error', () => {});
  closing.push(() => pool.end());
  return Object.assign(world, {
    postgres,
    /** Result rows of a statement in the site's schema. */
    sql: async (text, values) => (await pool.query(text, values)).rows,
    close: async () => {
      for (const close of closing.reverse()) await close();
      // A process that was just killed may have written there meanwhile.
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  });
}

async function startPostgres(folder, shared) {
  const programs = findPostgres();
  const home = join(folder, 'pg');
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const asOther = (program, ...args) => run(join(programs, program), args, { ...user, cwd: tmpdir() });
  mkdirSync(home);
  if (user.uid) {
    chownSync(folder, NOBODY, NOBODY);
    chownSync(home, NOBODY, NOBODY);
  }
  const data = join(home, 'data');
  const port = await freePort();
  await asOther('initdb', '-D', data, '-A', 'trust', '-U', 'newsloom', '-N', '-E', 'UTF8', '--no-locale');
  // No socket in the folder, because its path may be too long.
  const options = `-p ${port} -c unix_socket_directories= -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c shared_buffers=${shared}`;
  const start = () => asOther('pg_ctl', '-D', data, '-w', '-l', join(home, 'log'), '-o', options, 'start');
  const stop = () => asOther('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop');
  await start();
  return {
    url: `postgres://newsloom@127.0.0.1:${port}/postgres`,
    start,
    stop,
    restart: async () => {
      await stop();
      await start();
    },
    pid: () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]),
    remove: () => stop().catch(() => {}),
  };
}

/** Creates a site in its own folder. `postgres`: its schema; missing: SQLite. */
export function writeSite(world, name, { urls, postgres = null, fetch = {}, lease = '15s', more = [] }) {
  const root = join(world.folder, name);
  mkdirSync(join(root, 'config'), { recursive: true });
  // Long, so that a busy machine does not fail sources.
  const limits = { allowPrivateAddresses: true, spacing: '0s', timeout: '60s', ...fetch };
  const store = { kind: 'postgres', url: world.postgres.url, schema: postgres };
  const lines = [
    'site: { title: The Section, url: "https://news.example.org/", feedsUrl: "https://news.example.org/feeds/" }',
    `publish: { dir: ${join(root, 'feeds')} }`,
    `fetch: ${JSON.stringify(limits)}`,
    'schedule: { cron: "0 0 1 1 *" }',
    `worker: { port: 0, lease: ${lease} }`,
    ...(postgres === null ? [] : [`store: ${JSON.stringify(store)}`]),
    ...more,
    'topics: [{ id: storms, label: Storms, any: [storm] }, { id: votes, label: Votes, any: [election, council] }]',
    'sources:',
    ...urls.map((url, i) => `  - { id: s${i}, url: "${url}", every: 60m }`),
  ];
  const config = join(root, 'config', 'newsloom.yaml');
  writeFileSync(config, `${lines.join('\n')}\n`);
  return { root, config, feeds: join(root, 'feeds'), schema: postgres };
}

/** A process that can be killed, suspended and measured. */
export function start(world, site, args, env = {}) {
  const child = spawn(process.execPath, [world.main, ...args, '--config', site.config], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = [];
  const collect = (stream) => {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop();
      for (const line of parts) {
        lines.push(line);
        world.log(`${args.join(' ')} ${child.pid}: ${line}`);
      }
    });
  };
  collect(child.stdout);
  collect(child.stderr);
  const ended = new Promise((end) => child.on('close', (code, signal) => end({ code, signal })));
  const one = {
    pid: child.pid,
    lines,
    ended,
    isOver: () => child.exitCode !== null || child.signalCode !== null,
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal);
      if (signal === 'SIGKILL' || signal === 'SIGTERM') await ended;
    },
    said: (text) => lines.some((line) => line.includes(text)),
    usage: () => readUsage(child.pid),
    url: () => lines.map((line) => /"url":"(http:[^"]+)"/.exec(line)?.[1]).find(Boolean),
  };
  world.onClose(() => (one.isOver() ? undefined : one.kill()));
  return one;
}

/** CPU seconds and peak memory in MB. */
function readUsage(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, mb: Number(peak) / 1024 };
}

export async function build(world, site, ...args) {
  const one = start(world, site, ['build', ...args]);
  const { code } = await one.ended;
  if (code !== 0) throw new Error(`build exited with ${code}: ${one.lines.slice(-5).join('\n')}`);
  return one;
}

export async function until(look, seconds = 60, what = 'it') {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`${what}: timed out after ${seconds} s`);
    await sleep(50);
  }
}

/** Creates the tables with an empty edition at `now`, so that the time of the first round can be set. */
export async function prepare(world, sites, now) {
  for (const site of sites) await build(world, site, '--offline', '--now', new Date(now).toISOString());
}

/** Sets the time of the next round, which must be later than the machine's clock. */
export async function setTime(world, { schema }, time) {
  await world.sql(`INSERT INTO ${schema}.round (now, open) VALUES ($1, false)`, [time]);
}

/** Returns the last round of this time once it has ended. */
export async function roundEnded(world, { schema }, time, seconds = 600) {
  return await until(
    async () => {
      const last = `SELECT n, open FROM ${schema}.round WHERE now = $1 AND n > (SELECT min(n) FROM ${schema}.round WHERE now = $1) ORDER BY n`;
      const [round] = await world.sql(last, [time]).catch(() => []);
      return round !== undefined && !round.open ? round : null;
    },
    seconds,
    'the round',
  );
}

/** Files that differ or exist in one folder only. */
export async function differences(a, b) {
  const out = await run('diff', ['-rq', a, b], { maxBuffer: 10_000_000 }).catch((error) => error);
  return String(out.stdout)
    .split('\n')
    .filter((line) => line !== '');
}

/** An hour from now in whole seconds, used as the time of a first round. */
export function soon() {
  return Math.floor(Date.now() / 1000) * 1000 + 3_600_000;
}

export function expectThat(is, text) {
  if (!is) throw new Error(text);
}
