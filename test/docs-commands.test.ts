/** Runs every command in the documents. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseBlocks } from '../scripts/docs-blocks.mjs';
import { docsPages } from '../scripts/docs-site.mjs';
import { compiled } from './support/compiled.js';
import { type PageOptions, playPage } from './support/play-page.js';
import { isThorough, thorough } from './support/thorough.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/main.js');
const SLOW = 300_000;

/** Blocks that are not run, by page and first words, with the reason. */
const NOT_RUN: Readonly<Record<string, readonly (readonly [begin: string, why: string])[]>> = {
  'ci.md': [['#!/bin/sh', 'commits in a repository: test/package.test.ts runs it in one']],
  'desk.md': [['newsloom desk open', 'serves until it is stopped: test/e2e/desk-browser.test.ts']],
  'guides/web-space.md': [
    ['npx newsloom build\nrsync', 'copies to a host that is yours'],
    ['lftp', 'copies to a host that is yours'],
  ],
  'guides/template.md': [['npm install', 'brings a package along in a repository on GitHub']],
  'guides/wordpress.md': [['(cd node_modules', 'needs zip; test/package.test.ts has the folder']],
  'operations.md': [
    [
      'npm install --global --prefix /usr/local ./newsloom-0.1.0',
      'needs root and systemd; test/deploy.test.ts checks the units',
    ],
    ['cd /srv/newsloom', 'needs that user'],
    ['mkdir site', 'needs a container engine; test/deploy-image.test.ts has what the image has'],
    ['docker compose', 'needs a container engine'],
    ['export BUILDAH_FORMAT', 'needs Podman and the images'],
    ['npm install --global --prefix /usr/local ./newsloom-0.2.0', 'needs root and systemd'],
  ],
  'scale.md': [
    ['npm install pg', 'needs PostgreSQL and a bucket: test/e2e/scale-rounds.test.ts has them'],
    ['mkdir site', 'needs a container engine'],
  ],
  'serving.md': [
    ['npm install aws4fetch', 'publishes to a bucket: test/e2e/bucket.test.ts does'],
    ['cp deploy/nginx.conf', 'needs root: test/deploy-nginx.test.ts runs nginx with it'],
    ['for f in', 'asks a web server that is yours'],
  ],
};

beforeAll(() => void compiled(), SLOW);

