/** Faults of one machine. Each resolves with what an operator saw, and rejects if an article is lost. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expectThat } from '../scale/world.mjs';
import { shell } from './network.mjs';
import { createSite, MINUTE } from './site.mjs';

const HOUR = 60 * MINUTE;

export async function dnsDead(world) {
  return await playOutage(world, 'dns', { fault: 'silent names', runs: 3, every: 15 * MINUTE });
}

export async function resetForADay(world, { hours }) {
  return await playOutage(world, 'reset', { fault: 'reset', runs: hours, every: HOUR });
}

async function playOutage({ network, ...world }, name, { fault, runs, every }) {
  const site = createSite({ network, ...world }, name);
  site.print();
  await site.startWorker();
  network.fault = fault;
  for (let i = 0; i < runs; i++) {
    if (i % 4 === 0) site.print();
    await site.advance(every);
  }
  const [metrics, status] = [await site.metrics(), await site.status()];
  network.fault = null;
  await site.advance(MINUTE + 5_000);
  const after = await site.status();
  expectThat(
    after.some((line) => line.includes('6 ok')),
    `after the outage: ${after.join(' ')}`,
  );
  const exit = await site.stopWorker();
  return {
    log: site.log(),
    status: [...status, `one run after the end: ${after[1]}`],
    metrics,
    exit,
    articles: site.countArticles(),
  };
}

export async function diskFull(world) {
  const root = join(world.folder, 'disk');
  mkdirSync(root);
  shell(`mount -t tmpfs -o size=6m none ${root}`);
  const site = createSite(world, 'disk');
  site.print();
  await site.startWorker();
  const ballast = join(root, 'ballast');
  shell(`cat /dev/zero > ${ballast} 2>/dev/null || true`);
  site.print();
  await site.advance(HOUR);
  await site.advance(HOUR);
  const [metrics, status, log] = [await site.metrics(), await site.status(), site.log()];
  await site.killWorker();
  const { code, lines } = await site.command('build', '--quiet');
  log.push(...lines);
  rmSync(ballast);
  await site.startWorker();
  const stopped = await site.stopWorker();
  return { log, status, metrics, exit: `build ${code}, work ${stopped}`, articles: site.countArticles() };
}

export async function configBroken(world) {
  const site = createSite(world, 'config');
  site.print();
  await site.startWorker();
  writeFileSync(site.config, site.text.replace('every: 10m', 'every: soon'));
  await site.advance(5_500);
  site.print();
  await site.advance(HOUR);
  const log = site.log();
  const first = await site.stopWorker();
  site.print();
  site.setClock(HOUR);
  await site.startWorker();
  const [metrics, status] = [await site.metrics(), await site.status()];
  log.push(...site.log());
  const exit = [`work ${first}`, `check ${(await site.command('check')).code}`];
  await site.stopWorker();
  exit.push(`work --strict-config ${(await site.command('work', '--strict-config')).code}`);
  writeFileSync(site.config, site.text);
  await site.startWorker();
  exit.push(`corrected: work ${await site.stopWorker()}`);
  return { log, status, metrics, exit: exit.join(', '), articles: site.countArticles() };
}

export async function storeDeleted(world) {
  const site = createSite(world, 'store');
  site.print();
  await site.startWorker();
  shell(`rm ${site.root}/.newsloom/newsloom.db*`);
  site.print();
  await site.advance(HOUR);
  const [metrics, status, log] = [await site.metrics(), await site.status(), site.log()];
  await site.killWorker();
  shell(`rm -r ${site.root}/.newsloom`);
  site.setClock(HOUR);
  site.print();
  await site.startWorker();
  log.push(...site.log());
  return { log: [...new Set(log)], status, metrics, exit: await site.stopWorker(), articles: site.countArticles() };
}

export async function clockJump(world) {
  const site = createSite(world, 'clock');
  site.print();
  await site.startWorker();
  for (const hours of [48, -24, -72, 49]) {
    site.print();
    await site.advance(hours * HOUR);
  }
  await site.advance(HOUR);
  const [metrics, status] = [await site.metrics(), await site.status()];
  return { log: site.log(), status, metrics, exit: await site.stopWorker(), articles: site.countArticles() };
}

/** Starts with a site of the last release, see scripts/upgrade-fixture.mjs. */
export async function upgrade(world, { fixture }) {
  const old = JSON.parse(gunzipSync(readFileSync(resolve(fixture))).toString());
  const site = createSite(world, 'upgrade', { feeds: 0, config: `${old.config}worker: { port: 0 }\n` });
  const write = (path, content) => {
    mkdirSync(dirname(join(site.root, path)), { recursive: true });
    writeFileSync(join(site.root, path), content);
  };
  for (const [path, text] of Object.entries(old.files)) write(`feeds/${path}`, text);
  write('.newsloom/newsloom.db', Buffer.from(old.store, 'base64'));
  const before = site.published();
  site.hosts = ['a', 'b', 'c'].map((id) => `${id}.example`);
  site.print();
  const check = await site.command('check');
  await site.startWorker();
  const [metrics, status] = [await site.metrics(), await site.status()];
  const exit = await site.stopWorker();
  const after = site.published();
  const lost = [...before.keys()].filter((url) => !after.has(url));
  expectThat(before.size > 5 && lost.length === 0, `${lost.length} of ${before.size} articles are lost: ${lost}`);
  const log = [...check.lines.filter((line) => line.includes('older')).map((line) => `check: ${line}`), ...site.log()];
  const articles = `${before.size} of the last release kept, ${site.countArticles()}`;
  return { log, status, metrics, exit: `check ${check.code}, work ${exit}`, articles };
}
