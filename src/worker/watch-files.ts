/** Watches files by polling, which works with all editors, mounts and containers. */
import { stat } from 'node:fs/promises';

/** Calls `onChange` when a file is written, replaced, created or removed, or changes its owner or mode. Returns a stop function. */
export function watchFiles(files: () => readonly string[], onChange: () => void, everyMs: number): () => void {
  let known: string | null = null;
  let isChecking = false;
  const check = async () => {
    if (isChecking) return;
    isChecking = true;
    const seen = await readVersions(files());
    isChecking = false;
    const changed = known !== null && known !== seen;
    known = seen;
    if (changed) onChange();
  };
  void check();
  const timer = setInterval(() => void check(), everyMs);
  return () => clearInterval(timer);
}

async function readVersions(files: readonly string[]): Promise<string> {
  const found = await Promise.all(files.map((file) => stat(file, { bigint: true }).catch(() => null)));
  return files
    .map((file, i) => `${file} ${found[i]?.mtimeNs} ${found[i]?.ctimeNs} ${found[i]?.size} ${found[i]?.ino}`)
    .join('\n');
}
