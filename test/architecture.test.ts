/** Checks the rules of ARCHITECTURE.md: which folders may import which, and which are pure. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const STAGES = [
  'politeness',
  'parse',
  'sanitize',
  'clean',
  'rules',
  'identity',
  'tag',
  'cluster',
  'questions',
  'compose',
  'write',
  'announce',
  'imports',
];
const DOORS = ['fetch', 'store', 'queue', 'sink', 'pictures', 'process'];
const LISTS = ['parse/kinds', 'store/backends', 'write/formats', 'announce/targets'];
/** What files are served with. */
const HEADERS = ['write/published/cache-control', 'write/published/media-type'];
const BELOW_APP = ['model', 'data', 'text', 'observe', 'ports', ...STAGES, ...DOORS, 'pipeline', 'config'];

/** `row` is how the row begins in ARCHITECTURE.md; `may` names rooms, or single files as `room/file`. */
const RULES: readonly { readonly rooms: readonly string[]; readonly may: readonly string[]; readonly row: string }[] = [
  { rooms: ['model', 'data'], may: [], row: '| `model` `data` |' },
  { rooms: ['text'], may: ['data'], row: '| `text` |' },
  { rooms: ['observe', 'ports'], may: ['model'], row: '| `observe` `ports` |' },
  {
    rooms: STAGES.filter((stage) => !['clean', 'rules', 'questions'].includes(stage)),
    may: ['model', 'text', 'data'],
    row: '| `politeness` `parse`',
  },
  { rooms: ['clean'], may: ['sanitize', 'model', 'text', 'data'], row: '| `clean` |' },
  {
    rooms: ['rules', 'questions'],
    may: ['tag/phrases/phrase-finder', 'tag/phrases/phrase-sieve', 'model', 'text'],
    row: '| `rules` `questions` |',
  },
  {
    rooms: DOORS,
    may: ['ports', ...HEADERS, 'model', 'text'],
    row: '| `fetch` `store` `queue` `sink` `pictures` `process` |',
  },
  { rooms: ['pipeline'], may: [...STAGES, 'ports', 'model', 'text'], row: '| `pipeline` |' },
  { rooms: ['config'], may: [...LISTS, 'model', 'text'], row: '| `config` |' },
  { rooms: ['app'], may: BELOW_APP, row: '| `app` |' },
  {
    rooms: ['serve', 'demo'],
    may: ['app', 'observe', ...HEADERS, 'write/published/hub-link', 'write/formats', 'model'],
    row: '| `serve` `demo` |',
  },
  {
    rooms: ['desk'],
    may: ['app', 'serve', 'write/published/media-type', 'config', 'observe', 'model', 'text'],
    row: '| `desk` |',
  },
  { rooms: ['worker'], may: ['app', 'observe', 'model', 'serve'], row: '| `worker` |' },
  {
    rooms: ['cli'],
    may: ['app', 'serve', 'demo', 'worker', 'desk', 'config', 'observe', 'model'],
    row: '| `cli` |',
  },
  { rooms: ['main'], may: ['cli'], row: '| `main` |' },
  { rooms: ['index'], may: ['app', ...STAGES, 'model'], row: '| `index.ts` |' },
];

const root = new URL('..', import.meta.url);
const table = readFileSync(new URL('ARCHITECTURE.md', root), 'utf8').split('\n');
const files = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => `src/${path.replaceAll('\\', '/')}`);

function withoutComments(text: string): string {
  return text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
}

