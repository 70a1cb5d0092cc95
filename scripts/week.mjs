// Runs "A week at the desk" of docs/editing.md with an invented town's papers on loopback, and each command and file of the page.
// node scripts/week.mjs FOLDER leaves the final section in FOLDER/feeds. scripts/screenshots.mjs and test/docs.test.ts use it too.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseBlocks } from './docs-blocks.mjs';

const root = resolve(import.meta.dirname ?? dirname(fileURLToPath(import.meta.url)), '..');
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const PAPERS = ['courier', 'post', 'ledger'];

/** Paper, last part of the URL, headline, summary; invented. */
const NEWS = {
  Monday: [
    ['courier', 'ferry-sold', 'Ferry to be sold to a shipyard abroad', 'The council is said to have agreed in secret.'],
    [
      'courier',
      'museum-roof',
      'Museum gets its new roof in spring',
      'Slates from the old quarry will cover the east wing.',
    ],
    [
      'post',
      'market',
      'Market moves to the square for the winter',
      'Forty stalls stand between the fountain and the church.',
    ],
    ['ledger', 'harbour-dues', 'Harbour dues rise by a tenth', 'Fishing boats under eight metres pay as before.'],
  ],
  Tuesday: [
    ['courier', 'horoscope-2', 'Your horoscope for Tuesday', 'What the stars say of work and love.'],
    [
      'post',
      'order-7',
      'Implementation of order 7/26 pursuant to section 4',
      'Tram services are subject to revised operating hours.',
    ],
    [
      'ledger',
      'the-bridge',
      'The Bridge fills the house for a third night',
      'The play about two sisters stays until Sunday.',
    ],
  ],
  Wednesday: [
    ['courier', 'horoscope-3', 'Your horoscope for Wednesday', 'What the stars say of money.'],
    ['courier', 'live-council', 'Live: the council debates the budget', 'Minute by minute from the town hall.'],
    ['post', 'library', 'Library opens on Sundays', 'Volunteers keep the reading room warm until six.'],
    ['ledger', 'opinion-lamps', 'Opinion | Leave the old lamps alone', 'Nobody asked for brighter streets.'],
  ],
  Thursday: [
    [
      'courier',
      'market-hall',
      'Storm tears roof off the northern market hall',
      'The storm tore the roof off the northern market hall; forty stalls are lost and the road to the port is shut.',
    ],
    [
      'post',
      'roof',
      'Northern market hall loses its roof in the storm',
      'The storm tore the roof off the northern market hall; forty stalls are lost. The mayor came at dawn.',
    ],
    ['ledger', 'traders', 'What the traders lost in one night', 'They tell of their nights and of what comes next.'],
    ['courier', 'horoscope-4', 'Your horoscope for Thursday', 'What the stars say of travel.'],
  ],
  Friday: [
    ['post', 'school', 'School closes early for the repairs', 'Lessons end at noon until the heating works.'],
    ['ledger', 'tram-line', 'Tram line 3 is back on its route', 'The bridge over the mill stream carries trams again.'],
  ],
  Saturday: [
    [
      'courier',
      'witness',
      'Witness names her neighbour in the fire case',
      'The court has forbidden to print the name.',
    ],
  ],
  Sunday: [
    ['ledger', 'harvest', 'Orchard in full fruit, says its owner', 'Apples are sold at the gate all week.'],
    ['ledger', 'miracle-cure', 'Miracle cure: doctors are amazed', 'Order today and save half.'],
    ['post', 'choir', 'Choir sings in the old dock', 'Two hundred came in the rain.'],
  ],
};

const PAGE = `<!doctype html><html lang="en"><head><title>How tides are reckoned | Tide Notes</title>
<meta property="og:title" content="How tides are reckoned"><meta property="og:site_name" content="Tide Notes">
<meta name="description" content="The moon, the sun and a rod in the mud.">
<meta property="article:published_time" content="2026-11-19T12:00:00Z"></head><body></body></html>`;

/**
 * Empties `folder`. Calls `after(day, { site, config })` at the end of each day. `run` runs the program and resolves with its output.
 * Rejects if a command fails, or if a file or an output differs from the page.
 *
 * @param {string} folder
 * @param {(day: string, week: { site: string, config: string }) => Promise<void>} [after]
 * @param {(argv: string[]) => Promise<string>} [run]
 */
