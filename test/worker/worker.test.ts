import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findDriver } from '../../src/store/sqlite/driver.js';
import { aSite } from '../support/a-site.js';
import { aWorker, until } from '../support/a-worker.js';
import { newsloom } from '../support/command-line.js';
import { fullFolder } from '../support/full-folder.js';
import { NO_HUBS } from '../support/no-hubs.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';
import { thorough } from '../support/thorough.js';

async function aNewsroom(parts: { readonly more?: readonly string[]; readonly port?: number } = {}) {
  const origin = await serveFeeds({ '/a': rss('A', [{ title: 'One' }]) });
  onTestFinished(() => origin.close());
  const sources = [`{ id: a, url: "${origin.url}/a" }`];
  const site = aSite({ sources, more: parts.more ?? [] });
  onTestFinished(() => site.remove());
  return { origin, site, sources };
}

/** A clock that advances half a day with each run, so that the sources are due. */
function halfDays() {
  let runs = 0;
  return () => new Date(Date.parse('2026-11-24T09:00:00Z') + runs++ * 43_200_000);
}

describe('the worker', () => {
  it('runs at its start and on every tick, and serves what it published', async () => {
    const { origin, site } = await aNewsroom();
    const worker = await aWorker(site, { now: halfDays() });
    expect(await worker.get('/healthz')).toMatchObject({ status: 200 });
    expect(await worker.get('/readyz')).toMatchObject({ status: 200 });
    expect((await worker.get('/all.rss')).body).toContain('One');
    origin.pages.set('/a', { body: rss('A', [{ title: 'Two' }, { title: 'One' }]) });
    await worker.tick();
    expect((await worker.get('/all.rss')).body).toContain('Two');
    const { body } = await worker.get('/metrics');
    expect(body).toContain('newsloom_fetches_total{outcome="fetched"} 2\n');
    expect(body).toContain('newsloom_parse_duration_seconds_count{format="rss"} 2\n');
    expect(body).toContain('newsloom_articles_total{change="added"} 2\n');
    expect(body).toContain('newsloom_sources{state="ok"} 1\n');
    expect(body).toMatch(/newsloom_last_success_timestamp_seconds 17\d+/);
    expect(body).not.toContain('"a"');
    expect(await worker.stop()).toBe('clean');
  });

  it('is not ready while every run fails, and ready after a successful one', async () => {
    const { site } = await aNewsroom();
    let tick = async () => {};
    /** Duration of three ticks: long, or expired at once. */
    let span = 60_000;
    const worker = await aWorker(site, {
      now: halfDays(),
      startTicks: (_, then) => {
        tick = () => then();
        return { span: () => span, stop: () => {} };
      },
    });
    await tick();
    expect(await worker.get('/readyz')).toMatchObject({ status: 200 });
    span = -1;
    await tick();
    span = 60_000;
    rmSync(site.feeds, { recursive: true });
    writeFileSync(site.feeds, 'no folder');
    await tick();
    expect(worker.log.at(-1)).toMatchObject({ level: 'error', code: 'PUBLISH_FAILED' });
    expect(await worker.get('/readyz')).toEqual({
      status: 503,
      body: 'no successful run for more than 3 ticks\n',
    });
    rmSync(site.feeds);
    await tick();
    expect(await worker.get('/readyz')).toMatchObject({ status: 200 });
  });

  it('is not ready before its first run has ended', async () => {
    const { site } = await aNewsroom();
    const never = () => new Promise<never>(() => {});
    const hung = {
      run: never,
      health: never,
      prune: never,
      isInPlace: () => true,
      hubs: NO_HUBS,
      keepSubscriptions: never,
      close: async () => {},
    };
    const worker = await aWorker(site, { ready: 'port', open: async () => hung, graceMs: 10 });
    expect(await worker.get('/readyz')).toMatchObject({ status: 503 });
    expect(await worker.get('/healthz')).toMatchObject({ status: 200 });
    expect(await worker.stop()).toBe('hung');
  });

  it('prunes once a day', async () => {
    const { origin, site, sources } = await aNewsroom();
    site.configure({ sources, more: ['retention: 2d', 'publish: { items: 1 }'] });
    let now = Date.parse('2026-11-24T06:00:00Z');
    const worker = await aWorker(site, { now: () => new Date(now) });
    for (const title of ['Two', 'Three', 'Four', 'Five', 'Six', 'Seven']) {
      now += 12 * 3_600_000;
      origin.pages.set('/a', { body: rss('A', [{ title, date: null }]) });
      await worker.tick();
    }
    // On the morning of the 27th, both articles of the 24th are older than two days.
    const told = worker.log.filter(({ msg }) => msg === 'pruned articles older than the retention');
    expect(told.map(({ pruned }) => pruned)).toEqual([2]);
  });

  it('publishes the other sources if one hangs', async () => {
    const { origin, site, sources } = await aNewsroom();
    const silent = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await new Promise((up) => silent.once('listening', up));
    const { port } = silent.address() as { port: number };
    site.configure({ sources: [...sources, `{ id: hung, url: "http://127.0.0.1:${port}/" }`] });
    const config = join(site.root, 'config', 'newsloom.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace('timeout: 60s', 'timeout: 1s'));
    const worker = await aWorker(site);
    expect((await worker.get('/all.rss')).body).toContain('One');
    expect((await worker.get('/metrics')).body).toContain('newsloom_fetches_total{outcome="FETCH_TIMEOUT"} 1\n');
    expect(origin.requests).toHaveLength(1);
  });

  it.each([
    ['ahead', ['2026-11-24T09:00:00Z', '2026-11-25T09:05:00Z', '2026-11-24T09:10:00Z', '2026-11-25T12:00:00Z']],
    ['back', ['2026-11-24T09:00:00Z', '2026-11-23T09:05:00Z', '2026-11-24T09:10:00Z', '2026-11-25T12:00:00Z']],
  ])('comes to no harm by a clock that was a day %s for a while', async (_, times) => {
    const { origin, site } = await aNewsroom();
    let run = 0;
    const worker = await aWorker(site, { now: () => new Date(times[run]!) });
    const titles = ['Four', 'Three', 'Two', 'One'];
    for (run = 1; run < times.length; run++) {
      origin.pages.set('/a', {
        body: rss(
          'A',
          titles.slice(3 - run).map((title) => ({ title })),
        ),
      });
      await worker.tick();
    }
    expect(origin.requests).toHaveLength(times.length);
    expect(worker.log.map(({ level }) => level)).not.toContain('error');
    const { body } = await worker.get('/all.json');
    const items = (JSON.parse(body) as { items: { title: string }[] }).items.map(({ title }) => title);
    expect(items.sort()).toEqual([...titles].sort());
  });

  it('opens the current store if the open one was deleted', async () => {
    const { origin, site } = await aNewsroom();
    const now = halfDays();
    const worker = await aWorker(site, { now });
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    origin.pages.set('/a', { body: rss('A', [{ title: 'Two' }, { title: 'One' }]) });
    await site.run(now().toISOString()); // restores the store
    const published = site.files();
    expect(site.read('all.rss')).toContain('Two');
    await worker.tick();
    expect(worker.log).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: expect.stringContaining('deleted') }),
    );
    expect(site.read('all.rss')).toBe(published.get('all.rss'));
    rmSync(join(site.root, '.newsloom'), { recursive: true });
    origin.pages.set('/a', { body: rss('A', [{ title: 'Three' }, { title: 'Two' }, { title: 'One' }]) });
    await worker.tick();
    await worker.tick();
    const ids = (items: readonly Record<string, unknown>[]) => new Map(items.map(({ title, id }) => [title, id]));
    const after = ids(site.json('all.json').items);
    expect([...after.keys()].sort()).toEqual(['One', 'Three', 'Two']);
    for (const [title, id] of ids(JSON.parse(published.get('all.json')!).items)) expect(after.get(title)).toBe(id);
    expect(await worker.stop()).toBe('clean');
  });

  it('counts the topics without an article in its log', async () => {
    const { site, sources } = await aNewsroom();
    site.configure({ sources, topics: ['{ id: chess, any: [chess] }', '{ id: go, any: [baduk] }'] });
    const worker = await aWorker(site, { now: halfDays() });
    expect(worker.log.at(-1)).toMatchObject({ msg: 'published', emptyTopics: 2 });
  });

  thorough(
    'continues once a store locked by another process is free',
    async () => {
      const { site } = await aNewsroom();
      const worker = await aWorker(site, { now: halfDays() });
      const open = await findDriver();
      const other = open(join(site.root, '.newsloom', 'newsloom.db'), 'write');
      other.exec('BEGIN IMMEDIATE');
      await worker.tick();
      expect(worker.log.at(-1)).toMatchObject({ level: 'error', code: 'STORE_BUSY' });
      other.exec('ROLLBACK');
      other.close();
      await worker.tick();
      expect(worker.log.at(-1)).toMatchObject({ level: 'info', msg: 'nothing new' });
    },
    300_000,
  );

  it.runIf(fullFolder.possible)(
    'keeps what is published in a read-only folder, and publishes when it may',
    async () => {
      const { origin, site, sources } = await aNewsroom();
      const disk = fullFolder.make(4_000_000);
      site.configure({ sources, more: [`publish: { dir: "${disk}", formats: [rss] }`] });
      const worker = await aWorker(site, { now: halfDays() });
      const published = () => readFileSync(join(disk, 'all.rss'), 'utf8');
      const before = published();
      origin.pages.set('/a', { body: rss('A', [{ title: 'Two' }, { title: 'One' }]) });
      fullFolder.remount(disk, 'ro');
      await worker.tick();
      fullFolder.remount(disk, 'rw');
      expect(worker.log.at(-1)).toMatchObject({ level: 'error', code: 'PUBLISH_FAILED' });
      expect(published()).toBe(before);
      await worker.tick();
      expect(published()).toContain('Two');
    },
  );

  it.runIf(fullFolder.possible)(
    'keeps what is published on a full disk, logs it, and continues once there is room',
    async () => {
      const { origin, site, sources } = await aNewsroom();
      const disk = fullFolder.make(1_000_000);
      site.configure({ sources, more: [`publish: { dir: "${disk}/feeds", formats: [rss] }`] });
      const worker = await aWorker(site, { now: halfDays() });
      const published = () => readFileSync(join(disk, 'feeds/all.rss'), 'utf8');
      const before = published();
      const filler = join(disk, 'filler');
      expect(() => writeFileSync(filler, Buffer.alloc(2_000_000))).toThrow('ENOSPC');
      origin.pages.set('/a', { body: rss('A', [{ title: 'Two' }, { title: 'One' }]) });
      await worker.tick();
      expect(worker.log.at(-1)).toMatchObject({ level: 'error', code: 'PUBLISH_FULL' });
      expect(published()).toBe(before);
      writeFileSync(filler, '');
      await worker.tick();
      expect(published()).toContain('Two');
    },
  );

  it('ends if its store is damaged, and logs how to restore it', async () => {
    const { origin, site } = await aNewsroom();
    const worker = await aWorker(site, { now: halfDays() });
    // A change by another connection makes SQLite read the file again instead of its page cache.
    const path = join(site.root, '.newsloom', 'newsloom.db');
    const other = (await findDriver())(path, 'write');
    other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    other.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096);
    writeFileSync(path, bytes);
    const touch = (await findDriver())(path, 'write');
    try {
      touch.exec('PRAGMA user_version = 9999');
    } catch {}
    touch.close();
    origin.pages.set('/a', { body: rss('A', [{ title: 'Two' }]) });
    const ended = expect(worker.ended).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await worker.tick();
    await ended;
  });
});

