// Serves invented news in its own process. Each feed has its own loopback address, so that rate limits per host do not apply.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const SELF = fileURLToPath(import.meta.url);
const isOrigin = process.argv[1] === SELF;
const [feeds, items] = isOrigin ? process.argv.slice(2).map(Number) : [];

export const NEWEST = Date.UTC(2026, 2, 3, 12);

function address(i, port) {
  return `http://127.0.${Math.floor(i / 250)}.${(i % 250) + 1}:${port}/feed/${i}.xml`;
}

/** `advance`: adds an item to one feed in ten. */
export async function startOrigin(feeds, items) {
  const child = fork(SELF, [String(feeds), String(items)]);
  const next = () => new Promise((done) => child.once('message', done));
  const advance = () => {
    const ready = next();
    child.send('advance');
    return ready;
  };
  const port = await next();
  return { process: child, urls: Array.from({ length: feeds }, (_, i) => address(i, port)), advance };
}

function serve() {
  const documents = Array.from({ length: feeds }, (_, i) => renderDocument(i, 0));
  let turn = 0;
  const server = createServer((request, response) => {
    const document = documents[Number(/\d+/.exec(request.url)?.[0])];
    if (document === undefined) return response.writeHead(404).end();
    const known = request.headers['if-none-match'] === document.etag;
    const unzipped = !/gzip/.test(request.headers['accept-encoding'] ?? '');
    response.setHeader('ETag', document.etag).setHeader('Content-Type', 'application/rss+xml');
    if (known) return response.writeHead(304).end();
    if (!unzipped) response.setHeader('Content-Encoding', 'gzip');
    return response.end(unzipped ? gunzipSync(document.body) : document.body);
  });
  // A server that listens on all addresses receives requests to all of 127.0.0.0/8.
  server.listen(0, '0.0.0.0', () => process.send(server.address().port));
  process.on('message', () => {
    turn += 1;
    for (let i = turn % 10; i < feeds; i += 10) documents[i] = renderDocument(i, turn);
    process.send('advanced');
  });
  process.on('disconnect', () => process.exit(0));
}

/** Puts `extra` items before the initial ones. */
function renderDocument(feed, extra) {
  const numbers = Array.from({ length: items }, (_, i) => i - extra);
  const host = `https://paper-${feed}.example`;
  const xml =
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>' +
    `<title>Paper ${feed}</title><link>${host}/</link><description>Invented news</description>` +
    `${numbers.map((number) => renderItem(feed, number, host)).join('\n')}</channel></rss>`;
  return { body: gzipSync(xml, { level: 3 }), etag: `"${feed}-${extra}"` };
}

/** One article in four is about one of these. */
export const TOPICS = ['harbour', 'election', 'storm', 'railway', 'vaccine', 'budget', 'festival', 'treaty'];
const WORDS =
  'council river bridge market school teacher doctor farmer minister ' +
  'report museum library garden station airport village island mountain valley forest winter summer morning evening police court ' +
  'judge lawyer company union worker strike wage price tax bank loan house street square tower tunnel engine ferry captain sailor';

/** One article in three reports an event that other papers report too. */
function renderItem(feed, number, host) {
  const event =
    number % 3 === 0 ? Math.abs((feed * 7 + number * 13) % Math.max(1, Math.floor((feeds * items) / 12))) : null;
  const draw = random(event === null ? feed * 1009 + number : event * 31 + 5);
  const own = random(feed * 1009 + number + 77);
  const list = WORDS.split(' ');
  const pick = (from) => list[Math.floor(from() * list.length)];
  const name = `${proper(draw)} ${proper(draw)}`;
  const place = proper(draw);
  const topic = draw() < 0.25 ? TOPICS[Math.floor(draw() * TOPICS.length)] : pick(draw);
  const title = `${name} of ${place} opens the ${topic} ${pick(draw)}`;
  const paragraph = () =>
    `<p>${Array.from({ length: 36 }, () => pick(own)).join(' ')} &amp; <a href="/about/${pick(own)}">${pick(own)}</a>.</p>`;
  const lead = `The ${pick(draw)} in ${place} is open again, said ${name} on the ${number + 40}th day of the ${pick(draw)}.`;
  return (
    `<item><title>${title}</title><link>${host}/news/${number}</link><guid isPermaLink="true">${host}/news/${number}</guid>` +
    `<pubDate>${new Date(NEWEST - number * 3_600_000).toUTCString()}</pubDate><dc:creator>${proper(own)} ${proper(own)}</dc:creator>` +
    `<category>${pick(draw)}</category><description>${lead}</description>` +
    `<content:encoded><![CDATA[<p>${lead}</p>${Array.from({ length: 5 }, paragraph).join('')}]]></content:encoded></item>`
  );
}

function proper(draw) {
  const syllables = 'ka do ri ven mo sha lin gel zu par ot tam nil bor qui'.split(' ');
  const word = Array.from({ length: 3 }, () => syllables[Math.floor(draw() * syllables.length)]).join('');
  return word[0].toUpperCase() + word.slice(1);
}

/** Pseudo-random numbers from 0 to 1, the same for a seed on every machine. */
export function random(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (isOrigin) serve();
