/** Kills runs at any moment, and around the calls of targets. No message is repeated, and none is lost. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { aSite } from '../support/a-site.js';
import { compiled } from '../support/compiled.js';
import { aMessenger, type Taken } from '../support/messenger.js';
import { randomNumbers } from '../support/random-numbers.js';
import { type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';
import { isThorough } from '../support/thorough.js';

const moduleAt = compiled();
const main = () => fileURLToPath(moduleAt('main'));

const RUNS = Number(process.env.KILLS ?? (isThorough ? 120 : 6));
/** As many runs as fit into the given time. */
const UNTIL = Number(process.env.KILLS_MINUTES ?? Number.POSITIVE_INFINITY) * 60_000;
/** Maximum milliseconds of a run. */
const WHOLE_RUN = 700;

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0)) await close();
});

const ENV = { SECRET: 'a-secret-token' };
const targetsAt = (origin: string) => [
  `{ to: webhook, url: "${origin}/hook", of: [all], atMost: 100 }`,
  `{ to: mastodon, url: "${origin}", token: "\${SECRET}", of: [all], atMost: 100 }`,
  `{ to: bluesky, url: "${origin}", account: section.example, token: "\${SECRET}", of: [all], atMost: 100 }`,
];

/** The number of the article in a message. */
function numberIn({ raw }: Taken): number {
  return Number(/Dispatch (\d+)/.exec(raw)?.[1]);
}

it(`tells each article once to each target in ${RUNS} runs, most of them killed`, {
  timeout: 300_000 + RUNS * 10_000,
}, async () => {
  const random = randomNumbers(RUNS);
  const origin = await serveFeeds();
  const messenger = await aMessenger();
  const site = aSite({
    sources: [`{ id: a, url: "${origin.url}/a", perDay: 100000 }`],
    more: [
      'publish: { formats: [json] }',
      'duplicates: keep',
      'announce:',
      ...targetsAt(messenger.origin).map((line) => `  - ${line}`),
    ],
  });
  closing.push(origin.close, messenger.close, site.remove);
  const runners = new Runners(join(site.root, 'config', 'newsloom.yaml'));
  closing.push(() => runners.close());
  let minute = 0;
  const news: RssItem[] = [];
  const write = () => {
    const date = new Date(Date.UTC(2026, 10, 24) + minute * 60_000).toISOString();
    news.unshift({
      title: `Dispatch ${news.length} ${WORDS[news.length % WORDS.length]}`,
      link: `https://a.example/${news.length}`,
      date,
    });
    origin.pages.set('/a', { body: rss('The a', news.slice(0, 60), 'https://a.example/') });
  };
  const start = () => {
    minute++;
    const now = new Date(Date.UTC(2026, 10, 24) + minute * 60_000).toISOString();
    return runners.start(now);
  };
  write();
  await start().ended;
  const first = news.length;
  const kinds = { 'at any moment': 0, 'before the answer': 0, 'after the answer': 0, 'not killed': 0 };
  for (let n = 0; n < RUNS && performance.now() < UNTIL; n++) {
    write();
    if (random() < 0.3) write();
    const { child, ended } = start();
    const chance = random();
    const kind =
      chance < 0.4
        ? 'at any moment'
        : chance < 0.65
          ? 'before the answer'
          : chance < 0.9
            ? 'after the answer'
            : 'not killed';
    kinds[kind]++;
    const calls = 1 + Math.floor(random() * 4);
    const taken = random() < 0.5;
    if (kind === 'at any moment') await Promise.race([ended, sleep(random() * WHOLE_RUN)]);
    if (kind === 'before the answer')
      messenger.watch({ calls, when: taken ? 'taken' : 'asked', act: () => child.kill('SIGKILL') });
    if (kind === 'after the answer') messenger.watch({ calls, when: 'answered', act: () => child.kill('SIGKILL') });
    if (kind === 'at any moment') child.kill('SIGKILL');
    await ended;
    messenger.watch(null);
  }
  // Undisturbed runs send waiting messages; a target that broke off is first paused for a while.
  for (let n = 0; n < 4; n++) {
    minute += 400;
    await start().ended;
  }
  const { targets } = JSON.parse(await output(site.root, ['status', '--json'])) as {
    targets: { id: string; waiting: number; unsent: { what: string; text: string }[] }[];
  };
  const expected = Array.from({ length: news.length - first }, (_, i) => first + i);
  for (const { id, waiting, unsent } of targets) {
    const path =
      id === 'webhook' ? '/hook' : id === 'mastodon' ? '/api/v1/statuses' : '/xrpc/com.atproto.repo.putRecord';
    const counts = new Map<number, number>();
    for (const one of messenger.taken.filter((each) => each.path === path))
      counts.set(numberIn(one), (counts.get(numberIn(one)) ?? 0) + 1);
    const unknown = new Set(unsent.map(({ text }) => Number(/Dispatch (\d+)/.exec(text)?.[1])));
    const told = expected.filter((number) => counts.has(number)).length;
    console.log(
      `${id}: ${expected.length} articles, ${told} told, ${unknown.size} unknown (${[...unknown].filter((number) => counts.has(number)).length} of them had arrived)`,
    );
    expect(waiting, id).toBe(0);
    expect(
      [...counts].filter(([number, count]) => count > 1 || number < first),
      `${id} twice, or old`,
    ).toEqual([]);
    expect(
      expected.filter((number) => !counts.has(number) && !unknown.has(number)),
      `${id} lost`,
    ).toEqual([]);
    // If it has keys, messages interrupted by a kill are sent again, and deduplicated.
    if (id === 'bluesky') expect(unknown.size).toBe(0);
  }
  console.log(JSON.stringify(kinds));
});

