/** A network of its own for the drill: a DNS server and publishers, all on loopback. Runs inside `unshare --net --mount`. */
import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { inventText } from '../scale/origin.mjs';

/** Newest items that a feed shows. */
const SHOWN = 40;

export function shell(commands) {
  const { status, stderr } = spawnSync('sh', ['-c', commands], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** `fault`: null, `silent names` or `reset`. `served`: links of items in complete responses, by host. */
export async function openNetwork(folder, now) {
  const network = { fault: null, served: new Set(), requests: 0, print: () => undefined, close: () => undefined };
  shell('ip link set lo up');
  writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.53\noptions timeout:1 attempts:1\n');
  writeFileSync(join(folder, 'nsswitch.conf'), 'hosts: files dns\n');
  for (const name of ['resolv.conf', 'nsswitch.conf']) shell(`mount --bind ${join(folder, name)} /etc/${name}`);
  const names = createSocket('udp4').on('message', (question, from) => {
    if (network.fault !== 'silent names') names.send(encodeAnswer(question), from.port, from.address);
  });
  await new Promise((done) => names.bind(53, '127.0.0.53', done));

  /** By host: times of its items. */
  const printed = new Map();
  network.print = (host) => printed.set(host, [...(printed.get(host) ?? []), now()]);
  const server = createServer((request, response) => {
    network.requests++;
    if (network.fault === 'reset') return request.socket.resetAndDestroy();
    const host = request.headers.host ?? '';
    const items = (printed.get(host) ?? []).map((at, n) => ({ at, link: `http://${host}/news/${n}` })).slice(-SHOWN);
    response.on('finish', () => {
      for (const { link } of items) network.served.add(link);
    });
    response.setHeader('content-type', 'application/rss+xml').end(renderFeed(host, items.reverse()));
  });
  await new Promise((done) => server.listen(80, '127.0.0.1', done));
  network.close = () => {
    names.close();
    server.close();
    server.closeAllConnections();
  };
  return network;
}

function renderFeed(host, items) {
  const listed = items.map(({ at, link }) => {
    return `<item><title>${inventText(6, link)}</title><link>${link}</link><guid>${link}</guid><pubDate>${new Date(at).toUTCString()}</pubDate><description>${inventText(30, link, 'text')}</description></item>`;
  });
  return `<rss version="2.0"><channel><title>${host}</title><link>http://${host}/</link><description>News</description>${listed.join('')}</channel></rss>`;
}

/** RFC 1035 4: every name has the address 127.0.0.1, and no other record. */
function encodeAnswer(question) {
  let at = 12;
  while (question[at] > 0) at += question[at] + 1;
  const isA = question.readUInt16BE(at + 1) === 1;
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, 1]);
  const answer = Buffer.concat([question.subarray(0, at + 5), isA ? record : Buffer.alloc(0)]);
  answer.writeUInt16BE(0x8180, 2);
  answer.writeUInt16BE(isA ? 1 : 0, 6);
  answer.writeUInt32BE(0, 8);
  return answer;
}
