import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { siteFolder } from '../support/site-folder.js';

/** A fake npm: records its arguments and writes the files that npm and our build write. */
const NPM = `#!/bin/sh
echo "$1" >> asked
if [ -e fails ]; then exit 1; fi
case "$1" in
  ci) mkdir -p node_modules && touch node_modules/.package-lock.json ;;
  run) mkdir -p dist && touch dist/.compiled ;;
esac
echo noise
`;

function aClone() {
  const folder = siteFolder({ 'package-lock.json': '{}', 'tsconfig.json': '{}', 'src/cli/a.ts': '', 'bin/npm': NPM });
  mkdirSync(join(folder, 'scripts'));
  chmodSync(join(folder, 'bin/npm'), 0o755);
  copyFileSync(fileURLToPath(new URL('../../scripts/setup.mjs', import.meta.url)), join(folder, 'scripts/setup.mjs'));
  return folder;
}

/** Runs the script. Returns the npm calls and the output. */
function setUp(folder: string, ...argv: readonly string[]) {
  rmSync(join(folder, 'asked'), { force: true });
  const path = [join(folder, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
  const { status, stdout } = spawnSync(process.execPath, [join(folder, 'scripts/setup.mjs'), ...argv], {
    env: { PATH: path },
    encoding: 'utf8',
  });
  const asked = existsSync(join(folder, 'asked'))
    ? readFileSync(join(folder, 'asked'), 'utf8').split('\n').slice(0, -1)
    : [];
  return { status, stdout, asked };
}

function touch(folder: string, path: string, seconds: number) {
  const when = new Date(Date.now() + seconds * 1000);
  utimesSync(join(folder, path), when, when);
}

describe.skipIf(process.platform === 'win32')('scripts/setup.mjs', () => {
  it('installs and compiles a fresh clone once and prints nothing to stdout', () => {
    const folder = aClone();
    expect(setUp(folder)).toEqual({ status: 0, stdout: '', asked: ['ci', 'run'] });
    expect(setUp(folder)).toEqual({ status: 0, stdout: '', asked: [] });
  });

  it('compiles if a source is newer than the compiled files', () => {
    const folder = aClone();
    setUp(folder);
    touch(folder, 'src/cli/a.ts', 5);
    expect(setUp(folder).asked).toEqual(['run']);
  });

  it('installs and compiles if the lock file is newer than the installation', () => {
    const folder = aClone();
    setUp(folder);
    touch(folder, 'package-lock.json', 5);
    expect(setUp(folder).asked).toEqual(['ci', 'run']);
  });

  it('only compiles within a running test', () => {
    const folder = aClone();
    setUp(folder);
    touch(folder, 'package-lock.json', 5);
    expect(setUp(folder, '--compile-only').asked).toEqual(['run']);
  });

  it('does not change a linked node_modules', () => {
    const folder = aClone();
    symlinkSync(siteFolder({ kept: '' }), join(folder, 'node_modules'));
    expect(setUp(folder).asked).toEqual(['run']);
  });

  it('stops if a step fails', () => {
    const folder = aClone();
    writeFileSync(join(folder, 'fails'), '');
    expect(setUp(folder)).toEqual({ status: 1, stdout: '', asked: ['ci'] });
  });
});