const WORDS = [
  'on the harbour',
  'from the court',
  'about the harvest',
  'on wolves',
  'from parliament',
  'about cheese',
  'on the railway',
];

/** Runs of a site in preloaded processes, so that a kill hits the run and not the start. */
class Runners {
  #ready: ChildProcess[] = [];

  constructor(readonly config: string) {}

  /** Starts a run; the next runner is loaded meanwhile. */
  start(now: string): { readonly child: ChildProcess; readonly ended: Promise<void> } {
    // The process may have been killed after its run.
    this.#ready = this.#ready.filter(({ connected, killed }) => connected && !killed);
    while (this.#ready.length < 2) this.#ready.push(this.#load());
    const child = this.#ready.shift()!;
    const ended = new Promise<void>((end) => {
      child.once('exit', () => end());
      child.on('message', (said) => {
        if (said !== 'done') return;
        this.#ready.unshift(child);
        child.removeAllListeners();
        end();
      });
    });
    child.send({ now }, () => undefined); // one that is killed meanwhile ends
    return { child, ended };
  }

  close(): void {
    for (const child of this.#ready) child.kill('SIGKILL');
  }

  #load(): ChildProcess {
    const argv = [
      '--input-type=module',
      '-e',
      RUNNER,
      moduleAt('app/run-site'),
      moduleAt('app/load-site'),
      this.config,
    ];
    const env = { ...process.env, ...ENV };
    return spawn(process.execPath, argv, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  }
}

const RUNNER = `
const [app, site, config] = process.argv.slice(1);
const [{ runSite }, { loadSite }] = await Promise.all([import(app), import(site)]);
await loadSite(config, process.env, 'fresh');
const options = { force: true, only: null, offline: false, dryRun: false, forcePublish: false };
const observer = { start() {}, done() {}, published() {} };
process.on('message', async ({ now }) => {
  const settings = await loadSite(config, process.env);
  await runSite(settings, { ...options, observer, now: new Date(now), signal: new AbortController().signal });
  process.send('done');
});
`;

async function output(root: string, argv: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [main(), ...argv], { cwd: root, env: { ...process.env, ...ENV } });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  await new Promise((end) => child.on('close', end));
  return text;
}
