/** A site of the drill: real processes whose clock the drill sets, and what an operator sees of them. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expectThat, start, until } from '../scale/world.mjs';

export const MINUTE = 60_000;
const PRELOAD = `--import=${pathToFileURL(resolve(import.meta.dirname, 'clock.mjs'))}`;
const METRICS =
  /^newsloom_(?:runs_total\{outcome="(?!published|unchanged)|fetches_total\{outcome="(?!fetched|not_mod)|config_last_reload_successful 0)/;

/** `write`: its config; missing: `feeds` sources. */
export function createSite(world, name, { feeds = 6, config = null } = {}) {
  const root = join(world.folder, name);
  mkdirSync(join(root, 'config'), { recursive: true });
  const hosts = Array.from({ length: feeds }, (_, i) => `${name}-${i}.test`);
  const lines = [
    'site: { title: The Section, url: "https://news.example.org/", feedsUrl: "https://news.example.org/feeds/" }',
    'fetch: { allowPrivateAddresses: true, spacing: 0s, timeout: 3s }',
    'worker: { port: 0 }',
    'every: 10m',
    'sources:',
    ...hosts.map((host) => `  - { id: ${host.split('.')[0]}, url: "http://${host}/feed" }`),
  ];
  return new Site(world, { root, hosts, text: config ?? `${lines.join('\n')}\n` });
}

class Site {
  #worker = null;
  #seen = 0;
  #ahead = 0;

  constructor(world, { root, hosts, text }) {
    Object.assign(this, { world, root, hosts, text, config: join(root, 'config', 'newsloom.yaml') });
    this.clock = join(root, 'clock');
    world.useClock(() => this.now());
    writeFileSync(this.clock, '0');
    writeFileSync(this.config, text);
  }

  now() {
    return Date.now() + this.#ahead;
  }

  /** Publishes an item in each feed. */
  print() {
    for (const host of this.hosts) this.world.network.print(host);
  }

  /** Sets the clock of all its processes, which the worker notices within a second. */
  setClock(ms) {
    this.#ahead += ms;
    writeFileSync(this.clock, String(this.#ahead));
  }

  run(...args) {
    return start(this.world, this, args, { NODE_OPTIONS: PRELOAD, DRILL_CLOCK: this.clock });
  }

  /** Runs a command. Resolves with its exit code and its output. */
  async command(...args) {
    const one = this.run(...args);
    const { code } = await one.ended;
    return { code, lines: one.lines };
  }

  async startWorker() {
    this.#worker = this.run('work');
    this.#seen = 0;
    await this.runEnded();
  }

  /** Resolves with the exit code. */
  async stopWorker() {
    await this.#worker.kill('SIGTERM');
    return (await this.#worker.ended).code;
  }

  async killWorker() {
    await this.#worker.kill();
  }

  /** Moves the clock, and waits for the run that follows. */
  async advance(ms) {
    this.#seen = this.#worker.lines.length;
    this.setClock(ms);
    await this.runEnded();
  }

  async runEnded() {
    const isEnd = (line) =>
      /"ms":\d+,"(?:msg|code)|"durationMs"|"code":"[^"]+","ms"/.test(line) && !line.includes('clock jumped');
    await until(() => this.#worker.isOver() || this.#worker.lines.slice(this.#seen).some(isEnd), 60, 'the run');
    await sleep(200); // until its metrics are counted
  }

  /** The lines of the log with a level of `warn` or above, one of each kind. */
  log() {
    const lines = this.#worker.lines.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
    return listKinds(lines.filter(({ level }) => level !== 'info'));
  }

  /** Metrics that differ from those of a good run, and the readiness. */
  async metrics() {
    const url = this.#worker.url();
    const get = async (path) =>
      await fetch(new URL(path, url)).then(async (one) => `${one.status} ${await one.text()}`);
    const text = await get('/metrics');
    const ready = (await get('/readyz')).trim().split('\n');
    return [
      ...text
        .split('\n')
        .filter((line) => (METRICS.test(line) && !line.endsWith(' 0')) || line.endsWith('successful 0')),
      `readyz ${ready.join('; ')}`,
    ];
  }

  /** What `status` says about the site, with its exit code. */
  async status() {
    const { code, lines } = await this.command('status');
    return [
      `exit ${code}`,
      ...lines.filter((line) => /^\d+ sources?:|^No source|^Most|^The config|newsloom:|published/.test(line)),
    ];
  }

  /** Links that are published, with how often. */
  published() {
    const feeds = join(this.root, 'feeds');
    const archives = readdirSync(feeds, { recursive: true }).filter((path) => /^archive\/all\/.*\.json$/.test(path));
    const counts = new Map();
    for (const path of ['all.json', ...archives])
      for (const { url } of JSON.parse(readFileSync(join(feeds, path), 'utf8')).items)
        counts.set(url, (counts.get(url) ?? 0) + 1);
    return counts;
  }

  /** Rejects if an item that the feeds served is not published once. */
  countArticles() {
    const mine = (link) => this.hosts.includes(new URL(link).host);
    const served = [...this.world.network.served].filter(mine);
    const published = this.published();
    const lost = served.filter((link) => published.get(link) !== 1);
    expectThat(
      lost.length === 0,
      `${lost.length} of ${served.length} articles are not published once: ${lost.slice(0, 3)}`,
    );
    return `${served.length} served, ${published.size} published, 0 lost`;
  }
}

/** Lines of a log in words. Of those that differ in numbers only, the first. */
export function listKinds(lines) {
  const kinds = new Map();
  for (const { level, code = '', msg, why } of lines) {
    const line = `${level} ${code} ${msg}${why === undefined ? '' : ` (${why})`}`.replace(/ +/g, ' ');
    const kind = line.replace(/[\d.:TZ-]+/g, '');
    if (!kinds.has(kind)) kinds.set(kind, line);
  }
  return [...kinds.values()];
}
