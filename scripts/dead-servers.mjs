// Runs a build in a network namespace in which some DNS servers never respond and some servers never accept a connection. Only their
// own sources may fail. `node scripts/dead-servers.mjs [dist] [--good 900] [--dead 50] [--silent 50] [--most 90]` (seconds).
// Requires Linux, and root or permission to create namespaces. Exits with 1 if another source is missing or late.
import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    good: { type: 'string', default: '900' },
    dead: { type: 'string', default: '50' },
    silent: { type: 'string', default: '50' },
    most: { type: 'string', default: '90' },
    inside: { type: 'boolean', default: false },
  },
});
const counts = { good: Number(values.good), dead: Number(values.dead), silent: Number(values.silent) };

/** Public addresses in a network without routes. */
const HERE = '11.0.0.1';
const SILENT = '12.1.0.1';
const NETWORK = `
  ip link set lo up && ip addr add ${HERE}/24 dev lo &&
  ip link add here type veth peer name nowhere && ip link set here up && ip link set nowhere up &&
  ip addr add 12.0.0.1/24 dev here && ip neigh add 12.0.0.2 lladdr 02:00:00:00:00:02 dev here &&
  ip route add 12.1.0.0/16 via 12.0.0.2`;

if (!values.inside) {
  const rights = process.getuid() === 0 ? [] : ['--map-root-user'];
  const command = [...rights, '--net', '--mount', process.execPath, fileURLToPath(import.meta.url)];
  const { status } = spawnSync('unshare', [...command, '--inside', ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(status ?? 1);
}

const root = mkdtempSync(join(tmpdir(), 'newsloom-dead-servers-'));
shell(NETWORK);
over('/etc/resolv.conf', 'nameserver 127.0.0.53\nsearch press.test\n');
over('/etc/hosts', `127.0.0.1 localhost\n${HERE} in-hosts.test\n`);
over('/etc/nsswitch.conf', 'hosts: files dns\n');

const names = createSocket('udp4').on('message', (question, from) => {
  const answer = answerTo(question);
  if (answer !== null) names.send(answer, from.port, from.address);
});
await new Promise((done) => names.bind(53, '127.0.0.53', done));
const papers = createServer(({ headers, url }, response) => {
  if (url === '/moved') response.writeHead(302, { location: 'http://gone.dead.test/feed' }).end();
  else response.end(renderFeed(headers.host));
});
await new Promise((done) => papers.listen(80, HERE, done));

const good = [
  ...named(counts.good, 'good'),
  'http://in-hosts.test/feed', // only in the hosts file
  'http://wire/feed', // resolved with the search domain
];
const bad = [...named(counts.dead, 'dead'), ...named(counts.silent, 'silent'), 'http://moved.good.test/moved'];
const config = join(root, 'config', 'newsloom.yaml');
mkdirSync(join(root, 'config'));
writeFileSync(
  config,
  JSON.stringify({
    site: { title: 'T', url: 'https://news.example.org/', feedsUrl: 'https://news.example.org/feeds/' },
    sources: mixed(bad, good).map((url, i) => ({ id: `s${i}`, url })),
    fetch: { timeout: '20s' },
  }),
);

const dist = resolve(positionals[0] ?? 'dist');
const began = performance.now();
const { out, code } = await build();
const seconds = (performance.now() - began) / 1000;
names.close();
papers.close();
papers.closeAllConnections();
shell('umount /etc/resolv.conf /etc/hosts /etc/nsswitch.conf');
rmSync(root, { recursive: true, force: true });

const report = JSON.parse(out);
const { fetched, failed } = report.sources;
const codes = {};
for (const failure of report.failures) codes[failure.code] = (codes[failure.code] ?? 0) + 1;
const ok = code === 0 && fetched === good.length && failed === bad.length && seconds <= Number(values.most);
console.log(JSON.stringify({ ok, seconds: Number(seconds.toFixed(1)), fetched, of: good.length, failed, codes, code }));
if (fetched < good.length) {
  for (const { message } of report.failures) if (/good|hosts|wire/.test(message)) console.log(message);
}
process.exit(ok ? 0 : 1);

function shell(commands) {
  const { status, stderr } = spawnSync('sh', ['-c', commands], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** Replaces a system file in this namespace only. */
function over(path, text) {
  const file = join(root, path.replaceAll('/', '-'));
  writeFileSync(file, text);
  shell(`mount --bind ${file} ${path}`);
}

function named(count, kind) {
  return Array.from({ length: count }, (_, i) => `http://h${i}.${kind}.test/feed`);
}

/** Unreachable sources first, so that they occupy all connections. */
function mixed(first, rest) {
  return [...first, ...rest];
}

async function build() {
  const child = spawn(process.execPath, [join(dist, 'main.js'), 'build', '--json', '--config', config], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const pieces = [];
  child.stdout.on('data', (piece) => pieces.push(piece));
  const code = await new Promise((done) => child.on('close', done));
  return { out: Buffer.concat(pieces).toString(), code };
}

function renderFeed(host) {
  const item = `<item><title>News of ${host}</title><link>http://${host}/1</link><pubDate>${new Date().toUTCString()}</pubDate></item>`;
  return `<rss version="2.0"><channel><title>${host}</title><link>http://${host}/</link>${item}</channel></rss>`;
}

/** RFC 1035 4: answers with an address record, no record, NXDOMAIN, or not at all. */
function answerTo(question) {
  const labels = [];
  let at = 12;
  for (; question[at] > 0; at += question[at] + 1)
    labels.push(question.toString('latin1', at + 1, at + 1 + question[at]));
  const name = labels.join('.').toLowerCase();
  const isA = question.readUInt16BE(at + 1) === 1;
  if (name.endsWith('dead.test')) return null;
  const address = name.endsWith('.silent.test') ? SILENT : HERE;
  const known = /\.(?:good|silent|press)\.test$/.test(name);
  const answer = Buffer.concat([question.subarray(0, at + 5), known && isA ? encodeRecord(address) : Buffer.alloc(0)]);
  answer.writeUInt16BE(known ? 0x8180 : 0x8183, 2);
  answer.writeUInt16BE(known && isA ? 1 : 0, 6);
  answer.writeUInt16BE(0, 8);
  answer.writeUInt16BE(0, 10);
  return answer;
}

function encodeRecord(address) {
  return Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]);
}
