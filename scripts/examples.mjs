// Builds every example in examples/ like a user and opens it in Chromium: npm run examples, or npm run examples -- astro hugo
// Each installs its own tool into a temporary folder. Hugo, nginx, PHP, MariaDB and WordPress are Debian packages (hugo nginx php-cli
// php-mysql mariadb-server-core wordpress). An example is skipped if its tool is missing; with --all it fails.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { examples } from './examples/examples.mjs';
import { openSection } from './examples/section.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !(name in examples));
if (unknown.length > 0)
  throw new Error(`unknown example: ${unknown.join(', ')}; known: ${Object.keys(examples).join(', ')}`);

const folder = mkdtempSync(join(tmpdir(), 'newsloom-examples-'));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];
const browser = await chromium.launch({ executablePath, args });
const section = await openSection(join(folder, 'section'));
let failures = 0;
try {
  for (const name of positionals.length > 0 ? positionals : Object.keys(examples)) await tell(name);
} finally {
  await section.close();
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failures > 0 ? 1 : 0;

async function tell(name) {
  const open = [];
  try {
    const place = join(folder, name);
    mkdirSync(place);
    const said = await examples[name]({ place, section, browser, later: (close) => open.push(close) });
    console.log(`ok    ${name}: ${said}`);
  } catch (error) {
    const isSkipped = error.missing !== undefined;
    if (!isSkipped || values.all) failures++;
    console.log(`${isSkipped ? 'skip ' : 'FAIL '} ${name}: ${error.missing ?? error.stack}`);
  } finally {
    for (const close of open.reverse()) await close();
  }
}
