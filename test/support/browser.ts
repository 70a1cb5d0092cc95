/** Starts Chromium for tests of pages, which are skipped if it is missing. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Browser, chromium } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Maximum length of a temporary folder: Chromium creates sockets in it, whose paths are limited. */
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
