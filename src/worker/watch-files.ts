/** Which files changed: looked at every now and then, which editors, mounts and containers all allow. */
import { stat } from 'node:fs/promises';

/** Calls back after any of the files (asked anew each time) was written, replaced, made or removed. Returns how to stop. */
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
  return files.map((file, i) => `${file} ${found[i]?.mtimeNs} ${found[i]?.size} ${found[i]?.ino}`).join('\n');
}
