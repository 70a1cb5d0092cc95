/** Chromium, for tests of pages. Where it is missing, those are skipped. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Browser, chromium } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Of a socket's path, with room for what Chromium adds to that of its temporary folder. */
const LONGEST = 60;

/** TMPDIR of a browser. */
export const browserFolder = () => (tmpdir().length > LONGEST ? '/tmp' : tmpdir());

export const hasBrowser = existsSync(CHROMIUM);

export async function openBrowser(flags = '--no-sandbox --disable-gpu'): Promise<Browser> {
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: flags.split(' '),
    env: { ...process.env, TMPDIR: browserFolder() },
    timeout: 250_000,
  });
}
