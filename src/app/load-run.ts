/** Loads what a run needs in stages: Node opens all modules of one import at once, and a process may have few files (`ulimit -n 64`). */

/** What it loads is loaded once: the imports that follow open few files. */
export async function loadRun(): Promise<void> {
  await import('./load-site.js');
  await import('../pipeline/read/ingest.js');
  await import('../pipeline/publish/publish.js');
  await import('../pipeline/publish/pages/site.js');
  await import('../pipeline/run.js');
}
