/** The npm package: complete, and working when installed elsewhere. `npm test` does not make it, but reads the list of its files and runs the clone. */
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, posix as posixPath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compiled } from './support/compiled.js';
import { playPage } from './support/play-page.js';
import { rss, serveFeeds } from './support/serve-feeds.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { isThorough, thorough } from './support/thorough.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const SLOW = 300_000;

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function suiteFolder(): string {
  made.push(mkdtempSync(join(tmpdir(), 'newsloom-package-')));
  return made.at(-1)!;
}

let tarball: string;
let installed: string; // a folder with the package in node_modules, its dependencies beside it
let unpacked: string; // the package there, or this clone in its place
let files: string[]; // of the package
let bin: string; // on the PATH of what is tried

beforeAll(() => {
  if (isThorough) makePackage();
  else lookAtClone();
  bin = commandFolder();
}, SLOW);

function lookAtClone(): void {
  compiled();
  installed = root;
  unpacked = root;
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  files = JSON.parse(stdout)[0].files.map(({ path }: { path: string }) => path);
}

function makePackage(): void {
  const copy = suiteFolder();
  const { files: named } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const shipped = named.filter((name: string) => !/^!|^dist/.test(name));
  for (const name of ['src', 'scripts', ...shipped, 'package.json', 'tsconfig.json', 'README.md', 'LICENSE'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--json', '--pack-destination', copy], {
    cwd: copy,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[')));
  tarball = join(copy, filename);
  installed = suiteFolder();
  writeFileSync(join(installed, 'package.json'), '{}');
  const modules = join(installed, 'node_modules');
  unpacked = join(modules, 'newsloom');
  mkdirSync(unpacked, { recursive: true });
  spawnSync('tar', ['xzf', tarball, '-C', unpacked, '--strip-components', '1']);
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.') && name !== 'newsloom')
      symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  files = readdirSync(unpacked, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(join(unpacked, path)).isFile());
}

/** `newsloom` and `npx newsloom`, as after an install. */
function commandFolder(): string {
  const folder = suiteFolder();
  const main = join(unpacked, 'dist/main.js');
  const script = `#!/bin/bash
while true; do
  case "$1" in
  --package) shift 2 ;;
  --yes | newsloom | newsloom@*) shift ;;
  *) break ;;
  esac
done
exec "${process.execPath}" --no-warnings "${main}" "$@"
`;
  for (const name of ['npx', 'newsloom']) writeFileSync(join(folder, name), script, { mode: 0o755 });
  return folder;
}

/** Not spawnSync: the origin lives in this process. */
function bash(
  script: string,
  cwd: string,
  env: Record<string, string> = {},
): Promise<{ status: number | null; said: string }> {
  const path = [bin, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
  const child = spawn('bash', ['--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: { PATH: path, HOME: cwd, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return new Promise((done) => child.on('close', (status) => done({ status, said })));
}

function snippets(path: string, language: string): string[] {
  const all = [...readFileSync(join(root, path), 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  return all.flatMap(([, name, text = '']) => (name === language ? [text] : []));
}

const posix = process.platform !== 'win32';

describe.runIf(posix)('the package', () => {
  it('contains the program, the starting config, the schema and the documents, and no development files', () => {
    const folders = new Set(files.map((path) => path.split('/')[0]));
    expect([...folders].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'NOTICE',
      'README.md',
      'config',
      'deploy',
      'dist',
      'docs',
      'package.json',
      'schema',
    ]);
    expect(files.filter((path) => /(?<!\.d)\.ts$|\.test\.|\.compiled$/.test(path))).toEqual([]);
    for (const path of [
      'dist/main.js',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/cli/templates/workflow.yml',
      'schema/newsloom.schema.json',
    ])
      expect(files).toContain(path);
    expect(files).toContain('dist/demo/site/newsloom.yaml');
  });

  it('exports its schemas', async () => {
    const script = "console.log(require('newsloom/schema/sources.schema.json').title)";
    expect(await bash(`'${process.execPath}' -e "$SCRIPT"`, installed, { SCRIPT: script })).toEqual({
      status: 0,
      said: 'newsloom sources\n',
    });
  });

  it('has a module and its source map for each source file', () => {
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.ts'));
    const expected = sources.flatMap((path) =>
      ['.js', '.js.map'].map((ending) => `dist/${path.replace(/\.ts$/, ending)}`),
    );
    const present = new Set(files);
    expect(expected.filter((path) => !present.has(path))).toEqual([]);
  });

  it('has the types that the library exports, and no others', () => {
    const types = files.filter((path) => path.endsWith('.d.ts'));
    const imported = types.flatMap((path) =>
      [...readFileSync(join(unpacked, path), 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)\.js'/g)].map(
        ([, from = '']) => `${posixPath.join(posixPath.dirname(path), from)}.d.ts`,
      ),
    );
    expect(types.sort()).toEqual([...new Set([...imported, 'dist/index.d.ts'])].sort());
  });

  it('documents its functions and their fields in its types', () => {
    const types = (path: string) => readFileSync(join(unpacked, 'dist', path), 'utf8');
    const modules = [...types('index.d.ts').matchAll(/ from '\.\/(.+)\.js'/g)].map(([, path]) => types(`${path}.d.ts`));
    const text = modules.join('\n');
    expect(text).toMatch(/@throws \{ParseError\} PARSE_UNRECOGNIZED[^/]*\*\/\nexport declare function parseFeed\(/);
    expect(text).toMatch(/\/\*\* Consecutive failures\. \*\/\n\s+readonly failures: number;/);
  });

  it('posts nothing when a worker thread of the user imports it', async () => {
    const script = `const { Worker } = require('node:worker_threads');
      const worker = new Worker("import('newsloom')", { eval: true });
      worker.on('message', (message) => { throw new Error('posted ' + message); });
      worker.on('exit', (code) => console.log('exit ' + code));`;
    expect(await bash(`'${process.execPath}' -e "$SCRIPT"`, installed, { SCRIPT: script })).toEqual({
      status: 0,
      said: 'exit 0\n',
    });
  });

  it.each([
    ['file and line of the package', '', 'dist/sink/directory.js'],
    ['file and line of the source, with --enable-source-maps', '--enable-source-maps', 'src/sink/directory.ts'],
  ])('names in a stack trace the %s', async (_, option, file) => {
    const folder = temporaryFolder();
    const origin = await serveFeeds({ '/feed': rss('Paper', [{ title: 'Election in the harbour town' }]) });
    writeFileSync(
      join(folder, 'broken.mjs'),
      `import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
fs.renameSync = () => { throw new TypeError('provoked'); };
syncBuiltinESMExports();`,
    );
    const { status, said } = await bash(
      `newsloom init >&2
printf -- '- url: ${origin.url}/feed\\n  allowPrivateAddresses: true\\n' > config/sources.yaml
NODE_OPTIONS="${option} --import ./broken.mjs" newsloom build`,
      folder,
    );
    expect(status, said).toBe(1);
    expect(said).toContain('TypeError: provoked');
    expect(said).toMatch(new RegExp(`/${file}:\\d+:\\d+`));
    await origin.close();
  });

  it('has every file that its README links to, pictures aside', () => {
    const readme = readFileSync(join(unpacked, 'README.md'), 'utf8');
    const link = /(?<!!\[[^\]]*)\]\(([^)\s]+)\)|href="([^"]+)"/g;
    const targets = [...readme.matchAll(link)].map(([, a, b]) => a ?? b ?? '');
    const relative = targets.filter((target) => !/^[a-z]+:|^#/.test(target)).map((target) => target.split('#')[0]);
    expect(relative.length).toBeGreaterThan(5);
    expect(relative.filter((target) => !files.includes(target ?? ''))).toEqual([]);
  });

  it('has every file that its documents link to, pictures aside', () => {
    const documents = files.filter((path) => /^docs\/.*\.md$/.test(path));
    const targets = documents.flatMap((path) => {
      const text = readFileSync(join(unpacked, path), 'utf8').replace(/```[\s\S]*?```/g, '');
      const links = [...text.matchAll(/(?<!!\[[^\]]*)\]\((?![a-z]+:|#)([^)\s#]+)/g)];
      return links.map(([, to = '']) => join(dirname(path), to));
    });
    expect(targets).toContain('deploy/nginx.conf');
    expect(targets.filter((target) => !files.some((path) => `${path}/`.startsWith(`${target}/`)))).toEqual([]);
  });

  it('has what its documents send people to in its folder', () => {
    const documents = files.filter((path) => path.startsWith('docs/'));
    const texts = documents.map((path) => readFileSync(join(unpacked, path), 'utf8'));
    const named = texts.flatMap((text) =>
      [...text.matchAll(/node_modules\/newsloom\/([\w/.-]*\w)/g)].map(([, a = '']) => a),
    );
    expect(named).toContain('docs/guides/wordpress');
    expect(named.filter((name) => !files.some((path) => `${path}/`.startsWith(`${name}/`)))).toEqual([]);
    const examples = texts.flatMap((text) =>
      [...text.matchAll(/(?:^|[^/])examples\/(\w+)/g)].map(([, name = '']) => name),
    );
    expect([...new Set(examples)]).toEqual(['template']); // which is said to be in the repository
  });

  thorough('has types for everything that its entry point exports', () => {
    const own = join(installed, 'consumer');
    mkdirSync(own);
    writeFileSync(
      join(own, 'index.ts'),
      `${snippets('docs/library.md', 'ts')
        .map((text, i) => `export async function f${i}() {\n${text.replace(/^import .*$/gm, '')}}`)
        .join('\n')}
import assert from 'node:assert/strict';
import { build, type Channel, createStoryIndex, createTagger, isAlsoReported, mentionsOf, NewsloomError, parseFeed, sanitizeHtml, toFeed, writeAtom, writeJsonFeed, writeRss } from 'newsloom';
`,
    );
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      'node',
      join(own, 'index.ts'),
    ];
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '--ignoreConfig', ...options],
      { cwd: own, encoding: 'utf8' },
    );
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it('prints its version', async () => {
    expect(await bash('newsloom --version', installed)).toEqual({ status: 0, said: `${version}\n` });
  });

  thorough('does what the README says', { timeout: SLOW }, async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const named = [...readme.matchAll(/^npm (?:run )?(\w+)|`npm run ([\w:]+)`/gm)].map(([, a, b]) => a ?? b ?? '');
    expect(named).toEqual(expect.arrayContaining(['demo', 'preview']));
    const others = ['pack', 'init', 'install'];
    expect(named.filter((name) => scripts[name] === undefined && !others.includes(name))).toEqual([]);
    expect(readme).toContain(`newsloom-${version}.tgz`);
    const main = join(unpacked, 'dist/main.js');
    const whyNot = (block: string) => (block.startsWith('git clone') ? 'needs the repository' : null);
    const played = await playPage(readme, { main, tarball, whyNot });
    expect(played.said.at(-1)).toMatch(
      /wrote {2}config\/newsloom\.yaml[\s\S]*Next:[\s\S]* new, [\s\S]*http:\/\/127\.0\.0\.1:/,
    );
    expect(existsSync(join(played.folder, '../my-section/feeds/all.rss'))).toBe(true);
    played.remove();
  });
});

describe.runIf(posix)('docs/ci.md', () => {
  /** A repository with one source, and a bare one that it pushes to. */
  async function aRepository() {
    const folder = temporaryFolder();
    const origin = await serveFeeds({ '/feed': rss('Paper', [{ title: 'Election in the harbour town' }]) });
    const made = await bash(
      `git init -q --bare -b main remote.git && git init -q -b main site && cd site && newsloom init
printf -- '- url: ${origin.url}/feed\\n  allowPrivateAddresses: true\\n' > config/sources.yaml
git config user.name editor && git config user.email editor@news.example
git add . && git commit -q -m Begin && git remote add origin ../remote.git && git push -q -u origin main`,
      folder,
    );
    expect(made.status, made.said).toBe(0);
    const log = async () =>
      (await bash('git log --format=%s main', join(folder, 'remote.git'))).said.trim().split('\n');
    return { folder, origin, log, site: join(folder, 'site') };
  }

  thorough('commits with cron and git when there is news', { timeout: SLOW }, async () => {
    const { site, log, origin } = await aRepository();
    const script = snippets('docs/ci.md', 'sh').find((text) => text.startsWith('#!/bin/sh')) ?? '';
    for (let run = 0; run < 2; run += 1) {
      const { status, said } = await bash(`set -- "${site}"\n${script}`, site);
      expect(status, said).toBe(0);
    }
    expect(await log()).toEqual([expect.stringMatching(/^1 new: /), 'Begin']);
    await origin.close();
  });

  thorough('commits in GitLab CI when there is news', { timeout: SLOW }, async () => {
    const { site, folder, log, origin } = await aRepository();
    const { parse } = await import('yaml');
    const yaml = snippets('docs/ci.md', 'yaml').find((text) => text.startsWith('feeds:')) ?? '';
    const lines: string[] = parse(yaml).feeds.script;
    const script = lines.join('\n').replace(/"https:\/\/newsloom:[^"]*"/, `"${folder}/remote.git"`);
    for (let run = 0; run < 2; run += 1) {
      const { status, said } = await bash(script, site, { CI_COMMIT_BRANCH: 'main' });
      expect(status, said).toBe(0);
    }
    expect(await log()).toEqual([expect.stringMatching(/^1 new: /), 'Begin']);
    await origin.close();
  });

  thorough.each([
    ['the workflow of init', []],
    ['the action', ['--workflow', 'action.yml']],
  ])('plays some hours of %s: commits for news alone, nothing announced twice', { timeout: SLOW }, (_, more) => {
    const dist = join(unpacked, 'dist');
    const args = ['scripts/ci-replay.mjs', '--hours', '4', '--lose', '0.3', '--dist', dist, ...more];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    expect(status, `${stdout}${stderr}`).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ runs: 4, noise: 0, missed: 0, twice: 0, moved: 0, failed: 0 });
  });
});