export async function playWeek(folder, after = async () => {}, run = ofDist) {
  rmSync(folder, { recursive: true, force: true });
  const printed = new Map(PAPERS.map((paper) => [paper, []]));
  const server = createServer((request, response) => {
    const [, paper, page] = request.url.split('/');
    response.setHeader('content-type', page === 'feed' ? 'application/rss+xml' : 'text/html');
    response.end(page === 'feed' ? renderFeed(paper, printed.get(paper)) : PAGE);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const here = (text) => text.replace(/https:\/\/(\w+)\.example\/(feed|how-tides)/g, `${origin}/$1/$2`);
  const there = (text) =>
    text.replaceAll(new RegExp(`${origin}/(\\w+)/`, 'g'), 'https://$1.example/').replaceAll(`${folder}/`, '');
  const site = join(folder, 'feeds');
  const config = join(folder, 'config/newsloom.yaml');
  const newsloom = (argv, now) => {
    const timed = argv[0] === 'build' ? ['--force', '--now', now, '--quiet'] : [];
    return run([...argv, ...timed, '--config', config]);
  };
  try {
    for (const [day, steps] of parseWeek(readFileSync(join(root, 'docs/editing.md'), 'utf8'))) {
      const date = `2026-11-${16 + DAYS.indexOf(day)}`;
      for (const [paper, slug, title, summary] of NEWS[day] ?? [])
        printed
          .get(paper)
          .unshift({ title, summary, link: `https://${paper}.example/${slug}`, date: `${date}T06:00:00Z` });
      let out = '';
      let hour = 8;
      for (const { kind, path, text } of steps) {
        if (kind === 'run')
          for (const argv of parseCommands(here(text)))
            out = await newsloom(argv, `${date}T${String(hour++).padStart(2, '0')}:00:00Z`);
        else if (kind === 'write')
          write(join(folder, path), `${here(text)}${path.endsWith('newsloom.yaml') ? LOOPBACK : ''}`);
        else if (kind === 'add') {
          const before = readFileSync(join(folder, path), 'utf8').replace(LOOPBACK, '');
          write(join(folder, path), `${before}${here(text)}${LOOPBACK}`);
        } else if (kind !== 'show')
          expectSame(
            text,
            there(kind === 'prints' ? out : readFileSync(join(folder, path), 'utf8')),
            `${day}, ${path ?? 'output'}`,
          );
      }
      if (DAYS.includes(day)) await after(day, { site, config });
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Allows loopback sources. Appended as the last line, so that line numbers match the page. */
const LOOPBACK = 'fetch: { allowPrivateAddresses: true, spacing: 0s }\n';

async function ofDist(argv) {
  const env = { ...process.env, NO_COLOR: '1' };
  return (await promisify(execFile)(process.execPath, [join(root, 'dist/main.js'), ...argv], { env })).stdout;
}

/** Blocks of each day. */
function parseWeek(markdown) {
  const [, section] = /\n## A week at the desk\n([\s\S]*?)\n## /.exec(markdown);
  return section.split(/^### /m).map((text, at) => [at === 0 ? 'before' : text.split(/\W/, 1)[0], parseBlocks(text)]);
}

function parseCommands(block) {
  return block
    .split('\n')
    .filter((line) => line.startsWith('newsloom '))
    .map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain).slice(1));
}

function renderFeed(paper, items) {
  const title = `The ${paper[0].toUpperCase()}${paper.slice(1)}`;
  const listed = items.map(
    (item) =>
      `<item><title>${item.title}</title><link>${item.link}</link><guid>${item.link}</guid><pubDate>${new Date(item.date).toUTCString()}</pubDate><description>${item.summary}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>https://${paper}.example/</link><description>News</description>${listed.join('')}</channel></rss>`;
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function expectSame(expected, found, what) {
  if (expected !== found) throw new Error(`${what}: docs/editing.md expects\n${expected}\nbut got\n${found}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await playWeek(resolve(process.argv[2] ?? 'week'));
