// Fault drill: breaks what real workers need, and prints what an operator saw. Fails if a step loses an article that a feed served.
// npm run drill -- [step…] [--short]   --short: without PostgreSQL, and an outage of three hours instead of a day.
// Requires Linux, `unshare` with root or permission to create namespaces, and PostgreSQL; steps without their needs are skipped.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { clockJump, configBroken, diskFull, dnsDead, resetForADay, storeDeleted, upgrade } from './drill/faults.mjs';
import { openNetwork } from './drill/network.mjs';
import { databaseRestarted, publisherKilled } from './drill/several.mjs';
import { findPostgres } from './scale/world.mjs';

/** In a network and a file system of their own. */
const ONE = { dnsDead, resetForADay, diskFull, configBroken, storeDeleted, clockJump, upgrade };
const SEVERAL = { publisherKilled, databaseRestarted };
const FIXTURE = fileURLToPath(new URL('../test/fixtures/upgrade/0.1.0/site.json.gz', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    inside: { type: 'boolean', default: false },
    main: { type: 'string', default: 'dist/main.js' },
  },
});
const names = Object.keys({ ...ONE, ...(values.short ? {} : SEVERAL) });
const wanted = positionals.length === 0 ? names : positionals;
let failed = 0;
let skipped = 0;

if (values.inside) await playInside();
else {
  const ones = wanted.filter((name) => name in ONE);
  if (ones.length > 0 && !canUnshare()) {
    skipped += ones.length;
    console.log(`skipped, because unshare is not permitted: ${ones.join(', ')}`);
  } else if (ones.length > 0) failed += await playUnshared(ones);
  for (const name of wanted.filter((one) => one in SEVERAL)) {
    if (findPostgres() === null) {
      skipped++;
      console.log(`${name}: skipped, because PostgreSQL is not installed`);
    } else await play(name, SEVERAL[name]);
  }
  const played = wanted.length - skipped;
  if (played === 0) failed++;
  const lost = failed === 0 ? `no article was lost in ${played} steps` : `${failed} failed`;
  console.log(`drill: ${lost}, ${skipped} skipped`);
}
process.exitCode = failed === 0 ? 0 : 1;

async function playInside() {
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-drill-'));
  let now = () => Date.now();
  const closing = [];
  const network = await openNetwork(folder, () => now());
  const world = {
    folder,
    main: resolve(values.main),
    log: () => {},
    network,
    onClose: (close) => closing.push(close),
    useClock: (clock) => {
      now = clock;
    },
  };
  try {
    for (const name of wanted)
      await play(name, () => ONE[name](world, { hours: values.short ? 3 : 24, fixture: FIXTURE }));
  } finally {
    for (const close of closing) await close();
    network.close();
    spawnSync('sh', ['-c', `umount ${folder}/disk /etc/resolv.conf /etc/nsswitch.conf`]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function play(name, step) {
  const began = performance.now();
  try {
    const seen = await step();
    console.log(`${name} (${((performance.now() - began) / 1000).toFixed(0)} s)`);
    for (const [what, lines] of Object.entries(seen))
      for (const [i, line] of [lines].flat().entries())
        console.log(`  ${(i === 0 ? what : '').padEnd(9)}${String(line).slice(0, 230)}`);
  } catch (error) {
    failed++;
    console.log(`${name}: FAILED\n  ${error.stack}`);
  }
}

function canUnshare() {
  return spawnSync('unshare', [...rights(), '--net', '--mount', 'true']).status === 0;
}

function rights() {
  return process.getuid() === 0 ? [] : ['--map-root-user'];
}

/** Resolves with the number of failed steps. */
async function playUnshared(steps) {
  const args = [
    ...rights(),
    '--net',
    '--mount',
    process.execPath,
    fileURLToPath(import.meta.url),
    '--inside',
    '--main',
    values.main,
    ...steps,
  ];
  const child = spawn('unshare', values.short ? [...args, '--short'] : args, { stdio: 'inherit' });
  const code = await new Promise((done) => child.on('close', done));
  return code === 0 ? 0 : 1;
}
