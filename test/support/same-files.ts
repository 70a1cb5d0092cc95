/** Compares what commands write with what the desk writes. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

type Texts = Readonly<Record<string, string>>;

/** The files that an editor writes, by path below the root. */
function readSiteFiles(root: string): Texts {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  const own = paths.filter((path) => !/^(?:\.newsloom|feeds)\b/.test(path) && statSync(join(root, path)).isFile());
  return Object.fromEntries(own.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

export interface TwoWays {
  readonly before: Texts;
  readonly byCommands: Texts;
  readonly byDesk: Texts;
}

/** Runs both from the same files. */
export async function runBothWays(
  root: string,
  commands: () => Promise<void>,
  desk: () => Promise<void>,
): Promise<TwoWays> {
  const before = readSiteFiles(root);
  await commands();
  const byCommands = readSiteFiles(root);
  for (const path of Object.keys(byCommands)) rmSync(join(root, path));
  for (const [path, text] of Object.entries(before)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  await desk();
  return { before, byCommands, byDesk: readSiteFiles(root) };
}
