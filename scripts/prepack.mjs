// Builds dist/ for the package: code without comments and white space, with short names inside of files, and only the type files that
// the library's entry point reaches. npm runs it before "npm pack" and "npm publish".
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { minifySync } from 'rolldown/experimental';

/** Errors are told by the names of their classes. */
const MINIFIED = {
  module: true,
  compress: true,
  mangle: { toplevel: true, keepNames: { function: false, class: true } },
  codegen: { removeWhitespace: true },
};

const types = mkdtempSync(join(tmpdir(), 'newsloom-types-'));

rmSync('dist', { recursive: true, force: true });
run('node_modules/typescript/bin/tsc', '--removeComments', '--declaration', 'false');
run('node_modules/typescript/bin/tsc', '--emitDeclarationOnly', '--outDir', types);
for (const file of reachable(join(types, 'index.d.ts'))) {
  const to = join('dist', relative(types, file));
  mkdirSync(dirname(to), { recursive: true });
  cpSync(file, to);
}
for (const file of readdirSync('dist', { recursive: true })) {
  if (!file.endsWith('.js')) continue;
  const path = join('dist', file);
  const { code, errors } = minifySync(path, readFileSync(path, 'utf8'), MINIFIED);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  writeFileSync(path, code);
}
run('scripts/assets.mjs');
rmSync(types, { recursive: true, force: true });

/** The file and all that it imports, directly or not. */
function reachable(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, , path] of readFileSync(file, 'utf8').matchAll(/\b(from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g))
    reachable(join(dirname(file), path.replace(/\.js$/, '.d.ts')), found);
  return found;
}

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 2, 'inherit'] });
  if (status !== 0) process.exit(1);
}
