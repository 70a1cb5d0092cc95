import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Review } from '../app/review/review.js';
import type { Command, Context } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { chooseConfigPath, configOption, jsonOption, nowOption, readIds } from './options.js';
import { formatReview } from './review-lines.js';
import { renderReviewMarkdown } from './review-markdown.js';

export const reviewCommand: Command = {
  name: 'review',
  describe: 'report what a config change would do to sources, topics, rules and files; safe for untrusted changes',
  options: [
    configOption,
    jsonOption,
    {
      flags: '--base <base>',
      describe: 'what to compare with: a commit, or another folder of the section as a path (./ ../ /)',
      default: 'HEAD',
    },
    { flags: '--markdown <file>', describe: 'write the review as Markdown, short enough for a pull request comment' },
    {
      flags: '--pages <dir>',
      describe: 'write the changed pages into this empty or new folder',
    },
    {
      flags: '--env <names>',
      describe: 'names of environment variables that the config may use; name only variables without secrets',
      read: readIds,
    },
    { flags: '--allow-private-addresses', describe: 'allow sources in private networks' },
    nowOption,
  ],
  examples: [
    ['newsloom review', 'compares uncommitted changes with the last commit'],
    ['newsloom review --base main --pages review', 'compares a branch, and writes its front page to review/index.html'],
    ['newsloom review --base ../section --markdown review.md --json', 'compares with another folder, for CI'],
  ],
  async run(context) {
    const { value, signal, env } = context;
    const configPath = chooseConfigPath(context);
    const pages = await requireEmptyFolder(value('pages'));
    const { reviewSite } = await import('../app/review/review.js');
    const review = await reviewSite(configPath, {
      base: value('base') ?? 'HEAD',
      env,
      readable: value<readonly string[]>('env') ?? [],
      allowPrivateAddresses: context.flag('allow-private-addresses'),
      pages,
      now: value<Date>('now') ?? new Date(),
      signal,
    });
    if ('problem' in review) throw new UsageError(`--base: ${review.problem}`);
    await writeMarkdown(context, review, configPath);
    context.show(review, () => formatReview(review));
    return review.ok ? EXIT.ok : EXIT.config;
  },
};

/** Never overwrites files. */
async function requireEmptyFolder(dir: string | undefined): Promise<string | null> {
  if (dir === undefined) return null;
  const found = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new UsageError(`--pages: ${error.message}`);
  });
  if (found.length > 0) throw new UsageError(`--pages: ${dir} is not empty`);
  return resolve(dir);
}

async function writeMarkdown({ value }: Context, review: Review, configPath: string): Promise<void> {
  const file = value('markdown');
  if (file === undefined) return;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, renderReviewMarkdown(review, configPath));
  } catch (error) {
    throw new UsageError(`--markdown: ${(error as Error).message}`);
  }
}
