import { describe, expect, it } from 'vitest';
import { openConnector } from '../../src/fetch/connector.js';
import { createDirect } from '../../src/fetch/direct.js';
import type { Controller, Dispatcher, Hearer } from '../../src/fetch/dispatcher.js';
import { receive } from '../../src/fetch/receive.js';
import { serveHttp } from '../support/loopback.js';

const controller: Controller = { abort: () => undefined };

/** Answers 200, and then what `talk` says. */
function answering(talk: (hearer: Hearer) => void): Dispatcher {
  return {
    dispatch: (_, hearer) => {
      hearer.onRequestStart(controller);
      hearer.onResponseStart(controller, 200, {});
      talk(hearer);
      hearer.onResponseEnd();
    },
    destroy: async () => undefined,
  };
}

const url = new URL('http://paper.example/feed');

describe('a body', () => {
  it('that comes a byte at a time is not held a byte at a time', async () => {
    const bytes = Array.from({ length: 1000 }, (_, i) => Buffer.from([i % 256]));
    const dispatcher = answering((hearer) => {
      for (const byte of bytes) hearer.onResponseData(controller, byte);
      bytes[0]![0] = 99; // whoever still held the first piece would see it
    });
    const { body, wireBytes } = await receive(dispatcher, url, {}, 10_000, new AbortController().signal);
    expect(wireBytes).toBe(1000);
    expect([...body]).toEqual(bytes.map((_, i) => i % 256));
  });
});

describe('a request', () => {
  it('that nobody wants any more before it begins is never sent', async () => {
    let asked = 0;
    const server = await serveHttp((_, response) => {
      asked++;
      response.end();
    });
    const direct = createDirect(1, openConnector);
    const reason = new Error('the run is over');
    const received = receive(direct, new URL(server.url), {}, 10, AbortSignal.abort(reason));
    await expect(received).rejects.toBe(reason);
    await receive(direct, new URL(server.url), {}, 10, new AbortController().signal);
    expect(asked).toBe(1);
    await direct.destroy();
    await server.close();
  });
});
