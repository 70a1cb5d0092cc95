// Replays the scheduled workflow of "newsloom init", or action.yml, hour by hour against changing feeds and a bare git repository.
// Counts errors: commits without news, news without commits, articles announced twice.
//
//   node scripts/ci-replay.mjs [--hours 1000] [--lose 0.1] [--seed 1] [--dist dist] [--workflow FILE] [--resident] [--keep]
//
// Runs each `run` step in bash with the variables that GitHub sets. Simulates checkout and caches with git and a local folder.
// `npx` is this clone's program with the time of the hour. --resident runs it in this process, which is faster.
// Exits with 1 if a count is not 0.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';

const { values: options } = parseArgs({
  options: {
    hours: { type: 'string', default: '1000' },
    lose: { type: 'string', default: '0.1' },
    seed: { type: 'string', default: '1' },
    dist: { type: 'string', default: 'dist' },
    workflow: { type: 'string' },
    resident: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const main = resolve(options.dist, 'main.js');
const scratch = mkdtempSync(join(tmpdir(), 'newsloom-replay-'));
const remote = join(scratch, 'remote.git');
const caches = join(scratch, 'caches');
const bin = join(scratch, 'bin');
const topics = ['harbour', 'school', 'election', 'vaccine', 'court', 'market'].map((word) => ({
  id: word,
  label: word.replace(/^./, (letter) => letter.toUpperCase()),
  any: [word],
}));
const START = Date.parse('2026-03-02T00:17:00Z');
const HOUR = 3_600_000;

let seed = Number(options.seed);
const random = () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return seed / 0x80000000;
};

const press = livingPress();
const origin = await serve(press);
const { steps, inputs } = setUp(origin.port);
const counts = {
  runs: 0,
  lost: 0,
  commits: 0,
  changes: 0,
  noise: 0,
  missed: 0,
  twice: 0,
  moved: 0,
  failed: 0,
};
const announced = new Map(); // article URL → { id, date } when it first appeared in a published feed
let last = null;

for (let hour = 0; hour < Number(options.hours); hour += 1) {
  const now = new Date(START + hour * HOUR);
  press.live(now);
  const memory = await play(hour, now);
  counts.runs += 1;
  judge(memory, hour);
  if (hour % 100 === 99) console.error(`${hour + 1} hours: ${JSON.stringify(counts)}`);
}
await origin.close();
console.log(
  JSON.stringify(
    { ...counts, articles: announced.size, published: press.articles.length, messages: lastMessages() },
    null,
    2,
  ),
);
if (options.keep) console.error(scratch);
else rmSync(scratch, { recursive: true, force: true });
const wrong = counts.noise + counts.missed + counts.twice + counts.moved + counts.failed;
process.exit(wrong === 0 && counts.commits === counts.changes && counts.commits > 0 ? 0 : 1);

/** Runs the workflow once on a fresh machine. */
async function play(hour, now) {
  const home = join(scratch, 'runner');
  const work = join(home, 'work');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const luck = random() < Number(options.lose) ? 'lost' : 'kept';
  if (luck === 'lost') counts.lost += 1;
  const context = { steps: {}, inputs, github: { run_id: String(1000 + hour) }, failed: false };
  if (!steps.some(({ uses }) => uses?.startsWith('actions/checkout')))
    act({ uses: 'actions/checkout@' }, { context, work, luck });
  for (const step of steps) {
    const outcome = await perform(step, { context, work, home, now, luck });
    if (step.id) context.steps[step.id] = outcome;
    if (outcome.outcome === 'failure') context.failed = true;
  }
  if (context.failed) {
    counts.failed += 1;
    console.error(`hour ${hour} failed: ${JSON.stringify(context.steps)}`);
  }
  return { changed: context.steps.build?.outputs.changed === 'true' };
}

async function perform(step, world) {
  const { context } = world;
  if (!holds(step.if, context)) return { outcome: 'skipped', outputs: {} };
  if (step.uses) return act(step, world);
  const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value, context)]);
  return shell(filled(step.run, context), { ...world, env: Object.fromEntries(env) });
}

