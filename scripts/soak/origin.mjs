// Serves the soak test in its own process: forty feeds. One in so many (the first argument) fails for three hours, in turn.
// The parent process sends the time.
import { createServer } from 'node:http';

const HOUR = 3_600_000;
const FAILING = Number(process.argv[2] ?? 2);
const WORDS =
  'harbour council vote ship storm river school budget tide strike minister court bridge museum train energy price water forest festival election doctor border market union film science border league coach coast farm fire rescue'.split(
    ' ',
  );
const SYLLABLES = 'ba ke li mo nu pa re si to va de fi go hu ja la'.split(' ');
let now = 0;

/** Faults, assigned to the failing feeds in turn. */
const FAULTS = [
  (_, response) => response.writeHead(500).end('oops'),
  (_, response) => response.writeHead(404).end('gone fishing'),
  (request) => request.socket.destroy(),
  () => {}, // never responds
  (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Please log in'),
  (_, response) =>
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end('\u0000\u0001 no feed at all'),
  (_, response) => response.writeHead(302, { location: '/feed' }).end(),
  (_, response) => response.writeHead(429, { 'retry-after': '2400' }).end(),
  (_, response) => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end('x'.repeat(2_000_000)),
  drip,
  (_, response) =>
    response
      .writeHead(503, { 'retry-after': new Date(now + HOUR).toUTCString(), date: new Date(now).toUTCString() })
      .end(),
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml', 'content-length': '90000' });
    response.write('<rss version="2.0"><channel>');
    setTimeout(() => response.destroy(), 20);
  },
];

const server = createServer((request, response) => {
  const source = Number(/^s(\d+)\./.exec(request.headers.host ?? '')?.[1]);
  // Feeds change at different times, because many that fail at once would be an outage.
  const turn = Math.floor((now + source * (HOUR / 14)) / (3 * HOUR));
  if ((source + turn) % FAILING === 1) return FAULTS[(source * 7 + turn * 5) % FAULTS.length](request, response);
  const body = feed(source);
  const etag = `"${body.length}-${Math.floor(now / (2 * HOUR))}"`;
  const status = request.headers['if-none-match'] === etag ? 304 : 200;
  response.writeHead(status, { 'content-type': 'application/rss+xml', etag });
  response.end(status === 304 ? undefined : body);
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('message', (time) => {
  now = time;
  process.send('heard');
});

function drip(request, response) {
  response.writeHead(200, { 'content-type': 'application/rss+xml' });
  const timer = setInterval(() => response.write(' '), 100);
  request.socket.on('close', () => clearInterval(timer));
}

/** A new article every two hours, fifteen in all. */
function feed(source) {
  const newest = Math.floor(now / (2 * HOUR));
  const items = Array.from({ length: 15 }, (_, i) => item(source, newest - i)).join('');
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Paper ${source}</title><link>http://s${source}.example/</link><description>News</description>${items}</channel></rss>`;
}

/** A sixth of the feeds report each third item, some of them in the same words. Every fifth item is corrected after four hours. */
function item(source, number) {
  const event = number % 3 === 0 ? source % 6 : source + 100;
  const own = source % 4 === 0 ? event : source + 100;
  const words = (count, salt) =>
    Array.from({ length: count }, (_, i) => word(i % 2 === 0 ? event : own, number, salt + i)).join(' ');
  const link = `http://s${source}.example/${number}`;
  const date = new Date(number * 2 * HOUR).toUTCString();
  const corrected = number % 5 === 0 && now >= (number + 2) * 2 * HOUR ? ' (corrected)' : '';
  return `<item><title>${words(7, 0)}${corrected}</title><link>${link}</link><guid>${link}</guid><pubDate>${date}</pubDate><description>${words(40, 100)}</description></item>`;
}

/** One in four words is common. The others are invented, so that texts are not similar by chance. */
function word(source, number, at) {
  let hash = (source * 73_856_093) ^ (number * 19_349_663) ^ (at * 83_492_791);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = (hash ^ (hash >>> 12)) >>> 0;
  if (hash % 4 === 0) return WORDS[(hash >>> 8) % WORDS.length];
  return [5, 9, 13, 17].map((bits) => SYLLABLES[(hash >>> bits) & 15]).join('');
}
