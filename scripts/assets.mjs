// Copies data tables and sample publications from src/ to the compiled folder: node scripts/assets.mjs [dist]
import { cpSync, statSync, writeFileSync } from 'node:fs';

const out = process.argv[2] ?? 'dist';
cpSync('src', out, { recursive: true, filter: (from) => statSync(from).isDirectory() || !from.endsWith('.ts') });
// Marks a successful build, for scripts/setup.mjs.
writeFileSync(`${out}/.compiled`, '');
