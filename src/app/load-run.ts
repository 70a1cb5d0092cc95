/** Loads the modules of a run in stages, because one import opens all its files at once (`ulimit -n 64`). */

export async function loadRun(): Promise<void> {
  await import('./load-site.js');
  await import('../pipeline/read/ingest.js');
  await import('../pipeline/publish/publish.js');
  await import('../pipeline/publish/pages/site.js');
  await import('../pipeline/run.js');
}
