// Builds dist/ for the package: code bundled into a few files, without comments and white space, and the types that the library's
// entry point reaches in one, with what is documented of them. npm runs it before "npm pack" and "npm publish".
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { parseSync } from 'rolldown/utils';
import { minify } from 'terser';
import { withoutForwards } from './forwards.mjs';

/** What is started by its path. */
const ENTRIES = ['main', 'index', 'pipeline/read/reader/read-worker'];

const MINIFIED = { compress: true, mangle: { toplevel: true }, codegen: { removeWhitespace: true } };
/** Once more, as it takes 1 % off what Rolldown's own minifier leaves. */
const SMALLER = {
  module: true,
  compress: { ecma: 2020, passes: 4, keep_fargs: false, unsafe_arrows: true },
  mangle: false,
};

/**
 * Few files take less room than many, and less time to read. So all commands are in one, as help loads them all anyway, and
 * most of the rest is in another. What needs packages of npm to load stays in files of its own, read when it is called for: one
 * for all that needs the same packages. A group takes what its modules import along, so those that need less come first.
 */
const MOST_PACKAGES = 20;
const CHUNKS = {
  groups: [
    {
      name: (id, context) =>
        id.startsWith(join(compiled, 'cli')) && packagesOf(id, context).length === 0 ? 'commands' : null,
    },
    ...Array.from({ length: MOST_PACKAGES }, (_, count) => ({ name: (id, context) => chunkOf(id, context, count) })),
  ].map((group, at, { length }) => ({ ...group, debugName: `group ${at}`, priority: length - at })),
};

const DECLARED = /^export ((?:declare )?(?:abstract )?(interface|type|class|const|function) (\w+))/gm;

const DOC = '/\\*\\*(?:(?!\\*/)[^])*\\*/\\n';
const KINDS = '(?:export |declare |abstract )*(?:interface|type|class|const|function) ';
const NAMED = new RegExp(`^${KINDS}(\\w+)`, 'm');
/** Where a declaration begins, with what is documented of it. */
const BEGINNING = new RegExp(`^(?:(?=${DOC}${KINDS})|(?<!\\*/\\n)(?=${KINDS}))`, 'm');

const work = mkdtempSync(join(tmpdir(), 'newsloom-pack-'));
const compiled = join(work, 'compiled'); // code and types
const packages = new Map(); // module → packagesOf

run('node_modules/typescript/bin/tsc', '--outDir', compiled);
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
writeFileSync('dist/index.d.ts', bundledTypes(join(compiled, 'index.d.ts')));
await bundle();
run('scripts/assets.mjs');
rmSync(work, { recursive: true, force: true });

