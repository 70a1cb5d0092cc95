// Completes the compiled folder: node scripts/assets.mjs [dist]
// It copies what is not TypeScript (data tables, sample publications), and deletes the types that the library does not export.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const out = process.argv[2] ?? 'dist';
cpSync('src', out, { recursive: true, filter: (from) => statSync(from).isDirectory() || !from.endsWith('.ts') });
deleteInternalTypes();
// Marks a successful build, for scripts/setup.mjs.
writeFileSync(`${out}/.compiled`, '');

/** Keeps the declarations that index.d.ts reaches. */
function deleteInternalTypes() {
  const exported = new Set();
  const add = (path) => {
    if (exported.has(path) || !existsSync(path)) return;
    exported.add(path);
    for (const [, from] of readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)\.js['"]/g))
      add(join(dirname(path), `${from}.d.ts`));
  };
  add(join(out, 'index.d.ts'));
  for (const name of readdirSync(out, { recursive: true })) {
    const path = join(out, name);
    if (name.endsWith('.d.ts') && !exported.has(path)) rmSync(path);
  }
}
