/** The image of deploy/Dockerfile: what it copies is all that a site needs, and what it leaves out is said. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compiled } from './support/compiled.js';
import { hasPostgres, usePostgres } from './support/postgres.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { thorough } from './support/thorough.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const dockerfile = read('deploy/Dockerfile');
const { peerDependencies } = JSON.parse(read('package.json')) as { peerDependencies: Record<string, string> };

/** What the image has below /app; of optional packages these alone. */
function anImage(optional: readonly string[]): string {
  const app = temporaryFolder();
  const left = [...Object.keys(peerDependencies), 'better-sqlite3'].filter((name) => !optional.includes(name));
  for (const [, path = ''] of dockerfile.matchAll(/^COPY --from=build \/app\/(\S+) \/app\/\1$/gm)) {
    if (path !== 'node_modules') cpSync(join(root, path), join(app, path), { recursive: true });
    else {
      mkdirSync(join(app, path));
      for (const name of readdirSync(join(root, path)).filter((one) => !one.startsWith('.') && !left.includes(one)))
        symlinkSync(join(root, path, name), join(app, path, name));
    }
  }
  return app;
}

/** On PostgreSQL. */
function aSite(): string {
  const site = temporaryFolder();
  mkdirSync(join(site, 'config'));
  const store = `store: { kind: postgres, url: "\${NEWSLOOM_DATABASE}" }`;
  const about = 'site: { title: A, url: https://news.example.org/ }\nsources: [{ id: a, url: https://a.example/feed }]';
  writeFileSync(join(site, 'config/newsloom.yaml'), `${about}\n${store}\n`);
  return site;
}

