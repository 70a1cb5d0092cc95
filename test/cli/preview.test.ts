import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ProcessIO, runCommandLine } from '../../src/cli/cli.js';
import { siteFolder } from '../support/site-folder.js';

/** A process with a promise of its first line on stdout. */
function preview(...argv: string[]) {
  const lines = new EventEmitter();
  const written: string[] = [];
  const stream = (name: string) =>
    Object.assign(new EventEmitter(), {
      isTTY: false,
      write: (text: string) => {
        written.push(text);
        return lines.emit(name, text);
      },
    });
  const io = Object.assign(new EventEmitter(), { env: {}, stdout: stream('out'), stderr: stream('err'), exit() {} });
  const status = runCommandLine(['preview', ...argv], io as unknown as ProcessIO);
  return { status, said: () => written.join(''), line: once(lines, 'out').then(([text]) => String(text)), io };
}

describe('newsloom preview', () => {
  it('serves the published folder until a signal', async () => {
    const folder = siteFolder({
      'config/newsloom.yaml': 'site: { title: T, url: "https://n.example/" }\nsources: []\npublish: { dir: out }\n',
      'out/all.json': '{}',
      'out/manifest.json': '{"files":[{"path":"all.json"}]}',
    });
    const { status, line, io } = preview('--config', join(folder, 'config/newsloom.yaml'), '--port', '0');
    const url = /^http:\/\/127\.0\.0\.1:\d+\//.exec(await line)?.[0];
    const answer = await fetch(`${url}all.json`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/feed\+json/);
    expect(await answer.text()).toBe('{}');
    const etag = answer.headers.get('etag');
    const again = await fetch(`${url}all.json`, { headers: { 'if-none-match': etag ?? '' } });
    for (const { headers } of [answer, again]) expect(headers.get('cache-control')).toBe('no-cache');
    expect(again.status).toBe(304);
    expect((await fetch(`${url}feeds/all.json`)).status).toBe(200);
    io.emit('SIGINT');
    expect(await status).toBe(0);
    await expect(fetch(`${url}all.json`)).rejects.toThrow();
  });

  it('exits 2 with a suggestion if nothing is published', async () => {
    const { status, said } = preview('--dir', join(siteFolder({}), 'feeds'));
    expect(await status).toBe(2);
    expect(said()).toMatch(/^newsloom: .*feeds contains no published edition; run "newsloom build" first\n$/);
  });

  it('exits 2 if the port is already in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { status, said } = preview('--dir', siteFolder({}), '--port', String(port));
    expect(await status).toBe(2);
    expect(said()).toBe(
      `newsloom: cannot listen on 127.0.0.1:${port}: the port is already in use; choose another with --port (0 selects any free port) or --host\n`,
    );
    other.close();
  });

  it('exits 78 if the config is invalid', async () => {
    const folder = siteFolder({ 'n.yaml': 'sources: []\n' });
    const { status, said } = preview('--config', join(folder, 'n.yaml'));
    expect(await status).toBe(78);
    expect(said()).toContain('n.yaml:1:1 site: required, but missing');
  });
});
