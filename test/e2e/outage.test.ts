/** Outages of the network of this machine, which connect and then reset, played on a day of runs every quarter of an hour. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aSite } from '../support/a-site.js';
import { aWorker } from '../support/a-worker.js';
import { newsloom } from '../support/command-line.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';

const START = Date.parse('2026-11-24T09:00:00Z');
const QUARTER = 15 * 60_000;

interface Desk {
  readonly sources: number;
  readonly local?: boolean;
  /** Settings of each source. */
  readonly more?: readonly string[];
}

async function aDesk({ sources, local = false, more = [] }: Desk) {
  const ids = Array.from({ length: sources }, (_, i) => `s${i}`);
  const page = (id: string, title: string) => ({ body: rss(id, [{ title }], `https://${id}.example/`) });
  const origin = await serveFeeds({ '/local': rss('Bridge', [{ title: 'Bridge news' }]) });
  onTestFinished(() => origin.close());
  const { port } = new URL(origin.url);
  const publish = (title: string) => {
    for (const id of ids) origin.pages.set(`/${id}`, page(id, `${title} ${id}`));
  };
  const cut = (count = ids.length) => {
    for (const id of ids.slice(0, count)) origin.pages.set(`/${id}`, null);
  };
  publish('First');
  const urls = ids.map((id, i) => `{ id: ${id}, url: "http://${id}.test:${port}/${id}", ${more[i] ?? ''} }`);
  const site = aSite({
    sources: [...urls, ...(local ? [`{ id: local, url: "${origin.url}/local", every: 15m }`] : [])],
  });
  onTestFinished(() => site.remove());
  let now = START;
  const resolve = () => ({ address: '127.0.0.1', port: Number(port) });
  const worker = await aWorker(site, { now: () => new Date(now), resolve });
  const tick = async () => {
    now += QUARTER;
    origin.requests.length = 0;
    await worker.tick();
    return origin.requests.filter(({ path }) => path !== '/local').length;
  };
  const status = (at = now) =>
    newsloom('status', '--config', join(site.root, 'config', 'newsloom.yaml'), '--now', new Date(at).toISOString());
  return { worker, publish, cut, tick, status };
}

describe('a day of connections that are reset', () => {
  it.each([false, true])(
    'counts against no source, and ends with the first answer (a local source answers: %s)',
    async (local) => {
      const { worker, publish, cut, tick, status } = await aDesk({ sources: 8, local });
      for (let i = 0; i < 6; i++) await tick();
      cut();
      for (let i = 0; i < 96; i++) await tick();
      const during = await status();
      expect(during.out).toContain('8 unreached');
      expect(during.out).toContain('check the network');
      expect(worker.log.at(-1)).toMatchObject({ sources: { failed: 8 } });
      const { body } = await worker.get('/metrics');
      const last = Number(/^newsloom_last_success_timestamp_seconds (\d+)$/m.exec(body)![1]);
      if (!local) expect(last).toBeLessThan((START + 9 * QUARTER) / 1000);
      publish('Second');
      expect(await tick()).toBe(8);
      expect((await worker.get('/all.rss')).body.match(/<title>Second/g)).toHaveLength(8);
      expect((await status()).out).toMatch(/: [89] ok\. /);
    },
  );

  it('is not believed of sources that fail together for more than a day while others answer', async () => {
    const { worker, cut, tick, status } = await aDesk({ sources: 4, local: true });
    cut();
    for (let i = 0; i < 8; i++) await tick();
    expect((await status()).out).toContain('4 unreached');
    for (let i = 0; i < 112; i++) await tick();
    expect((await status()).out).toMatch(/4 (degraded|failing)/);
    expect(worker.log.at(-1)).not.toMatchObject({ warnings: [{ sourceId: 'fetch.network' }] });
  });
});

describe('a few sources that fail together', () => {
  it('count as failing once more of the others have answered, even if few answer in each run', async () => {
    const others = [105, 120, 135, 150, 165, 180].map((minutes) => `every: ${minutes}m`);
    const { cut, tick, status } = await aDesk({
      sources: 9,
      more: ['every: 15m', 'every: 15m', 'every: 15m', ...others],
    });
    for (let i = 0; i < 2; i++) await tick();
    cut(3);
    await tick();
    expect((await status()).out).toContain('9 unreached');
    for (let i = 0; i < 20; i++) await tick();
    expect((await status()).out).toMatch(/3 (degraded|failing), 6 ok/);
  });
});

it('says that nothing was read for a day, if no run polled the sources', async () => {
  const { status } = await aDesk({ sources: 3 });
  const late = await status(START + 26 * 3_600_000);
  expect(late.out).toMatch(/3 ok.*\n\nNo source was read for 26 hours/s);
});