describe('reloading', () => {
  it('applies a changed config at once, and keeps the old one if the new one is invalid', async () => {
    const { origin, site, sources } = await aNewsroom();
    const worker = await aWorker(site, { now: halfDays() });
    const config = join(site.root, 'config', 'newsloom.yaml');
    const right = readFileSync(config, 'utf8');
    writeFileSync(config, right.replace('sources:', 'sauces:'));
    const said = await worker.said('the new config is invalid: keeping the old one');
    expect(said.problems).toContainEqual(expect.stringContaining('sauces'));
    await worker.tick();
    expect(worker.log.at(-1)).toMatchObject({ msg: 'nothing new', sources: { total: 1 } });
    origin.pages.set('/b', { body: rss('B', [{ title: 'Other' }]) });
    site.configure({ sources: [...sources, `{ id: b, url: "${origin.url}/b" }`] });
    await worker.said('config reloaded');
    await until(() => (origin.requests.some(({ path }) => path === '/b') ? true : undefined));
    await worker.tick();
    expect((await worker.get('/all.rss')).body).toContain('Other');
  });

  it('is retried at each tick until it succeeds, and logs a lasting problem once', async () => {
    const { site, sources } = await aNewsroom();
    const worker = await aWorker(site);
    site.configure({ sources, more: ['publish: { templates: theme }'] });
    await worker.said('the new config is invalid: keeping the old one');
    await worker.tick();
    await worker.tick();
    expect(worker.log.filter(({ level }) => level === 'error')).toHaveLength(1);
    mkdirSync(join(site.root, 'theme'));
    await worker.tick();
    expect(await worker.said('config reloaded')).toMatchObject({ why: 'tried again' });
  });

  it('happens on SIGHUP too, and watches included files', async () => {
    const { site } = await aNewsroom();
    const config = join(site.root, 'config', 'newsloom.yaml');
    const list = join(site.root, 'config', 'lists', 'sources.yaml');
    mkdirSync(join(site.root, 'config', 'lists'));
    const [sources] = /(?<=^sources:\n)(?: {2}- .*\n)+/m.exec(readFileSync(config, 'utf8'))!;
    writeFileSync(list, sources.replace(/^ {2}/gm, ''));
    writeFileSync(
      config,
      readFileSync(config, 'utf8').replace(`sources:\n${sources}`, 'sources: lists/sources.yaml\n'),
    );
    const worker = await aWorker(site);
    worker.hangUp();
    expect(await worker.said('config reloaded')).toMatchObject({ why: 'SIGHUP' });
    writeFileSync(list, '- nonsense\n');
    await worker.said('the new config is invalid: keeping the old one');
    writeFileSync(list, sources.replace(/^ {2}/gm, '').replace('id: a', 'id: b'));
    await until(() => worker.log.find(({ why }) => why === 'a file changed'));
  });

  it.each([
    ['store', 'store: { path: two.db }'],
    ['store', 'store: { kind: postgres, url: "postgres://127.0.0.1:1/news" }'],
    ['worker.port', 'worker: { port: 1 }'],
  ])('keeps %s until a restart', async (path, changed) => {
    const { site, sources } = await aNewsroom({ more: ['worker: { port: 0 }'] });
    const worker = await aWorker(site, { port: null });
    site.configure({ sources, more: [changed.startsWith('worker') ? changed : `worker: { port: 0 }\n${changed}`] });
    expect(await worker.said('the new config is invalid: keeping the old one')).toMatchObject({
      problems: [expect.stringContaining(`${path}: restart the worker to use the new value`)],
    });
    expect(await worker.get('/readyz')).toMatchObject({ status: 200 });
    site.configure({ sources, more: ['worker: { port: 0 }'] });
    await worker.said('config reloaded');
  });
});