/** Without the week at the desk, which test/docs.test.ts replays. */
const read = (page: string) =>
  readFileSync(join(root, 'docs', page), 'utf8').replace(/^## A week at the desk\n[\s\S]*?(?=^## )/m, '');
const runsIn = (page: string) => parseBlocks(read(page)).filter(({ kind }) => kind === 'run');
const whyNot = (page: string) => (block: string) =>
  NOT_RUN[page]?.find(([begin]) => block.startsWith(begin))?.[1] ?? null;

async function play(markdown: string, options: Omit<PageOptions, 'main'>) {
  const played = await playPage(markdown, { ...options, main });
  onTestFinished(() => played.remove());
  return played;
}

/** A section with everything that the examples refer to. */
const SECTION = {
  'config/newsloom.yaml': `site: { title: The Section, url: https://news.example.org/ }
sources:
  - { id: bbc, url: https://bbc.example/feed }
  - { id: dw, url: https://dw.example/feed }
  - { id: wire, url: https://wire.example/feed }
  - { id: county-wire, url: https://county.example/feed, group: local }
  - { id: paper, url: https://paper.example/feed }
  - { id: other, url: https://other.example/feed }
  - { id: links, kind: links, path: config/links.yaml }
groups:
  - { id: local, every: 15m }
topics:
  - { id: picks }
  - { id: transport, any: [ferry] }
  - { id: harbour, any: [harbour] }
  - { id: floods, any: [flood] }
  - { id: weather, any: [storm] }
channels:
  - { id: energy-law, title: Energy law, where: { text: { any: [court] } } }
announce:
  - { to: slack, url: "\${SLACK_WEBHOOK}", of: [stories] }
  - { id: our-readers, to: ntfy, url: https://ntfy.example/our-readers, of: [stories] }
`,
  'config/links.yaml': '[]\n',
};
const BEFORE = `cp config/newsloom.yaml site.yaml
cp config/newsloom.yaml trial.yaml
echo '<opml version="2.0"><body><outline text="New" xmlUrl="https://new.example/feed"/></body></opml>' > subscriptions.opml
newsloom build --quiet`;
const ENV = { SLACK_WEBHOOK: 'https://hooks.slack.com/services/x' };

describe.runIf(process.platform !== 'win32')('the commands of docs/', () => {
  it('lists only blocks that a page contains', () => {
    for (const [page, rows] of Object.entries(NOT_RUN))
      for (const [begin] of rows)
        expect(
          runsIn(page).some(({ text }) => text.startsWith(begin)),
          `${page}: ${begin}`,
        ).toBe(true);
  });

  it.each(docsPages())('%s shows commands in blocks of sh alone', (page) => {
    const unlabelled = parseBlocks(read(page)).filter(({ language }) =>
      ['', 'bash', 'shell', 'console'].includes(language),
    );
    const indented = [...read(page).matchAll(/^ {4}.*$/gm)].map(([line]) => line);
    const lines = [...unlabelled.flatMap(({ text }) => text.split('\n')), ...indented];
    expect(lines.filter((line) => /^(?: {4})?(?:\$ )?(?:npx )?newsloom [a-z]/.test(line))).toEqual([]);
  });

  thorough(
    'tutorial.md: leads from nothing to a section with topics, a decision and a digest',
    {
      timeout: SLOW,
    },
    async () => {
      const { folder } = await play(read('tutorial.md'), { files: { '../newsloom/package.json': '{}' } });
      const section = join(folder, '../tutorial');
      for (const path of ['feeds/topics/economy.rss', 'feeds/digests/daily/1.html', 'config/desk.yaml'])
        expect(existsSync(join(section, path)), path).toBe(true);
    },
  );

  const others = docsPages().filter((page) => page !== 'commands.md' && page !== 'tutorial.md');
  thorough.each(others.filter((page) => runsIn(page).some(({ text }) => whyNot(page)(text) === null)))(
    '%s',
    { timeout: SLOW },
    async (page) => {
      const beginsOne = runsIn(page)[0]!.text.startsWith('npx newsloom init');
      const section = beginsOne ? {} : { files: SECTION, before: BEFORE };
      await play(read(page), { ...section, env: ENV, whyNot: whyNot(page) });
    },
  );

  /** Examples of one command are alternatives: each begins with the same section. */
  it('commands.md', { timeout: 3 * SLOW }, async () => {
    const first: Readonly<Record<string, string>> = {
      'newsloom init --from': 'rm -r config',
      'newsloom init --preset': 'rm -r config',
      'newsloom restore': 'rm -r .newsloom',
      'newsloom digest preview': `echo 'digests: [{ id: weekly, of: all, every: "monday 06:00" }]' >> config/newsloom.yaml`,
      'newsloom digest send': `echo 'digests: [{ id: weekly, of: all, every: "monday 06:00", send: { command: [cat], to: list@news.example } }]' >> config/newsloom.yaml`,
      'newsloom desk order': 'newsloom desk pin https://paper.example/ferry',
      'newsloom topics remove': 'newsloom topics add harbour quay "fish market"',
      'newsloom rules remove': 'newsloom rules add horoscope --source county-wire',
      'newsloom sources add': 'newsloom sources remove paper',
      'newsloom review --base ../section': 'rm -rf ../section && cp -r . ../section',
      'newsloom review':
        'git init -q -b main && git add config && git -c user.name=e -c user.email=e@news.example commit -q -m Begin',
      'newsloom preview --dir': 'newsloom demo --quiet',
      'newsloom completion fish': 'mkdir -p ~/.config/fish/completions',
    };
    const lines = runsIn('commands.md').flatMap(({ text }) =>
      text.split('\n').filter((line) => /^newsloom /.test(line)),
    );
    // These need a database (test/e2e/postgres.test.ts, scale-rounds.test.ts), a terminal, a browser
    // (test/e2e/desk-browser.test.ts) or an assistant (test/e2e/mcp.test.ts).
    const needsMore = /^newsloom (store copy|work --role|desk open|mcp)/;
    const run = lines.filter((line) => !needsMore.test(line));
    expect(run.length).toBeGreaterThan(60);
    const blocks = run.map((line) => {
      const before = Object.entries(first).find(([begin]) => line.startsWith(begin))?.[1] ?? 'true';
      return `\`\`\`sh\nrm -rf ../copy && cp -r . ../copy\n(cd ../copy; ${before}; ${line})\n\`\`\`\n`;
    });
    // Runs one of sixteen by default, because each starts a process or two. Several sections run at once, because
    // they mostly wait.
    const shown = isThorough ? blocks : blocks.filter((_, at) => at % 16 === 0);
    const sections = isThorough ? 4 : 1;
    const parts = Array.from({ length: sections }, (_, part) =>
      shown.filter((_, at) => at % sections === part).join('\n'),
    );
    await Promise.all(parts.map((part) => play(part, { files: SECTION, before: BEFORE, env: ENV })));
  });
});
