/** deploy/nginx.conf, in an nginx that is set up as Debian does: every file comes as the worker would send it. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, createServer as plainServer } from 'node:http';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../scripts/free-port.mjs';
import { findMediaType } from '../src/write/published/media-type.js';
import { selfSigned } from './support/certificate.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { ended, findPolicy, openToAll, untilAnswering } from './support/web-server.js';

const NGINX = '/usr/sbin/nginx';
const LONG = 'the ferry sails again '.repeat(200);

/** Of every kind. */
const FILES = [
  ...[
    'all.rss',
    'all.atom',
    'all.json',
    'stories.json',
    'topics/harbour.json',
    'digests/weekly.json',
    'archive/all/1.json',
  ],
  ...['manifest.json', 'status.json', 'digests/weekly/1.json', 'feeds.opml', 'sitemap.xml', 'archive/all/1.atom'],
  ...[
    'index.html',
    'topics/harbour.html',
    'frames/all.html',
    'digests/weekly/1.htm',
    'style.css',
    'newsloom-latest.js',
  ],
  ...['robots.txt', 'icons/section/letter.svg', 'status.svg', 'images/a.png', 'images/a.jpg', 'images/a.webp'],
  ...['images/a.gif', 'images/a.avif', 'favicon.ico', 'font.woff2', 'a.unknown'],
];

/** What stands around a site in Debian's nginx.conf, without what needs root. */
function aroundSites(folder: string): string {
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
events { worker_connections 64; }
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log off;
  gzip on;
  ${places.map((place) => `${place}_temp_path ${folder}/${place};`).join(' ')}
  include ${folder}/site.conf;
}
`;
}

interface Site {
  readonly port: number;
  readonly conf: string;
}

/** With its ports, certificate and folder changed, as whoever installs it does. */
async function aSiteOfNginx(worker: number): Promise<Site> {
  const folder = temporaryFolder();
  const [port, plain] = [await freePort(), await freePort()];
  for (const path of FILES) {
    mkdirSync(dirname(join(folder, 'feeds', path)), { recursive: true });
    writeFileSync(join(folder, 'feeds', path), `${path} ${LONG}`);
  }
  writeFileSync(join(folder, 'feeds', '.hidden'), 'no');
  writeFileSync(join(folder, 'feeds', 'tdmrep.json'), '[]');
  mkdirSync(join(folder, 'feeds', '.well-known/acme-challenge'), { recursive: true });
  writeFileSync(join(folder, 'feeds', '.well-known/acme-challenge/token'), 'token.key');
  writeFileSync(join(folder, 'cert.pem'), selfSigned.cert);
  writeFileSync(join(folder, 'key.pem'), selfSigned.key);
  const site = readFileSync(new URL('../deploy/nginx.conf', import.meta.url), 'utf8')
    .replace('listen 80;', `listen 127.0.0.1:${plain};`)
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`)
    .replaceAll(/listen \[::\].*;/g, '')
    .replace(/ssl_certificate .*;/, `ssl_certificate ${folder}/cert.pem;`)
    .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${folder}/key.pem;`)
    .replace('/srv/newsloom/feeds', `${folder}/feeds`)
    .replace('127.0.0.1:8080', `127.0.0.1:${worker}`)
    .replace('# ~\\.(rss', '  ~\\.(rss');
  writeFileSync(join(folder, 'site.conf'), site);
  writeFileSync(join(folder, 'nginx.conf'), aroundSites(folder));
  openToAll(folder);
  return { port, conf: join(folder, 'nginx.conf') };
}

async function served(worker = 9): Promise<(path: string) => Promise<IncomingMessage & { readonly body: string }>> {
  const { port, conf } = await aSiteOfNginx(worker);
  const errors = join(dirname(conf), 'error.log');
  const tried = spawnSync(NGINX, ['-t', '-e', errors, '-c', conf], { encoding: 'utf8' });
  expect(tried.stderr).not.toMatch(/\[(emerg|warn)\](?! the "user")/);
  const nginx = spawn(NGINX, ['-e', errors, '-c', conf]);
  onTestFinished(() => ended(nginx));
  const ask = (path: string) =>
    new Promise<IncomingMessage>((answered, failed) => {
      const headers = { 'accept-encoding': 'gzip' };
      get({ host: '127.0.0.1', port, path, headers, rejectUnauthorized: false }, answered).on('error', failed);
    });
  const asked = async (path: string) => {
    const answer = await ask(path);
    return Object.assign(answer, { body: await text(answer) });
  };
  await untilAnswering(
    nginx,
    () => asked('/'),
    () => readFileSync(errors, 'utf8'),
  );
  return asked;
}

describe.skipIf(!existsSync(NGINX))('deploy/nginx.conf', { timeout: 300_000 }, () => {
  it('sends every file with the type, the policy and the compression that the worker sends', async () => {
    const ask = await served();
    for (const path of FILES) {
      const { headers, statusCode } = await ask(`/feeds/${path}`);
      const { type, compresses } = findMediaType(path);
      expect([path, statusCode, headers['content-type']]).toEqual([path, 200, type]);
      expect([path, headers['content-security-policy'] ?? null]).toEqual([path, findPolicy(path)]);
      expect([path, headers['content-encoding']]).toEqual([path, compresses ? 'gzip' : undefined]);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe(
        path.startsWith('archive/') ? 'public, max-age=3600' : 'public, max-age=300, must-revalidate',
      );
      const isAnnounced = /^(all|stories|topics\/harbour|digests\/weekly)\.(rss|atom|json)$/.test(path);
      const self = `<https://hub.example/>; rel="hub", <https://news.example.org/feeds/${path}>; rel="self"`;
      expect([path, headers.link]).toEqual([path, isAnnounced ? self : undefined]);
    }
  });

  it('shows the front page at its root, and hides what is hidden', async () => {
    const ask = await served();
    for (const path of ['/', '/feeds/', '/index.html']) {
      const { statusCode, headers } = await ask(path);
      expect([path, statusCode, headers['content-security-policy']]).toEqual([path, 200, "frame-ancestors 'none'"]);
    }
    expect((await ask('/all.rss')).headers['content-type']).toBe('application/rss+xml; charset=utf-8');
    for (const path of ['/feeds/.hidden', '/.hidden', '/feeds/none.rss', '/feeds/../site.conf', '/feedsite.conf'])
      expect([path, (await ask(path)).statusCode]).toEqual([path, 404]);
    expect((await ask('/feeds')).statusCode).toBe(301);
    expect((await ask('/.well-known/acme-challenge/token')).body).toBe('token.key');
    const { body, headers } = await ask('/.well-known/tdmrep.json');
    expect([body, headers['content-type']]).toEqual(['[]', 'application/json; charset=utf-8']);
  });

  it('hands what hubs say on to the worker', async () => {
    const worker = plainServer((request, response) => response.end(`worker ${request.url}`));
    await new Promise<void>((open) => worker.listen(0, '127.0.0.1', open));
    onTestFinished(() => void worker.close());
    const ask = await served((worker.address() as AddressInfo).port);
    expect((await ask('/websub/token?hub.challenge=1')).body).toBe('worker /websub/token?hub.challenge=1');
  });
});
