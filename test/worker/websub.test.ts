/** The worker receives pushes from a hub and polls the source. */

import { createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../scripts/free-port.mjs';
import { aSite } from '../support/a-site.js';
import { aWorker, until } from '../support/a-worker.js';
import { type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';
import { thorough } from '../support/thorough.js';
import { aHub } from '../support/websub-hub.js';

const START = Date.parse('2026-11-24T09:00:00Z');
const HOUR = 3_600_000;

async function aNewsroom(named: 'in the document' | 'in a header' = 'in the document', digest = 'sha256') {
  let time = START;
  const now = () => new Date(time);
  const hub = await aHub({ now, digest });
  const origin = await serveFeeds();
  const port = await freePort();
  const topic = `${origin.url}/a`;
  const publish = (...items: readonly (string | RssItem)[]) => {
    const document = rss(
      'A',
      items.map((item) => (typeof item === 'string' ? { title: item } : item)),
    );
    const links = `<link xmlns="http://www.w3.org/2005/Atom" rel="hub" href="${hub.url}"/><link xmlns="http://www.w3.org/2005/Atom" rel="self" href="${topic}"/>`;
    const body =
      named === 'in a header' ? document : document.replace('<description>News', `${links}<description>News`);
    const headers: Record<string, string> =
      named === 'in a header' ? { link: `<${hub.url}>; rel="hub", <${topic}>; rel=self` } : {};
    origin.pages.set('/a', { body, headers });
  };
  publish('One');
  const sources = [`{ id: a, url: "${topic}" }`];
  const more = [`worker: { port: ${port}, publicUrl: "http://127.0.0.1:${port}/" }`];
  const site = aSite({ sources, more });
  onTestFinished(async () => {
    await hub.close();
    await origin.close();
    site.remove();
  });
  const worker = await aWorker(site, { now, port: null });
  await hub.settled();
  return {
    hub,
    origin,
    site,
    worker: { ...worker, now },
    publish,
    topic,
    sources,
    port,
    pass: (ms: number) => {
      time += ms;
    },
    asked: () => origin.requests.filter(({ headers }) => String(headers['user-agent']).startsWith('newsloom/')).length,
    /** Simulates a publisher's notification after a change. */
    ping: async () => {
      await fetch(hub.url, { method: 'POST', body: new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic }) });
      await hub.settled();
    },
  };
}

