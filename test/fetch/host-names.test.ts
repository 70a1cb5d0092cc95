import { spawnSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { HostResolver } from '../../src/fetch/host-names.js';
import { compiled } from '../support/compiled.js';
import { thorough } from '../support/thorough.js';

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

describe('HostNames', () => {
  it('reads the hosts file first', async () => {
    expect(await new HostResolver(1).resolve('LocalHost.')).toContainEqual({ address: '127.0.0.1', family: 4 });
  });

  it('asks the system for names that DNS does not know, and rejects unknown names', async () => {
    await expect(new HostResolver(1).resolve('nobody-has-this-name')).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:ENOTFOUND|EAI_AGAIN|ETIMEOUT)$/),
    });
  });

  thorough('gives up a name whose servers never answer, and no other with it', async () => {
    const server = createSocket('udp4');
    open.push(server);
    await once(server.bind(0, '127.0.0.1'), 'listening');
    const names = new HostResolver(1, [`127.0.0.1:${server.address().port}`]);
    const began = performance.now();
    const dead = Array.from({ length: 50 }, (_, i) => names.resolve(`h${i}.dead.test`));
    const firstGivenUp = Promise.any(dead.map((one) => one.catch(() => 'given up')));
    const first = await Promise.race([names.resolve('localhost'), firstGivenUp]);
    expect([[], 'given up']).not.toContainEqual(first);
    for (const one of await Promise.allSettled(dead))
      expect(one).toMatchObject({ status: 'rejected', reason: { code: expect.stringMatching(/ETIMEOUT|ECANCELLED/) } });
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});

const isolated = spawnSync('unshare', ['--map-root-user', '--net', '--mount', 'ip', 'link', 'set', 'lo', 'up']);

/** Runs in its own network namespace with name servers, a hosts file and publications. */
describe.runIf(isolated.status === 0)('a run with unresponsive DNS servers and web servers', () => {
  const moduleAt = compiled();

  thorough('loses their sources alone', { timeout: 300_000 }, () => {
    const dist = fileURLToPath(new URL('.', moduleAt('main')));
    const counts = ['--good', '30', '--dead', '40', '--silent', '10', '--most', '60'];
    const { stdout, stderr } = spawnSync(process.execPath, ['scripts/dead-servers.mjs', dist, ...counts], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      fetched: 32,
      codes: { FETCH_DNS: 41, FETCH_TIMEOUT: 10 },
    });
  });
});