function act({ uses, with: given = {} }, { context, work, luck }) {
  const [action] = uses.split('@');
  const inputs = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, filled(String(value), context)]),
  );
  const done = { outcome: 'success', outputs: {} };
  if (action === 'actions/checkout') git(scratch, 'clone', '--quiet', '--depth', '1', `file://${remote}`, work);
  else if (action === 'actions/cache/restore') {
    const found = luck === 'lost' ? null : newestCache(inputs.key, inputs['restore-keys'] ?? '');
    if (found) cpSync(join(caches, found), join(work, inputs.path), { recursive: true });
  } else if (action === 'actions/cache/save') {
    if (existsSync(join(work, inputs.path)) && !existsSync(join(caches, inputs.key)))
      cpSync(join(work, inputs.path), join(caches, inputs.key), { recursive: true });
    for (const old of readdirSync(caches).sort(byRun).slice(0, -5)) rmSync(join(caches, old), { recursive: true });
  } else if (action !== 'actions/setup-node') throw new Error(`unsupported action ${uses}`);
  return done;
}

function newestCache(key, prefixes) {
  const all = readdirSync(caches).sort(byRun).reverse();
  const wanted = [key, ...prefixes.split('\n').map((one) => one.trim())].filter((one) => one !== '');
  for (const prefix of wanted) {
    const found = all.find((name) => name.startsWith(prefix));
    if (found) return found;
  }
  return null;
}

function byRun(a, b) {
  return Number(a.split('-').at(-1)) - Number(b.split('-').at(-1));
}

/** Runs `run` like GitHub: bash -e, with files for outputs and the summary. */
function shell(script, { work, home, now, env: own }) {
  const outputs = join(home, `outputs-${Math.floor(random() * 1e9)}`);
  writeFileSync(outputs, '');
  const env = {
    ...own,
    PATH: `${bin}:${process.env.PATH}`,
    HOME: home,
    RUNNER_TEMP: home,
    GITHUB_OUTPUT: outputs,
    GITHUB_STEP_SUMMARY: join(home, 'summary'),
    NODE_COMPILE_CACHE: join(scratch, 'compiled'),
    REPLAY_NOW: now.toISOString(),
    GIT_AUTHOR_DATE: now.toISOString(),
    GIT_COMMITTER_DATE: now.toISOString(),
    GIT_CONFIG_NOSYSTEM: '1',
  };
  return new Promise((done) => {
    const child = spawn('bash', ['-eo', 'pipefail', '-c', script], {
      cwd: work,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.on('close', (status) => {
      if (status !== 0) console.error(said);
      const lines = readFileSync(outputs, 'utf8')
        .split('\n')
        .filter((line) => line.includes('='));
      const named = Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      );
      done({ outcome: status === 0 ? 'success' : 'failure', outputs: named });
    });
  });
}

/** Evaluates the expressions that the workflow uses. */
function filled(text, context) {
  return text.replace(/\$\{\{\s*([\w.]+)\s*\}\}/g, (_, path) => String(lookUp(path, context)));
}

function lookUp(path, context) {
  return path.split('.').reduce((value, name) => value?.[name], context) ?? '';
}

function holds(condition, context) {
  if (condition === undefined) return !context.failed;
  const inner = condition.replace(/^\$\{\{|\}\}$/g, '').trim();
  const terms = inner.split('&&').map((term) => term.trim());
  const asks = /always\(\)|cancelled\(\)/.test(inner);
  return (asks || !context.failed) && terms.every((term) => holdsTerm(term, context));
}

function holdsTerm(term, context) {
  if (term === '!cancelled()' || term === 'always()') return true;
  const [, path, sign, value] = /^([\w.]+) (==|!=) '(.*)'$/.exec(term) ?? [];
  if (path === undefined) throw new Error(`unsupported condition "${term}"`);
  return (lookUp(path, context) === value) === (sign === '==');
}

/** Compares the repository with its state an hour ago. */
function judge({ changed }, hour) {
  const head = git(remote, 'rev-parse', 'HEAD');
  const committed = last !== null && head !== last.head;
  const edition = readEdition(join(scratch, 'runner', 'work', 'feeds'));
  const differs = last !== null && edition.said !== last.said;
  if (committed) counts.commits += 1;
  if (differs) counts.changes += 1;
  if (committed && !differs) tell('noise', hour, git(remote, 'show', '--stat', '--format=%s', 'HEAD'));
  if (differs && !committed) tell('missed', hour, 'the feeds differ');
  if (committed !== changed && last !== null) tell('missed', hour, `changed=${changed}, committed=${committed}`);
  for (const { url, id, date } of edition.items) {
    const known = announced.get(url);
    if (known === undefined) announced.set(url, { id, date, hour });
    else if (known.id !== id) tell('twice', hour, `${url} was ${known.id}, is ${id}`);
    else if (known.date !== date) tell('moved', hour, `${url} was of ${known.date}, is of ${date}`);
  }
  for (const [path, ids] of edition.lists)
    if (new Set(ids).size !== ids.length) tell('twice', hour, `one id twice in ${path}`);
  last = { head, said: edition.said };
}

function tell(count, hour, what) {
  counts[count] += 1;
  if (counts[count] <= 5) console.error(`hour ${hour}, ${count}: ${what}`);
}

/** Content of all JSON feeds, including archives, without formatting. Other files must change with it. */
function readEdition(feeds) {
  const items = [];
  const lists = new Map();
  const said = [];
  const paths = existsSync(feeds) ? readdirSync(feeds, { recursive: true, encoding: 'utf8' }).sort() : [];
  for (const path of paths) {
    if (!path.endsWith('.json') || /^(manifest|status)/.test(path)) continue;
    const feed = JSON.parse(readFileSync(join(feeds, path), 'utf8'));
    said.push([path, feed.title, feed.items]);
    if (path.includes('stories')) continue;
    lists.set(
      path,
      feed.items.map(({ id }) => id),
    );
    for (const { id, url, date_published: date } of feed.items) items.push({ id, url, date });
  }
  return { items, lists, said: JSON.stringify(said) };
}

function lastMessages() {
  return git(remote, 'log', '-5', '--format=%s').split('\n');
}

/** Creates a repository with "newsloom init" and test sources. Returns the steps of its workflow. */
function setUp(port) {
  for (const folder of [caches, bin]) mkdirSync(folder, { recursive: true });
  const own = `exec "${process.execPath}" --no-warnings "${main}" "$@" --now "$REPLAY_NOW"`;
  const resident = `exit "$(printf '%s\\n' "$PWD" "$@" --now "$REPLAY_NOW" | curl -sS --data-binary @- http://127.0.0.1:${port}/run)"`;
  const npx = `#!/bin/bash
while [[ "$1" == -* || "$1" == newsloom || "$1" == newsloom@* ]]; do
  if [[ "$1" == --package ]]; then shift; fi
  shift
done
${options.resident ? resident : own}
`;
  writeFileSync(join(bin, 'npx'), npx, { mode: 0o755 });
  writeFileSync(join(bin, 'npm'), '#!/bin/bash\n', { mode: 0o755 }); // dependencies are installed already
  const site = join(scratch, 'site');
  const made = spawnSync(process.execPath, [main, 'init', site], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  const config = parse(readFileSync(join(site, 'config/newsloom.yaml'), 'utf8'));
  writeFileSync(
    join(site, 'config/newsloom.yaml'),
    stringify({
      ...config,
      topics,
      publish: { items: 20 },
      fetch: { allowPrivateAddresses: true, spacing: '0s' },
    }),
  );
  const sources = press.papers.map(({ id, file }) => ({
    id,
    url: `http://127.0.0.1:${port}/${file}`,
    content: 'summary',
  }));
  writeFileSync(join(site, 'config/sources.yaml'), stringify(sources));
  spawnSync('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', remote]);
  git(site, 'init', '--quiet', '--initial-branch', 'main');
  git(site, 'add', '.');
  git(site, '-c', 'user.name=editor', '-c', 'user.email=editor@news.example', 'commit', '--quiet', '-m', 'Begin');
  git(site, 'push', '--quiet', remote, 'main');
  const workflow = parse(readFileSync(options.workflow ?? join(site, '.github/workflows/newsloom.yml'), 'utf8'));
  const { jobs, runs, inputs = {} } = workflow;
  return {
    steps: jobs?.feeds.steps ?? runs.steps,
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.default])),
  };
}

