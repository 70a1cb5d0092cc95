/** Runs the demo: serves the sample publications on loopback and builds a whole site from them at a fixed time. */

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSite } from '../app/load-site.js';
import { runSite } from '../app/run-site.js';
import type { RunObserver } from '../app/run-tools.js';
import type { BuildReport } from '../model/report.js';
import { type LoggedRequest, PICTURES, startSampleOrigin } from './origin.js';
import { publications } from './publications.js';

/** Fixed, so that the demo publishes the same bytes on every machine. */
const DEMO_NOW = new Date('2026-11-22T18:30:00Z');

export interface DemoOptions {
  /** Absolute path of the published folder. */
  readonly dir: string;
  /** Absolute path of the folder for the demo's store. */
  readonly storeDir: string;
  /** Requests all publications, even if they are not due. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  readonly observer: RunObserver;
}

export interface DemoResult {
  readonly report: BuildReport;
  /** Requests received by the sample origin, in order. */
  readonly requests: readonly LoggedRequest[];
}

const DEMO_CONFIG = fileURLToPath(new URL('./site/newsloom.yaml', import.meta.url));

/** Part of the store's name, so that changed sample data starts with an empty store. */
async function computeSampleFingerprint(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(DEMO_CONFIG));
  for (const { file } of publications) hash.update(await readFile(new URL(`./publications/${file}`, import.meta.url)));
  for (const name of (await readdir(PICTURES)).sort()) hash.update(await readFile(new URL(name, PICTURES)));
  return hash.digest('hex').slice(0, 8);
}

export async function runDemo({ dir, storeDir, force, signal, observer }: DemoOptions): Promise<DemoResult> {
  const origin = await startSampleOrigin();
  try {
    const site = await loadSite(DEMO_CONFIG, {});
    const settings = {
      ...site,
      root: join(dir, '..'),
      publish: { ...site.publish, dir },
      store: { ...site.store, path: join(storeDir, `demo-${await computeSampleFingerprint()}.db`) },
      // All publications share one loopback address, so requests need no spacing.
      fetch: { ...site.fetch, spacingMs: 0 },
    };
    const resolve = (host: string) => (host.endsWith('.example') ? { address: '127.0.0.1', port: origin.port } : null);
    const only = null;
    const { report } = await runSite(settings, {
      now: DEMO_NOW,
      force,
      only,
      offline: false,
      dryRun: false,
      forcePublish: true,
      restore: 'never',
      pictures: 'ready-made',
      resolve,
      signal,
      observer,
    });
    return { report, requests: origin.log };
  } finally {
    await origin.close();
  }
}
