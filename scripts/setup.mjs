// Prepares a clone: installs if node_modules is missing or older than the lock file, compiles if dist is missing or older than the
// sources. Requires only Node and npm.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK = 'package-lock.json';
const INSTALLED = 'node_modules/.package-lock.json'; // npm writes it last
const COMPILED = 'dist/.compiled'; // written last by scripts/assets.mjs

// Never installs into a linked node_modules: npm ci would empty the other clone's. Tests only compile, because they use node_modules.
const mayInstall = !process.argv.includes('--compile-only') && !isLink('node_modules');
if (mayInstall && isOlder(INSTALLED, [LOCK])) {
  say('installing dependencies');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
if (isOlder(COMPILED, ['src', LOCK, 'tsconfig.json'])) {
  say('compiling');
  run('npm', ['run', '--silent', 'build']);
}

/** Returns whether a file is missing or older than any of these files and folders. */
function isOlder(path, than) {
  return !existsSync(join(root, path)) || getModifiedTime(path) < Math.max(...than.map(newest));
}

function isLink(path) {
  return lstatSync(join(root, path), { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function newest(path) {
  if (!statSync(join(root, path)).isDirectory()) return getModifiedTime(path);
  const inside = readdirSync(join(root, path)).map((name) => newest(`${path}/${name}`));
  return Math.max(getModifiedTime(path), ...inside);
}

function getModifiedTime(path) {
  return statSync(join(root, path)).mtimeMs;
}

/** To stderr, because stdout is for results. */
function say(what) {
  process.stderr.write(`newsloom: ${what} …\n`);
}

function run(command, args) {
  const shell = process.platform === 'win32';
  const { status } = spawnSync(command, args, { cwd: root, shell, stdio: ['ignore', 2, 'inherit'] });
  if (status === 0) return;
  say(`"${command} ${args.join(' ')}" failed: see above`);
  process.exit(1);
}
