// Builds dist/ for the package: code bundled into a few files, without comments and white space, and only the type files that the
// library's entry point reaches. npm runs it before "npm pack" and "npm publish".
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';

/** What is started by its path. */
const ENTRIES = ['main', 'index', 'pipeline/reader/read-worker'];

/** Errors are told by the names of their classes. */
const MINIFIED = {
  compress: true,
  mangle: { toplevel: true, keepNames: { function: false, class: true } },
  codegen: { removeWhitespace: true },
};

const work = mkdtempSync(join(tmpdir(), 'newsloom-pack-'));
const compiled = join(work, 'compiled');
const types = join(work, 'types');

run('node_modules/typescript/bin/tsc', '--declaration', 'false', '--outDir', compiled);
run('node_modules/typescript/bin/tsc', '--emitDeclarationOnly', '--removeComments', '--outDir', types);
rmSync('dist', { recursive: true, force: true });
for (const file of reachable(join(types, 'index.d.ts'))) {
  const to = join('dist', relative(types, file));
  mkdirSync(dirname(to), { recursive: true });
  cpSync(file, to);
}
await bundle();
run('scripts/assets.mjs');
rmSync(work, { recursive: true, force: true });

/** All chunks lie in dist/ itself; an entry of a deeper folder is a line that imports its chunk. */
async function bundle() {
  const build = await rolldown({
    input: Object.fromEntries(ENTRIES.map((entry) => [entry.replaceAll('/', '-'), join(compiled, `${entry}.js`)])),
    platform: 'node',
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    plugins: [{ name: 'assets', transform: (code, id) => withAssets(code, id) }],
    checks: { eval: false },
  });
  await build.write({
    dir: 'dist',
    format: 'esm',
    minify: MINIFIED,
    keepNames: false,
    entryFileNames: '[name].js',
    chunkFileNames: '_[name].js',
  });
  await build.close();
  for (const entry of ENTRIES.filter((name) => name.includes('/'))) {
    mkdirSync(join('dist', dirname(entry)), { recursive: true });
    const up = relative(dirname(entry), '.');
    writeFileSync(join('dist', `${entry}.js`), `import '${up}/${entry.replaceAll('/', '-')}.js';\n`);
  }
}

/** Addresses of files beside a module start at its folder, though its code lies in a chunk. */
function withAssets(code, id) {
  const folder = relative(resolve(compiled), dirname(resolve(id))).replaceAll('\\', '/');
  return folder === ''
    ? null
    : code.replaceAll(/, import\.meta\.url\)/g, `, new URL('./${folder}/', import.meta.url))`);
}

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
