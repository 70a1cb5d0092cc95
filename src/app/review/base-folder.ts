/** The section before a change: another folder, or a commit of its git repository. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { findSiteRoot } from '../../config/paths.js';
import { createCommandRunner } from '../../process/run-command.js';

export interface BaseFolder {
  readonly configPath: string;
  readonly root: string;
  /** The section's working folder with files that git ignores, such as the store; null: the base is a separate folder. */
  readonly checkout: string | null;
  /** Whether a file of `checkout` may be part of the change. */
  isCommitted(path: string): Promise<boolean>;
  remove(): Promise<void>;
}

/**
 * `base`: a folder with the section, as a path that begins with `/`, `./` or `../`, or the name of a commit. Other paths are not accepted,
 * because the change may contain such a folder. Resolves with `{ problem }` if it is neither.
 */
export async function openBase(
  base: string,
  configPath: string,
  signal: AbortSignal,
): Promise<BaseFolder | { readonly problem: string }> {
  const root = findSiteRoot(configPath);
  const config = relative(root, resolve(configPath));
  if (isPath(base) && (await stat(base).catch(() => null))?.isDirectory()) {
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

function isPath(base: string): boolean {
  return isAbsolute(base) || /^\.{1,2}(?:[/\\]|$)/.test(base);
}

async function openCommit(
  name: string,
  { root, config }: { readonly root: string; readonly config: string },
  signal: AbortSignal,
): Promise<BaseFolder | { readonly problem: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'newsloom-base-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const top = findRepository(root);
    if (top === null) throw new GitFailure('the section is not in a git repository');
    const below = relative(top, root);
    const real = await realpath(root);
    if (real !== join(await realpath(top), below))
      throw new GitFailure('a symbolic link leads out of the git repository');
    const tree = join(folder, 'tree');
    await mkdir(tree);
    const git = createGit(folder, {}, signal);
    const [dir] = await git('-C', top, 'rev-parse', '--absolute-git-dir');
    // Uses the attributes of the commit instead of those of the change.
    const env = { GIT_DIR: dir!, GIT_WORK_TREE: tree, GIT_INDEX_FILE: join(folder, 'index') };
    const gitAt = createGit(folder, env, signal);
    const [id] = await gitAt('rev-parse', '--verify', '--end-of-options', `${name}^{tree}`);
    await gitAt('-C', tree, 'read-tree', id!);
    await gitAt('-C', tree, 'checkout-index', '--all', '--quiet');
    const base = join(tree, below);
    const isCommitted = (path: string) => mayBeCommitted(path, { root, real, top }, git);
    return { configPath: join(base, config), root: base, checkout: root, isCommitted, remove };
  } catch (error) {
    await remove();
    if (error instanceof GitFailure) return { problem: `"${name}" is neither a folder nor a commit: ${error.message}` };
    throw error;
  }
}

/** The nearest folder with a `.git`. A commit cannot contain one, but git itself also accepts other folders as repositories. */
function findRepository(folder: string): string | null {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : findRepository(parent);
}

/** Files behind a symbolic link or in a nested repository count as committed. */
async function mayBeCommitted(
  path: string,
  { root, real, top }: { readonly root: string; readonly real: string; readonly top: string },
  git: Git,
): Promise<boolean> {
  const isLinked = (await realpath(path)) !== join(real, relative(root, path));
  if (isLinked || findRepository(dirname(path)) !== top) return true;
  try {
    return (await git('-C', top, 'ls-files', '--', `:(top,literal)${relative(top, path)}`)).length > 0;
  } catch (error) {
    if (error instanceof GitFailure) return true; // too much output, or unknown
    throw error;
  }
}

class GitFailure extends Error {}

/** Prevents running hooks or a file monitor from the checkout. */
const HARMLESS = ['safe.bareRepository=explicit', 'core.hooksPath=/dev/null', 'core.fsmonitor=false'];

/** Resolves with the printed lines. */
type Git = (...args: readonly string[]) => Promise<readonly string[]>;

/** `folder`: a trusted working directory, because Windows looks for programs there first. */
function createGit(folder: string, env: Record<string, string>, signal: AbortSignal): Git {
  const runner = createCommandRunner(folder, process.env);
  const begun = ['git', ...HARMLESS.flatMap((one) => ['-c', one])];
  return async (...args) => {
    const { lines, said, failure } = await runner.run(
      { run: [...begun, ...args], env, timeoutMs: 120_000, lines: [] },
      signal,
    );
    if (failure !== null) throw new GitFailure(`git: ${said.trim() || failure}`);
    return lines;
  };
}