function newsloom(app: string, cwd: string, database: string, ...argv: readonly string[]) {
  const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  const env = { PATH: process.env.PATH ?? '', NEWSLOOM_DATABASE: database, ...keys };
  const main = join(app, 'dist/main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...argv], { cwd, env, timeout: 120_000 });
  return { status, said: `${stdout}${stderr}` };
}

beforeAll(() => void compiled(), 300_000);

describe('the image', { timeout: 300_000 }, () => {
  /** Names at the top of what the builder is sent. */
  const sent = read('deploy/Dockerfile.dockerignore')
    .match(/^!(.+)$/gm)!
    .map((line) => line.slice(1));
  const [build = '', image = ''] = dockerfile.split(/^FROM .*$/m).slice(1);

  const [, packages = ''] = build.match(/^ARG PACKAGES="(.+)"$/m)!;
  const optional = `install --save-prod --omit=dev --ignore-scripts ${packages}`;

  /** Runs the builder's lines with an npm that says what it was told, and makes what it would make. */
  function built(entries: readonly string[]) {
    const [app, bin] = [temporaryFolder(), temporaryFolder()];
    const copy = (names: readonly string[]) => {
      for (const name of names.filter((one) => sent.includes(one.split('/')[0]!)))
        if (name.includes('/')) cpSync(join(root, 'LICENSE'), join(app, name));
        else writeFileSync(join(app, name), '');
    };
    const npm = `#!/bin/sh
echo "$*" >> ${join(bin, 'log')}
case "$*" in
ci*|install*) mkdir -p node_modules/better-sqlite3 node_modules/feed ;;
'run build') mkdir -p dist && echo new > dist/main.js ;;
esac
`;
    writeFileSync(join(bin, 'npm'), npm, { mode: 0o755 });
    for (const [, instruction, rest = ''] of build.matchAll(/^(COPY|RUN) (.+)$/gm)) {
      const named = rest.replaceAll('*', '').split(' ').slice(0, -1);
      if (instruction === 'COPY') copy(rest === '. .' ? entries : entries.filter((name) => named.includes(name)));
      else {
        const { status, stderr } = spawnSync('sh', ['-c', rest], {
          cwd: app,
          env: { PATH: `${bin}:${process.env.PATH}`, PACKAGES: packages },
          encoding: 'utf8',
        });
        expect(status, stderr).toBe(0);
      }
    }
    const copied = [...image.matchAll(/^COPY --from=build \/app\/(\S+)/gm)].map(([, path = '']) => path);
    expect(copied.length).toBeGreaterThan(4);
    expect(copied.filter((path) => !existsSync(join(app, path)))).toEqual([]);
    expect(readdirSync(join(app, 'node_modules'))).toEqual(['feed']);
    expect(statSync(join(app, 'dist/main.js')).mode & 0o111).not.toBe(0);
    return { dist: readdirSync(join(app, 'dist')), told: readFileSync(join(bin, 'log'), 'utf8').trim().split('\n') };
  }

  it('is built in a clone, from what is in it and by the versions that it pins', () => {
    const tracked = spawnSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
    const whole = [...new Set(tracked.map((path) => path.replace(/\/.*/, '/x')))];
    expect(sent.filter((name) => name !== 'dist' && !whole.some((path) => path.split('/')[0] === name))).toEqual([]);
    expect(built([...whole, 'dist/old.js'])).toEqual({
      dist: ['main.js'],
      told: ['ci --ignore-scripts', 'run build', 'prune --omit=dev --ignore-scripts', optional],
    });
  });

  it('is made of the package alone, as that is', () => {
    const { files } = JSON.parse(read('package.json')) as { files: string[] };
    const named = files.filter((name) => !name.startsWith('!'));
    const isFile = (name: string) => /\.md$|^[A-Z]+$/.test(name);
    const folders = named.filter((name) => !isFile(name)).map((name) => `${name}/${name === 'dist' ? 'main.js' : 'x'}`);
    expect(built(['package.json', 'README.md', 'LICENSE', ...named.filter(isFile), ...folders])).toEqual({
      dist: ['main.js'],
      told: ['install --omit=dev --ignore-scripts', optional],
    });
  });

  it('is looked after by an init, and by a check that ends before its time is up', () => {
    expect(image).toMatch(/^ENTRYPOINT \["\/sbin\/tini", "--", "newsloom"\]$/m);
    const [, limit, patience] = image.match(/--timeout=(\d+)s .*\\\n\s+CMD wget .*-T (\d+) /)!;
    expect(Number(patience)).toBeLessThan(Number(limit));
  });

  it('has the documents that commands name', () => {
    expect(sent).toContain('docs');
    const app = anImage([]);
    const named = ['src/cli/exit.ts', 'src/cli/init.ts'].flatMap((path) => [
      ...read(path).matchAll(/resolveDocsPath\('(.+?)'\)/g),
    ]);
    expect(named.map(([, name = '']) => [name, existsSync(join(app, 'docs', name))])).toEqual([
      ['troubleshooting.md', true],
      ['guides/move.md', true],
    ]);
  });

  it('begins a site, with or without a pack, and prints the schema', () => {
    const [app, site] = [anImage([]), temporaryFolder()];
    expect(newsloom(app, site, '', 'init')).toMatchObject({ status: 0 });
    expect(newsloom(app, site, '', 'check')).toMatchObject({ status: 0 });
    expect(newsloom(app, site, '', 'init', 'other', '--preset', 'science')).toMatchObject({ status: 0 });
    expect(newsloom(app, join(site, 'other'), '', 'check')).toMatchObject({ status: 0 });
    expect(newsloom(app, site, '', 'schema')).toMatchObject({ status: 0 });
    rmSync(join(app, 'config/packs'), { recursive: true });
    const check = newsloom(app, join(site, 'other'), '', 'check');
    expect(check).toMatchObject({
      status: 78,
      said: expect.stringContaining('pack "science" is missing from this installation'),
    });
  });

  const postgres = 'store: { kind: postgres, url: "postgres://localhost/none" }';
  const bucket = 'publish: { s3: { bucket: news, endpoint: "http://127.0.0.1:9" } }';
  it.each([
    ['store.kind: postgres', postgres, '', 5, '(STORE_DRIVER)', 'pg@8 pg-boss@10'],
    ['publish.s3', bucket, '', 5, '(PUBLISH_FAILED)', 'aws4fetch@1'],
    ['images.cache', 'images: { cache: true }', '', 78, 'images.cache: ', 'sharp@0.35'],
    [
      'fetch: article',
      '',
      ', content: full, fetch: article',
      78,
      'sources: ',
      '@mozilla/readability@0.6 linkedom@0.18.12',
    ],
  ])('without the packages of %s, names the command that installs them', (_, settings, source, status, code, names) => {
    const [app, site] = [anImage(['better-sqlite3']), temporaryFolder()];
    mkdirSync(join(site, 'config'));
    writeFileSync(
      join(site, 'config/newsloom.yaml'),
      `site: { title: A, url: https://news.example.org/, feedsUrl: https://news.example.org/ }
sources: [{ id: a, url: https://a.example/feed${source} }]
${settings}
`,
    );
    const build = newsloom(app, site, '', 'build');
    expect(build.said).toContain(`\`npm install ${names}\``);
    expect(build.said).toContain(code);
    expect(build.said).not.toContain('a bug in newsloom');
    expect(build.status, build.said).toBe(status);
  });

  thorough('says which packages PostgreSQL needs where they were left out', () => {
    const [none, site] = [anImage([]), aSite()];
    const absent = { status: 5, said: expect.stringMatching(/(?=.*STORE_DRIVER).*npm install pg@8 pg-boss@10/) };
    for (const command of ['check', 'build', 'work'])
      expect(newsloom(none, site, 'postgres://localhost/none', command)).toMatchObject(absent);
  });
});

describe.skipIf(!hasPostgres)('a worker on PostgreSQL without a queue', { timeout: 300_000 }, () => {
  const server = usePostgres();
  thorough.each(['all', 'fetch'])('of role %s ends, and says what to install', (role) => {
    const [app, site] = [anImage(['pg']), aSite()];
    const { status, said } = newsloom(app, site, server.url(), 'work', '--port', '0', '--role', role);
    expect(said).toMatch(/npm install pg@8 pg-boss@10/);
    expect(said).not.toContain('a bug in newsloom');
    expect(status).toBe(5);
  });
});
