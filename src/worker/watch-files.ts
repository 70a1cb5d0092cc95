/** Watches files by polling, which works with all editors, mounts and containers. */
import { stat } from 'node:fs/promises';

/** Calls `onChange` when a file is written, replaced, created or removed, or changes its owner or mode. Returns a stop function. */
export function watchFiles(files: () => readonly string[], onChange: () => void, everyMs: number): () => void {
  let known: string | null = null;
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    const seen = await versions(files());
    looking = false;
    const changed = known !== null && known !== seen;
    known = seen;
    if (changed) onChange();
  };
  void look();
  const timer = setInterval(() => void look(), everyMs);
  return () => clearInterval(timer);
}

async function versions(files: readonly string[]): Promise<string> {
  const found = await Promise.all(files.map((file) => stat(file, { bigint: true }).catch(() => null)));
  return files
    .map((file, i) => `${file} ${found[i]?.mtimeNs} ${found[i]?.ctimeNs} ${found[i]?.size} ${found[i]?.ino}`)
    .join('\n');
}
