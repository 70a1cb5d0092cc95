/** Serves any number of feeds on any number of loopback hosts and logs all requests. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

/** Later than all news. */
export const BEGIN = Date.parse('2026-11-26T00:00:00Z');

const SYLLABLES = 'ba ke li mo nu pa re si to va de fi go hu ja la me ni po ru'.split(' ');
const TOPICS = ['storm', 'election', 'council', 'harvest'];

/** A deterministic number from `parts`. */
function seededNumber(...parts) {
  return createHash('sha256').update(parts.join(' ')).digest().readUInt32BE(0);
}

/** Invented words, so that texts are not similar by chance. */
export function inventText(count, ...parts) {
  return Array.from({ length: count }, (_, i) => {
    const n = seededNumber(...parts, i);
    return [n, n >> 5, n >> 10, n >> 15].map((part) => SYLLABLES[part & 15]).join('');
  }).join(' ');
}

/** Every third item reports an event that other feeds also report, some of them with the same text. */
function renderItem(feed, n) {
  const event = n % 3 === 0 ? `event ${seededNumber('event', feed % 7, n) % 50}` : `${feed} ${n}`;
  const copy = seededNumber('copy', feed, n) % 4 === 0 ? '' : `${feed}`;
  const title = `${TOPICS[n % TOPICS.length]} ${inventText(5, event)} ${inventText(2, event, copy)}`;
  const at = new Date(BEGIN - (seededNumber(feed, n, 'at') % (40 * 3_600_000)));
  const link = `https://paper${feed}.example/${n}`;
  return `<item><title>${title}</title><link>${link}</link><guid>${link}</guid><pubDate>${at.toUTCString()}</pubDate><description>${inventText(60, event, copy)}</description></item>`;
}

/** `items` of feed number `feed`. Each edition adds one item and drops one. */
export function renderDocument(feed, items, edition) {
  const all = Array.from({ length: items }, (_, i) => renderItem(feed, edition + items - i)).join('');
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Paper ${feed}</title><link>https://paper${feed}.example/</link><description>Paper</description>${all}</channel></rss>`;
}

/**
 * @typedef {{ status: number, headers: Record<string, string> } | null} Said of a feed, instead of its document
 * @typedef {object} About
 * @property {number} [items] in a document
 * @property {number} [delayMs] until an answer
 * @property {(feed: number) => Said} [status]
 * @property {boolean} [unchanged] all answers are 304
 *
 * @typedef {object} Origin
 * @property {number} port
 * @property {{ feed: number, host: string, at: number }[]} log
 * @property {Map<number, number>} editions how many a feed has had since the first
 * @property {number} delayMs
 * @property {(feed: number) => Said} status
 * @property {boolean} unchanged
 * @property {Map<string, number>} most requests at once, by host
 * @property {() => Promise<void>} close
 *
 * @param {About} about
 * @returns {Promise<Origin>}
 */
export async function startOrigin({ items = 5, delayMs = 0, status = () => null, unchanged = false } = {}) {
  const log = [];
  const open = new Map();
  const editions = new Map();
  const origin = { log, editions, delayMs, status, unchanged, most: new Map() };
  const server = createServer((request, response) => {
    const feed = Number(request.url.split('/').at(-1));
    const host = request.headers.host.split(':')[0];
    log.push({ feed, host, at: performance.now() });
    open.set(host, (open.get(host) ?? 0) + 1);
    origin.most.set(host, Math.max(origin.most.get(host) ?? 0, open.get(host)));
    response.on('close', () => open.set(host, open.get(host) - 1));
    setTimeout(() => answer(request, response, feed), origin.delayMs);
  });
  function answer(request, response, feed) {
    const said = origin.status(feed);
    if (said !== null) return response.writeHead(said.status, said.headers).end();
    const edition = editions.get(feed) ?? 0;
    const etag = `"${feed}-${edition}"`;
    if (origin.unchanged || request.headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end();
    response.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(renderDocument(feed, items, edition));
  }
  await new Promise((resolve) => server.listen(0, '0.0.0.0', 4096, resolve));
  origin.port = server.address().port;
  origin.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return origin;
}

/** Feeds `0` to `feeds - 1`, spread over `hosts` hosts. */
export function addresses(port, feeds, hosts = feeds) {
  return Array.from({ length: feeds }, (_, i) => {
    const host = (i % hosts) + 1;
    return `http://127.${1 + (host >> 16)}.${(host >> 8) & 255}.${host & 255}:${port}/feed/${i}`;
  });
}