describe('WebSub in', () => {
  it.each([
    ['in the document', 'sha256'],
    ['in a header', 'sha1'],
  ] as const)(
    'publishes within five seconds what a hub tells of that is named %s, signed with %s',
    async (named, digest) => {
      const { hub, worker, publish, ping, pass, asked } = await aNewsroom(named, digest);
      expect([...hub.subscriptions.values()]).toMatchObject([{ secret: expect.stringMatching(/^[\w-]{43}$/) }]);
      expect(asked()).toBe(1);
      // Repeats the test once, in case the machine stalled.
      const took: number[] = [];
      const titles = ['One'];
      for (const title of ['Two', 'Three', 'Four']) {
        pass(60_000);
        titles.unshift(title);
        publish(...titles);
        const began = performance.now();
        await ping();
        await until(async () => ((await worker.get('/all.rss')).body.includes(title) ? true : undefined));
        took.push(performance.now() - began);
        if (took.at(-1)! < 5_000) break;
      }
      expect(Math.min(...took)).toBeLessThan(5_000);
      expect(hub.delivered).toEqual(took.map(() => 202));
      expect(asked()).toBe(1 + took.length);
    },
  );

  it('polls a source once a day while its hub is active, and as usual afterwards', async () => {
    const { hub, worker, publish, ping, pass, asked } = await aNewsroom();
    pass(HOUR);
    publish('Two', 'One');
    await ping();
    await until(async () => (asked() === 2 ? true : undefined));
    for (let hour = 1; hour < 24; hour++) {
      pass(HOUR);
      await worker.tick();
    }
    expect(asked()).toBe(2);
    pass(HOUR + 60_000);
    await worker.tick();
    expect(asked()).toBe(3);
    await hub.settled();
    // The hub disappears and its lease ends.
    hub.refuses = 'at once';
    hub.subscriptions.clear();
    pass(11 * 24 * HOUR);
    await worker.tick();
    const before = asked();
    pass(13 * HOUR);
    await worker.tick();
    expect(asked()).toBe(before + 1);
  });

  it('polls each source once after a pause, because pushes were lost meanwhile', async () => {
    const { worker, site, publish, ping, pass, asked } = await aNewsroom();
    pass(HOUR);
    publish('Two', 'One');
    await ping();
    await until(async () => (asked() === 2 ? true : undefined));
    await worker.tick();
    await worker.stop();
    pass(10 * 60_000);
    publish('Three', 'Two', 'One');
    const restarted = await aWorker(site, { now: worker.now, port: null });
    expect((await restarted.get('/all.rss')).body).toContain('Three');
    expect(asked()).toBe(3);
    pass(2 * HOUR);
    await restarted.tick();
    expect(asked()).toBe(3);
  });

  it('polls a source as usual while its hub pushes nothing or misses articles', async () => {
    const { worker, publish, ping, pass, asked } = await aNewsroom();
    const item = (title: string, hour: number) => ({ title, date: new Date(START + hour * HOUR).toISOString() });
    const hours = async (count: number) => {
      for (let hour = 0; hour < count; hour++) {
        pass(1.1 * HOUR);
        await worker.tick();
      }
    };
    await hours(3);
    expect(asked()).toBe(4);
    pass(60_000);
    publish(item('Two', 3), 'One');
    await ping();
    await until(async () => (asked() === 5 ? true : undefined));
    publish(item('Three', 10), item('Two', 3), 'One');
    await hours(23);
    expect(asked()).toBe(6);
    expect((await worker.get('/all.rss')).body).toContain('Three');
    await hours(10);
    expect(asked()).toBeGreaterThan(8);
  });

  it('renews a lease before it ends', async () => {
    const { hub, worker, pass } = await aNewsroom();
    const ends = () => [...hub.subscriptions.values()][0]!.expires;
    const first = ends();
    pass(8 * 24 * HOUR);
    await worker.tick();
    await hub.settled();
    expect(hub.asked).toEqual(['subscribe']);
    pass(1.5 * 24 * HOUR);
    await worker.tick();
    await hub.settled();
    expect(hub.asked).toEqual(['subscribe', 'subscribe']);
    expect(ends()).toBeGreaterThan(first);
    expect(hub.subscriptions.size).toBe(1);
  });

  thorough('requests a hanging hub once for all its sources, and again hours later', async () => {
    const { hub, origin, site, worker, pass, port, sources, topic } = await aNewsroom();
    const page = origin.pages.get('/a')!;
    const others = ['b', 'c', 'd'].map((id) => {
      const url = topic.replace(/a$/, id);
      origin.pages.set(`/${id}`, { ...page, body: String(page.body).replaceAll(topic, url) });
      return `{ id: ${id}, url: "${url}" }`;
    });
    hub.refuses = 'hangs';
    const more = [`worker: { port: ${port}, publicUrl: "http://127.0.0.1:${port}/" }`];
    site.configure({ sources: [...sources, ...others], more });
    await worker.said('config reloaded');
    for (let run = 0; run < 3; run++) {
      pass(60_000);
      await worker.tick();
    }
    expect(hub.asked).toEqual(['subscribe', 'subscribe']);
    hub.refuses = null;
    pass(2 * HOUR);
    await worker.tick();
    await hub.settled();
    expect(hub.asked).toHaveLength(5);
    expect(hub.subscriptions.size).toBe(4);
  });

  it('ignores forged pushes, and accepts a valid one among them', async () => {
    const { hub, origin, site, worker, pass, asked, publish, ping, port, sources, topic } = await aNewsroom();
    const other = topic.replace(/a$/, 'b');
    const page = origin.pages.get('/a')!;
    const namesOther = (text: string) => text.replaceAll(topic, other);
    origin.pages.set('/b', { ...page, body: namesOther(String(page.body)) });
    const more = [`worker: { port: ${port}, publicUrl: "http://127.0.0.1:${port}/" }`];
    site.configure({ sources: [...sources, `{ id: b, url: "${other}" }`], more });
    await worker.said('config reloaded');
    pass(60_000);
    await worker.tick();
    await hub.settled();
    const [ours, theirs] = [topic, other].map(
      (url) => [...hub.subscriptions.values()].find((one) => one.topic === url)!,
    );
    const before = asked();
    publish('Two', 'One');
    pass(60_000);

    const body = '<rss><channel><item><title>Forged</title></item></channel></rss>';
    const signed = (secret: string, digest = 'sha256', text = body) =>
      `${digest}=${createHmac(digest, secret).update(text).digest('hex')}`;
    const push = async (signature: string | null, text = body, to = ours!.callback) => {
      const headers = signature === null ? {} : { 'x-hub-signature': signature };
      const sent = fetch(to, { method: 'POST', headers, body: text });
      return await sent.then(({ status }) => status).catch(() => 'cut off');
    };
    expect(await push(null)).toBe(202);
    expect(await push(`sha256=${'0'.repeat(64)}`)).toBe(202);
    expect(await push(signed(ours!.secret!, 'md5'))).toBe(202);
    expect(await push(signed(ours!.secret!).replace('sha256', 'sha512'))).toBe(202);
    expect(await push(signed(ours!.secret!).slice(0, -2))).toBe(202);
    expect(await push(signed(theirs!.secret!))).toBe(202);
    expect(await push(signed(ours!.secret!, 'sha256', `${body} `))).toBe(202);
    expect(['cut off', 413]).toContain(await push(signed(ours!.secret!), 'x'.repeat(20_000_000)));
    expect(await push(signed(ours!.secret!), body, new URL('/websub/aaaaaaaaaaaaaaaaaaaaaaaa', worker.url).href)).toBe(
      410,
    );
    await worker.tick();
    expect(asked()).toBe(before);

    // A valid push only makes the source due, even if it is repeated.
    await ping();
    await until(async () => ((await worker.get('/all.rss')).body.includes('Two') ? true : undefined));
    const afterPush = asked();
    expect(await push(signed(ours!.secret!))).toBe(202);
    expect(await push(signed(ours!.secret!))).toBe(202);
    pass(60_000);
    await worker.tick();
    await worker.tick();
    expect(asked() - afterPush).toBeLessThanOrEqual(2);
    expect((await worker.get('/all.rss')).body).not.toContain('Forged');
  });

  it('rejects unknown addresses, topics and subscriptions', async () => {
    const { hub, worker, topic } = await aNewsroom();
    const [{ callback } = { callback: '' }] = hub.subscriptions.values();
    const verify = (at: string, mode: string, of: string) =>
      fetch(`${at}?${new URLSearchParams({ 'hub.mode': mode, 'hub.topic': of, 'hub.challenge': 'c' })}`);
    expect((await verify(callback, 'subscribe', 'https://other.example/')).status).toBe(404);
    expect((await verify(callback, 'unsubscribe', topic)).status).toBe(404);
    expect(
      (await verify(new URL('/websub/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', worker.url).href, 'subscribe', topic)).status,
    ).toBe(404);
    expect(
      (await fetch(new URL('/websub/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', worker.url), { method: 'POST', body: 'x' }))
        .status,
    ).toBe(410);
    expect((await fetch(callback, { method: 'PUT', body: 'x' })).status).toBe(405);
  });

  it('unsubscribes if hubs can no longer reach it', async () => {
    const { hub, worker, site, pass, sources, port } = await aNewsroom();
    site.configure({ sources, more: [`worker: { port: ${port} }`] });
    await worker.said('config reloaded');
    pass(60_000);
    await worker.tick();
    await hub.settled();
    expect(hub.asked).toEqual(['subscribe', 'unsubscribe']);
    expect(hub.subscriptions.size).toBe(0);
  });

  it('polls if a hub denies the subscription', async () => {
    const { hub, worker, pass, asked, ping } = await aNewsroom();
    hub.refuses = 'later';
    pass(9.5 * 24 * HOUR);
    await worker.tick();
    await hub.settled();
    hub.subscriptions.clear();
    const before = asked();
    pass(13 * HOUR);
    await worker.tick();
    expect(asked()).toBe(before + 1);
    await ping();
    expect(hub.delivered).toEqual([]);
  });
});