function git(folder, ...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** Simulated publications: they publish, correct, lose dates, move links, fail, and change bytes without news. */
function livingPress() {
  const words =
    'council harbour ferry budget school storm bridge minister election vaccine court league orchestra glacier market tunnel'.split(
      ' ',
    );
  const pick = (list) => list[Math.floor(random() * list.length)];
  const headline = () =>
    Array.from({ length: 6 }, () => pick(words))
      .join(' ')
      .replace(/^./, (letter) => letter.toUpperCase());
  const papers = [
    { id: 'courier', file: 'courier.rss', rate: 0.5, guid: 'own', dates: 'own' },
    { id: 'ledger', file: 'ledger.rss', rate: 0.3, guid: 'none', dates: 'own' },
    { id: 'post', file: 'post.atom', rate: 0.25, guid: 'own', dates: 'own' },
    { id: 'wire', file: 'wire.rss', rate: 0.4, guid: 'link', dates: 'none' },
    { id: 'weekly', file: 'weekly.rss', rate: 0.03, guid: 'own', dates: 'day' },
  ].map((paper) => ({ ...paper, items: [], broken: 0, body: '' }));
  const articles = [];
  let clock = new Date(START);

  function live(now) {
    clock = now;
    for (const paper of papers) {
      if (now.getTime() === START) for (let n = 0; n < 12; n += 1) print(paper, new Date(START - (13 - n) * HOUR * 2));
      while (random() < paper.rate) print(paper, new Date(now.getTime() - Math.floor(random() * 40) * 60_000));
      if (random() < 0.04 && paper.items.length > 0) pick(paper.items.slice(0, 6)).title = headline();
      paper.items.splice(15);
      if (paper.broken > 0) paper.broken -= 1;
      else if (random() < 0.02) paper.broken = 1 + Math.floor(random() * 4);
      paper.body = paper.file.endsWith('.atom') ? atom(paper) : rss(paper);
    }
  }

  function print(paper, date) {
    const number = articles.length + 1;
    const article = {
      number,
      title: headline(),
      date,
      url: `https://${paper.id}.example/news/${number}`,
      text: `${headline()}. ${headline()}.`,
    };
    articles.push(article);
    paper.items.unshift(article);
    if (random() < 0.1) sameWire(article, paper);
  }

  /** Publishes the same agency text in a second publication. */
  function sameWire(article, paper) {
    const other = pick(papers.filter((one) => one !== paper));
    const copy = {
      ...article,
      number: articles.length + 1,
      url: `https://${other.id}.example/news/${articles.length + 1}`,
    };
    articles.push(copy);
    other.items.unshift(copy);
  }

  // Cosmetic changes: build dates, tracking parameters, comment counts, http for https, whitespace.
  function rss({ id, items, guid, dates }) {
    const noise = random();
    const one = ({ number, title, date, url, text }) => {
      const link = noise < 0.3 ? `${url}?utm_source=rss&amp;utm_campaign=${Math.floor(noise * 1e6)}` : url;
      const own =
        guid === 'own'
          ? `<guid isPermaLink="false">${id}-${number}</guid>`
          : guid === 'link'
            ? `<guid>${url}</guid>`
            : '';
      const day = dates === 'day' ? new Date(Math.floor(date.getTime() / 86_400_000) * 86_400_000) : date;
      return `<item><title>${title}</title><link>${link}</link>${own}${dates === 'none' ? '' : `<pubDate>${day.toUTCString()}</pubDate>`}<slash:comments>${Math.floor(random() * 90)}</slash:comments><description>${text}${noise < 0.1 ? ' ' : ''}</description></item>`;
    };
    return `<?xml version="1.0"?><rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>The ${id}</title><link>https://${id}.example/</link><description>News</description><lastBuildDate>${clock.toUTCString()}</lastBuildDate>${items.map(one).join('\n')}</channel></rss>`;
  }

  function atom({ id, items }) {
    const one = ({ number, title, date, url, text }) =>
      `<entry><id>tag:${id}.example,2026:${number}</id><title>${title}</title><link href="${url}"/><published>${date.toISOString()}</published><updated>${random() < 0.2 ? clock.toISOString() : date.toISOString()}</updated><summary>${text}</summary></entry>`;
    return `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:${id}.example,2026:feed</id><title>The ${id}</title><updated>${clock.toISOString()}</updated><link href="https://${id}.example/"/>${items.map(one).join('\n')}</feed>`;
  }

  return { papers, articles, live };
}

/** Some publications send no validators, so every run reads their documents. */
async function serve({ papers }) {
  const server = createServer(async (request, response) => {
    if (request.url === '/run') return response.end(String(await runHere(request)));
    const paper = papers.find(({ file }) => `/${file}` === request.url);
    if (!paper || paper.broken > 0) return response.writeHead(paper ? 503 : 404).end();
    response.writeHead(200, {
      'Content-Type': paper.file.endsWith('.atom') ? 'application/atom+xml' : 'application/rss+xml',
    });
    return response.end(paper.body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: server.address().port,
    close: () => new Promise((done) => server.close(done).closeAllConnections?.()),
  };
}

/** Runs the program in the folder of the first line with the arguments of the other lines. Returns its exit status. */
async function runHere(request) {
  const [folder, ...args] = (await request.setEncoding('utf8').reduce((text, chunk) => text + chunk, ''))
    .trimEnd()
    .split('\n');
  const { runCommandLine } = await import(pathToFileURL(join(main, '../cli/cli.js')).href);
  const said = [];
  const stream = { on: () => {}, write: (text) => said.push(text) };
  const before = process.cwd();
  process.chdir(folder);
  const status = await runCommandLine(args, { env: {}, stdout: stream, stderr: stream, on: () => {}, exit: () => {} });
  process.chdir(before);
  if (status !== 0) console.error(said.join(''));
  return status;
}
