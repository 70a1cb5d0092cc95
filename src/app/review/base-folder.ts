/** The section before a change: another folder, or a commit of the git repository that the section lies in. */
import { mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { rootOf } from '../../config/paths.js';
import { createCommandRunner } from '../../process/run-command.js';

export interface BaseFolder {
  readonly configPath: string;
  readonly root: string;
  /** The section's own folder, where what git does not keep lies: the store, often the edition; null: that of the base is another one. */
  readonly checkout: string | null;
  /** Whether the change itself may have brought a file of `checkout`. */
  isCommitted(path: string): Promise<boolean>;
  remove(): Promise<void>;
}

/** `base`: the section's root elsewhere, or a commit as git names it. Resolves with `{ problem }` where it is neither. */
export async function openBase(
  base: string,
  configPath: string,
  signal: AbortSignal,
): Promise<BaseFolder | { readonly problem: string }> {
  const root = rootOf(configPath);
  const config = relative(root, resolve(configPath));
  if ((await stat(base).catch(() => null))?.isDirectory()) {
    const folder = resolve(base);
    return {
      configPath: join(folder, config),
      root: folder,
      checkout: null,
      isCommitted: async () => true,
      remove: async () => {},
    };
  }
  return await openCommit(base, { root, config }, signal);
}

async function openCommit(
  name: string,
  { root, config }: { readonly root: string; readonly config: string },
  signal: AbortSignal,
): Promise<BaseFolder | { readonly problem: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'newsloom-base-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const git = createGit(root, { GIT_INDEX_FILE: join(folder, '.index') }, signal);
  try {
    const [top] = await git('rev-parse', '--show-toplevel');
    const [tree] = await git('rev-parse', '--verify', '--end-of-options', `${name}^{tree}`);
    await git('read-tree', tree!);
    await git('-C', top!, 'checkout-index', '--all', '--quiet', `--prefix=${folder}/`);
    const base = join(folder, relative(await realpath(top!), await realpath(root)));
    const isCommitted = async (path: string) => (await createGit(root, {}, signal)('ls-files', '--', path)).length > 0;
    return { configPath: join(base, config), root: base, checkout: root, isCommitted, remove };
  } catch (error) {
    await remove();
    if (error instanceof GitFailure) return { problem: `"${name}" is neither a folder nor a commit: ${error.message}` };
    throw error;
  }
}

class GitFailure extends Error {}

/** Resolves with the lines that it prints. */
function createGit(root: string, env: Record<string, string>, signal: AbortSignal) {
  const runner = createCommandRunner(root, process.env);
  return async (...args: readonly string[]): Promise<readonly string[]> => {
    const { lines, said, failure } = await runner.run(
      { run: ['git', ...args], env, timeoutMs: 120_000, lines: [] },
      signal,
    );
    if (failure !== null) throw new GitFailure(`git: ${said.trim() || failure}`);
    return lines;
  };
}