describe('an invalid config', () => {
  const config = (site: { readonly root: string }) => join(site.root, 'config', 'newsloom.yaml');
  const breakConfig = (site: { readonly root: string }) =>
    writeFileSync(config(site), readFileSync(config(site), 'utf8').replace('sources:', 'sauces:'));

  it('is reported by metrics, readiness, status and overview until it is mended', async () => {
    const { site } = await aNewsroom();
    const worker = await aWorker(site, { now: halfDays() });
    expect((await worker.get('/metrics')).body).toContain('newsloom_config_last_reload_successful 1\n');
    const right = readFileSync(config(site), 'utf8');
    breakConfig(site);
    const { since } = await worker.said('the new config is invalid: keeping the old one');
    const { body } = await worker.get('/metrics');
    expect(body).toContain('newsloom_config_last_reload_successful 0\n');
    expect(body).toMatch(/newsloom_config_last_reload_success_timestamp_seconds 17\d+/);
    const ready = await worker.get('/readyz');
    expect(ready.status).toBe(200);
    expect(ready.body).toMatch(`the config is rejected since ${since}`);
    const status = await newsloom('status', '--config', config(site));
    expect(status.out).toMatch(/The config is rejected since 2026-11-\d\d \d\d:\d\d UTC.*sauces.*1 source: 1 ok/s);
    expect(status.status).toBe(78);
    const json = JSON.parse((await newsloom('status', '--json', '--config', config(site))).out);
    expect(json).toMatchObject({ config: { since }, counts: { ok: 1 } });
    const overview = await newsloom('overview', '--config', config(site));
    expect(overview.out).toMatch(/next +newsloom check +\(the config is rejected\)/);
    writeFileSync(config(site), right);
    await worker.said('config reloaded');
    expect((await worker.get('/metrics')).body).toContain('newsloom_config_last_reload_successful 1\n');
    expect(await worker.get('/readyz')).toEqual({ status: 200, body: 'ready\n' });
    expect((await newsloom('status', '--config', config(site))).out).not.toContain('rejected');
  });

  it('does not prevent a restart: the last valid one is used, reported, and replaced once mended', async () => {
    const { origin, site, sources } = await aNewsroom();
    const list = join(site.root, 'config', 'sources.yaml');
    site.configure({ sources: [] });
    writeFileSync(config(site), readFileSync(config(site), 'utf8').replace('sources:', 'sources: sources.yaml'));
    writeFileSync(list, `- ${sources[0]}\n`);
    await (await aWorker(site, { now: halfDays() })).stop();
    writeFileSync(list, '- nonsense\n');
    await expect(aWorker(site, { strictConfig: true })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    const worker = await aWorker(site, { now: halfDays() });
    expect(worker.log.find(({ level }) => level === 'error')).toMatchObject({
      msg: 'the config is invalid: started with the last valid one',
      problems: [expect.stringContaining('sources.yaml:1')],
    });
    expect((await worker.get('/metrics')).body).toContain('newsloom_config_last_reload_successful 0\n');
    expect(worker.log.at(-1)).toMatchObject({ sources: { total: 1 } });
    origin.pages.set('/b', { body: rss('B', [{ title: 'Other' }]) });
    writeFileSync(list, `- ${sources[0]}\n- { id: b, url: "${origin.url}/b" }\n`);
    expect(await worker.said('config reloaded')).toMatchObject({ sources: 2 });
  });

  it('prevents the first start', async () => {
    const { site } = await aNewsroom();
    breakConfig(site);
    await expect(aWorker(site)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