/** All chunks lie in dist/ itself; an entry of a deeper folder is a line that imports its chunk. */
async function bundle() {
  const build = await rolldown({
    input: Object.fromEntries(ENTRIES.map((entry) => [entry.replaceAll('/', '-'), join(compiled, `${entry}.js`)])),
    platform: 'node',
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    plugins: [
      { name: 'assets', transform: (code, id) => withAssets(code, id) },
      { name: 'annotations', transform: (code, id) => withoutAnnotations(code, id) },
      { name: 'forwards', generateBundle: (_, chunks) => withoutForwards(chunks) },
      { name: 'smaller', generateBundle: (_, chunks) => smaller(chunks) },
    ],
    // A module that is loaded late in one place and early in another is no mistake.
    checks: { eval: false, ineffectiveDynamicImport: false },
  });
  await build.write({
    dir: 'dist',
    format: 'esm',
    minify: MINIFIED,
    keepNames: false,
    codeSplitting: CHUNKS,
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

async function smaller(chunks) {
  for (const chunk of Object.values(chunks)) chunk.code = (await minify(chunk.code, SMALLER)).code;
}

/** The packages that load with the module, as an import of it or of what it imports. Our zod.js requires one without an import. */
function packagesOf(id, context) {
  const known = packages.get(id);
  if (known) return known;
  packages.set(id, []); // of a circle, the other imports decide
  const found = isOurs(id)
    ? context.getModuleInfo(id).importedIds.flatMap((to) => packagesOf(to, context))
    : id.startsWith('node:')
      ? []
      : [id.replaceAll(/[@.]/g, '').replaceAll('/', '-')];
  if (id.endsWith('/zod.js')) found.push('zod');
  const all = [...new Set(found)].sort();
  packages.set(id, all);
  return all;
}

function chunkOf(id, context, count) {
  const needed = packagesOf(id, context);
  if (!isOurs(id) || id === join(compiled, 'main.js') || needed.length !== count) return null;
  return count === 0 ? 'shared' : needed.join('-');
}

function isOurs(id) {
  return id.startsWith(compiled);
}

/** Addresses of files beside a module start at its folder, though its code lies in a chunk. */
function withAssets(code, id) {
  const folder = relative(resolve(compiled), dirname(resolve(id))).replaceAll('\\', '/');
  return folder === ''
    ? null
    : code.replaceAll(/, import\.meta\.url\)/g, `, new URL('./${folder}/', import.meta.url))`);
}

/** What the keys of the config mean is read in the docs and in schema/, which were made from it; the program never asks. */
function withoutAnnotations(code, id) {
  if (!id.startsWith(join(compiled, 'config'))) return null;
  let bare = code;
  for (const [from, to] of annotations(parseSync(id, code).program).sort(([a], [b]) => b - a))
    bare = bare.slice(0, from) + bare.slice(to);
  return bare;
}

/** Where `.describe(…)` and `.meta(…)` of zod stand, the outermost of those within each other. */
function annotations(node) {
  if (typeof node !== 'object' || node === null) return [];
  const { callee } = node.type === 'CallExpression' ? node : {};
  if (callee?.type === 'MemberExpression' && ['describe', 'meta'].includes(callee.property.name))
    return [...annotations(callee.object), [callee.object.end, node.end]];
  return Object.values(node).flatMap(annotations);
}

/** All types that the entry reaches as one module, which exports what the entry does: forty small files take more room than what is in them. */
function bundledTypes(entry) {
  const texts = new Map([...reachable(entry)].map((file) => [file, withoutHeader(file)]));
  const shown = new Set();
  for (const [, one] of texts.get(entry).matchAll(/^export \{([^}]*)\} from/gm))
    for (const [, name] of one.matchAll(/(?:type )?(\w+),?/g)) shown.add(name);
  for (const [, type, path] of texts.get(entry).matchAll(/^export (type )?\* from '([^']+)'/gm))
    for (const [, , kind, name] of texts.get(join(compiled, path.replace(/\.js$/, '.d.ts'))).matchAll(DECLARED))
      if (type === undefined || kind === 'interface' || kind === 'type') shown.add(name);
  texts.delete(entry);
  const bare = [...texts.values()].map((text) =>
    text
      .replace(/^import [^;]* from '\.[^;]*;\n|^export \{\};\n/gm, '')
      .replace(DECLARED, (whole, declared, _, name) => (shown.has(name) ? whole : declared)),
  );
  const anyDeclared = new RegExp(DECLARED.source.replace('export ', '(?:export )?'), 'gm');
  const names = bare.flatMap((text) => [...text.matchAll(anyDeclared)].map(([, , , name]) => name));
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (twice.length > 0) throw new Error(`declared in two files: ${twice.join(', ')}`);
  return `${neededOf(bare.join('')).join('')}export {};\n`;
}

/** What the first comment of each module says is for who reads its source. */
function withoutHeader(file) {
  const source = readFileSync(file.replace(compiled, 'src').replace(/\.d\.ts$/, '.ts'), 'utf8');
  const [header = ''] = new RegExp(`^${DOC}`).exec(source) ?? [];
  return readFileSync(file, 'utf8').replace(header, '');
}

/** The declarations that are exported, and those that they name, directly or not; each with what is documented of it. */
function neededOf(text) {
  const all = text.split(BEGINNING);
  const nameOf = (one) => NAMED.exec(one)?.[1];
  const named = new Map(all.map((one) => [nameOf(one), one]));
  const needed = new Set([...named].flatMap(([name, one]) => (/^export /m.test(one) ? name : [])));
  for (const name of needed) {
    const code = named.get(name).replace(/\/\*\*[\s\S]*?\*\//g, '');
    for (const [word] of code.matchAll(/\w+/g)) if (named.has(word)) needed.add(word);
  }
  return all.filter((one) => needed.has(nameOf(one)));
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