/** Our own files that a file imports, types included, as paths below `src/` without extension. */
function importsOf(path: string, text: string): string[] {
  const code = withoutComments(text);
  const named = code.matchAll(/\b(?:from|import)\s*\(?\s*(['"])(\.[^'"]*)\1/g);
  const directory = posix.dirname(path.replace(/^src\//, ''));
  return [...named].map(([, , target]) => posix.join(directory, target!).replace(/\.[jt]s$/, ''));
}

function roomOf(path: string): string {
  return path
    .replace(/^src\//, '')
    .replace(/\.ts$/, '')
    .split('/')[0]!;
}

/** One sentence an import that the table forbids. */
function breaches(path: string, text: string): string[] {
  const room = roomOf(path);
  const rule = RULES.find(({ rooms }) => rooms.includes(room));
  if (rule === undefined) return [`${path}: the table of ARCHITECTURE.md has no row for "${room}"`];
  const allowed = (target: string) => [room, ...rule.may].some((one) => one === target || one === roomOf(target));
  return importsOf(path, text)
    .filter((target) => !allowed(target))
    .map((target) => `${path} imports ${target}, against the row\n  ${rowOf(rule.row)}`);
}

function rowOf(beginning: string): string | undefined {
  return table.find((line) => line.startsWith(beginning));
}

describe('the import table', () => {
  it('is kept by every file', () => {
    expect(files.length).toBeGreaterThan(20);
    const found = files.flatMap((path) => breaches(path, readFileSync(new URL(path, root), 'utf8')));
    expect(found.join('\n')).toBe('');
  });

  it.each(RULES.map(({ row }) => row))('is in ARCHITECTURE.md: %s', (row) => {
    expect(rowOf(row)).toBeDefined();
  });

  it.each([
    ['src/parse/date.ts', `import { canonical } from '../clean/url.js';`],
    ['src/tag/tag.ts', `import type { Store } from '../ports/store/store.js';`],
    ['src/write/rss/rss.ts', `export { entry } from '../../compose/entry.js';`],
    ['src/model/article.ts', `import type { Text } from '../text/words.js';`],
    ['src/config/schema.ts', `import { rssAtom } from '../parse/rss-atom.js';`],
    ['src/store/sqlite/open.ts', `const { run } = await import('../../pipeline/run.js');`],
    ['src/fetch/http.ts', `import '../observe/logger.js';`],
    ['src/cluster/cluster.ts', `import {\n  a,\n  b,\n} from "../tag/tag.js";`],
    ['src/serve/folder.ts', `import { work } from '../worker/worker.js';`],
    ['src/cli/build.ts', `import { run } from '../pipeline/run.js';`],
    ['src/main.ts', `import { build } from './app.js';`],
    ['src/kitchen/sink.ts', ''],
  ])('finds a forbidden import planted in %s', (path, text) => {
    expect(breaches(path, text)).toEqual([expect.stringContaining(path)]);
  });

  it('quotes the row that forbids', () => {
    const [said] = breaches('src/model/a.ts', `import { b } from '../text/b.js';`);
    expect(said).toBe('src/model/a.ts imports text/b, against the row\n  | `model` `data` | nothing |');
  });

  it.each([
    [
      'src/parse/rss/items.ts',
      `import { b } from './b.js'; import { c } from '../c.js'; import { d } from '../../text/d.js';`,
    ],
    ['src/config/schema.ts', `import { formats } from '../write/formats.js';`],
    ['src/worker/worker.ts', `import { folderHandler } from '../serve/folder.js'; import fs from 'node:fs';`],
    ['src/tag/tag.ts', `// import { a } from '../parse/a.js'\n/** import('../parse/b.js') */`],
  ])('lets pass what the table allows in %s', (path, text) => {
    expect(breaches(path, text)).toEqual([]);
  });
});

/** Folders whose functions depend on nothing but their arguments. */
const PURE = [...STAGES, 'text', 'model'];

/** Files that may read from disk: only a table shipped with them. Other tables are in `data`, whose `load.ts` reads them. */
const OWN_TABLES = ['src/tag/iptc.ts', 'src/cluster/terms/background.ts', 'src/write/html/theme.ts'];

const WORLD: readonly { readonly name: string; readonly sign: RegExp; readonly unless?: readonly string[] }[] = [
  { name: 'a clock', sign: /\bDate\.now\b|\bnew Date\(\)|\bperformance\.|node:perf_hooks/ },
  { name: 'a timer', sign: /\bset(?:Timeout|Interval|Immediate)\(|node:timers/ },
  { name: 'chance', sign: /\bMath\.random\b|\brandom(?:Bytes|UUID|Int)\(/ },
  { name: 'the environment', sign: /\bprocess\.|node:(?:process|os|child_process|worker_threads)/ },
  { name: 'the network', sign: /\bfetch\(|node:(?:https?|http2|net|tls|dns)\b|'(?:undici|https-proxy-agent)'/ },
  { name: 'the disk', sign: /node:fs\b/, unless: OWN_TABLES },
  // Allowed: the Turkish case rules, named explicitly, and Intl.Segmenter, whose result does not depend on the locale.
  { name: 'a locale', sign: /\blocaleCompare\(|\.toLocale(?!LowerCase\('tr'\))|\bIntl\.(?!Segmenter\b)/ },
  { name: 'a time zone', sign: /\.[gs]et(?:Hours|Minutes|Day|Date|Month|FullYear|TimezoneOffset)\(/ },
];

/** Impure things that a pure file uses. */
function asks(path: string, text: string): string[] {
  if (!PURE.includes(roomOf(path))) return [];
  const code = withoutComments(text);
  return WORLD.filter(({ sign, unless = [] }) => sign.test(code) && !unless.includes(path)).map(
    ({ name }) => `${path} asks ${name}; take what it tells as an argument`,
  );
}

describe('pure rooms', () => {
  it('use no disk, network, clock or locale', () => {
    const found = files.flatMap((path) => asks(path, readFileSync(new URL(path, root), 'utf8')));
    expect(found.join('\n')).toBe('');
  });

  it('are listed in ARCHITECTURE.md', () => {
    const line = table.find((each) => each.startsWith('Pure: '));
    expect(
      /`([a-z ]+)`/
        .exec(line ?? '')?.[1]
        ?.split(' ')
        .sort(),
    ).toEqual([...PURE].sort());
  });

  it.each([
    ['a clock', 'const now = new Date();'],
    ['a clock', 'const began = performance.now();'],
    ['a timer', 'setTimeout(later, 10);'],
    ['chance', 'const id = randomUUID();'],
    ['the environment', 'const home = process.env.HOME;'],
    ['the network', "import { lookup } from 'node:dns/promises';"],
    ['the disk', "import { readFileSync } from 'node:fs';"],
    ['a locale', 'names.sort((a, b) => a.localeCompare(b));'],
    ['a locale', "new Intl.DateTimeFormat('en').format(date);"],
    ['a time zone', 'const hour = date.getHours();'],
  ])('are found out where they ask %s: %s', (name, code) => {
    expect(asks('src/tag/tag.ts', code)).toEqual([expect.stringContaining(name)]);
    expect(asks('src/fetch/http.ts', code)).toEqual([]);
  });
});
