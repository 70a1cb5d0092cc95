import { describe, expect, it, onTestFinished } from 'vitest';
import { machineClock } from '../../../../src/app/machine-clock.js';
import { createPoster } from '../../../../src/fetch/poster.js';
import type { Settings } from '../../../../src/model/settings.js';
import { renewSubscriptions } from '../../../../src/pipeline/read/websub/subscribe.js';
import { openMemory } from '../../../support/memory-store.js';
import { aSource, aState } from '../../../support/sources.js';
import { aHub } from '../../../support/websub-hub.js';

const now = new Date('2026-11-24T09:00:00Z');

describe('subscriptions', () => {
  it('are requested if one of the sources has permission to reach the hub', async () => {
    const hub = await aHub({ now: () => now });
    const poster = createPoster({ timeoutMs: 5_000, userAgent: 'newsloom/test' });
    const store = openMemory();
    onTestFinished(async () => {
      await poster.close();
      await store.close();
      await hub.close();
    });
    hub.refuses = 'at once';
    const sources = ['a', 'b'].map((id) => {
      const url = `https://${id}.example/feed`;
      return aSource({ id, url, allowPrivateAddresses: id === 'b' });
    });
    for (const source of sources)
      await store.saveFetch(aState({ sourceId: source.id, hub: { url: hub.url, topic: source.url } }, source), null);
    const worker = { publicUrl: 'https://news.example/' } as Settings['worker'];
    const deps = { store, settings: { sources, worker }, poster, clock: machineClock, now };
    expect(await renewSubscriptions(deps, new AbortController().signal)).toEqual([
      expect.stringMatching(/^a: its hub: .*private/),
      'b: its hub answered 400',
    ]);
    expect(hub.asked).toEqual(['subscribe']);
  });
});
