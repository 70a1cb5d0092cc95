/** The compiled program, in its own process. */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compiled } from './support/compiled.js';
import { siteFolder } from './support/site-folder.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/main.js');

beforeAll(() => void compiled());

function newsloom(argv: readonly string[], cwd = root) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...argv], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('dist/main.js', () => {
  it('prints only the version', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(newsloom(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(newsloom(['--quiet', '--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('prints --version without loading other modules', () => {
    const code = readFileSync(main, 'utf8');
    for (const line of code.match(/^import .*/gm) ?? []) expect(line).toMatch(/from 'node:\w+';$/);
  });

  it('prints config problems on stderr, one per line, and changes no file', () => {
    const folder = siteFolder({
      'config/newsloom.yaml': 'site:\n  titel: T\n  url: https://n.example/\nsources: sources.yaml\n',
      'config/sources.yaml': '- url: a.example\n',
    });
    const lines = [
      'config/newsloom.yaml:2:3 site.title: required, but missing',
      'config/newsloom.yaml:2:3 site.titel: unknown key; did you mean "title"?',
      'config/sources.yaml:1:8 sources[0].url: not an absolute http(s) URL ("a.example"); write https:// before it',
    ];
    expect(newsloom(['build'], folder)).toEqual({ status: 78, stdout: '', stderr: `${lines.join('\n')}\n` });
    expect(newsloom(['check'], folder)).toEqual({ status: 78, stdout: `${lines.join('\n')}\n`, stderr: '' });
    expect(readdirSync(folder)).toEqual(['config']);
  });

  it.skipIf(process.platform === 'win32')('exits without an error when stdout is closed', () => {
    const script = '{ "$1" "$2" schema; echo "status $?" >&2; } | true';
    const { stderr } = spawnSync('sh', ['-c', script, 'sh', process.execPath, main], { encoding: 'utf8' });
    expect(stderr).toBe('status 0\n');
  });

  const quietSite = (more = '') =>
    siteFolder({
      'config/newsloom.yaml': `site: { title: T, url: "https://n.example/" }\nsources: [{ url: "file:in.xml" }]\n${more}`,
      'in.xml': '<rss version="2.0"><channel><title>P</title><item><title>A</title></item></channel></rss>',
    });

  /** URLs of the modules that a run imports. */
  const listLoaded = (folder: string) => {
    const list = join(folder, 'loaded.txt');
    const hook = `import { appendFileSync } from 'node:fs'; export const load = (url, context, next) => { appendFileSync(${JSON.stringify(list)}, url + '\\n'); return next(url, context); };`;
    const asModule = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
    const start = `import { register } from 'node:module'; register(${JSON.stringify(asModule(hook))});`;
    const argv = ['--import', asModule(start), main, 'build', '--quiet'];
    expect(spawnSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
    return readFileSync(list, 'utf8').split('\n');
  };

  it('loads no module of unused databases, queues and buckets', () => {
    const loaded = listLoaded(quietSite());
    expect(loaded.some((url) => url.endsWith('/dist/sink/directory.js'))).toBe(true);
    expect(
      loaded.filter((url) =>
        /node_modules\/(?:aws4fetch|pg[^/]*)\/|\/dist\/(?:sink\/s3|store\/postgres|queue)\//.test(url),
      ),
    ).toEqual([]);
  });

  it('loads nothing of the desk', () => {
    const loaded = listLoaded(quietSite());
    expect(loaded.filter((url) => /node_modules\/(?:@?hono|htmx)|\/dist\/desk\//.test(url))).toEqual([]);
  });

  it('loads no parser and no sanitizer in a run without news', () => {
    const folder = quietSite('publish: { formats: [rss, atom, json, opml] }\n');
    expect(newsloom(['build', '--quiet'], folder).status).toBe(0);
    const loaded = listLoaded(folder);
    const packages = loaded.flatMap((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
    expect([...new Set(packages)].sort()).toEqual(['better-sqlite3', 'commander']);
    const read = /\/dist\/(?:cluster\/cluster|identity\/mint|parse|sanitize|tag\/tag|text\/markup|write\/html\/html)\b/;
    expect(loaded.filter((url) => read.test(url))).toEqual([]);
  });

  it.runIf(existsSync('/dev/full'))('exits 5 with a message if the disk of its output is full', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [main, 'schema'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect([status, stderr]).toEqual([5, expect.stringMatching(/^newsloom: cannot write the output: ENOSPC.*\n$/)]);
  });

  it('exits 2 for wrong usage', () => {
    const { status, stdout, stderr } = newsloom(['biuld']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Did you mean build?');
  });
});
