/**
 * A WebSub hub on loopback that follows the W3C recommendation: verification of intent, leases, and signed distribution
 * of the topic's content. Also supports `hub.mode=publish` (PubSubHubbub 0.4).
 */
import { createHmac, randomBytes } from 'node:crypto';
import { type Loopback, serveHttp } from './loopback.js';

interface HubSubscription {
  readonly callback: string;
  readonly topic: string;
  readonly secret: string | null;
  /** Epoch milliseconds, by the clock of the test. */
  readonly expires: number;
}

export interface TestHub extends Loopback {
  readonly subscriptions: Map<string, HubSubscription>;
  /** Modes of the requests, in order. */
  readonly asked: string[];
  /** Status codes of subscribers' answers to distributed content. */
  readonly delivered: number[];
  /** Lease in seconds. */
  lease: number;
  /** `null`: it verifies and accepts; `hangs`: no answer; else the way it rejects new requests. */
  refuses: 'at once' | 'later' | 'hangs' | null;
  /** Resolves when all pending work has ended. */
  settled(): Promise<void>;
}

export async function aHub(options: { readonly now: () => Date; readonly digest?: string }): Promise<TestHub> {
  const { now, digest = 'sha256' } = options;
  const subscriptions = new Map<string, HubSubscription>();
  const asked: string[] = [];
  const delivered: number[] = [];
  const running = new Set<Promise<unknown>>();
  const later = (work: () => Promise<unknown>) => {
    const task: Promise<unknown> = work().finally(() => running.delete(task));
    running.add(task);
  };
  const server = await serveHttp((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const mode = form.get('hub.mode') ?? '';
      asked.push(mode);
      if (mode === 'publish') {
        response.writeHead(204).end();
        for (const url of form.getAll('hub.url')) later(() => distribute(url));
        return;
      }
      const [callback, topic] = [form.get('hub.callback'), form.get('hub.topic')];
      if (hub.refuses === 'hangs') return;
      if (callback === null || topic === null || hub.refuses === 'at once') {
        response.writeHead(400).end();
        return;
      }
      response.writeHead(202).end();
      if (hub.refuses === 'later')
        later(() => get(callback, { 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': 'no' }));
      else later(() => verify(mode, callback, topic, form.get('hub.secret')));
    });
  });
  const get = (callback: string, query: Readonly<Record<string, string>>) => {
    const url = new URL(callback);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return fetch(url);
  };
  const verify = async (mode: string, callback: string, topic: string, secret: string | null) => {
    const challenge = randomBytes(16).toString('hex');
    const lease = mode === 'subscribe' ? { 'hub.lease_seconds': String(hub.lease) } : {};
    const answer = await get(callback, { 'hub.mode': mode, 'hub.topic': topic, 'hub.challenge': challenge, ...lease });
    if (!answer.ok || (await answer.text()) !== challenge) return;
    if (mode === 'unsubscribe') subscriptions.delete(callback);
    else subscriptions.set(callback, { callback, topic, secret, expires: now().getTime() + hub.lease * 1000 });
  };
  const distribute = async (topic: string) => {
    const document = await fetch(topic);
    const content = Buffer.from(await document.arrayBuffer());
    for (const one of [...subscriptions.values()].filter(
      (each) => each.topic === topic && each.expires > now().getTime(),
    )) {
      const signature =
        one.secret === null
          ? {}
          : { 'x-hub-signature': `${digest}=${createHmac(digest, one.secret).update(content).digest('hex')}` };
      const links = `<${hub.url}>; rel="hub", <${topic}>; rel="self"`;
      const headers = { 'content-type': document.headers.get('content-type') ?? '', link: links, ...signature };
      const { status } = await fetch(one.callback, { method: 'POST', headers, body: content });
      delivered.push(status);
      if (status === 410) subscriptions.delete(one.callback);
    }
  };
  const hub: TestHub = {
    ...server,
    subscriptions,
    asked,
    delivered,
    lease: 864_000,
    refuses: null,
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
  return hub;
}
