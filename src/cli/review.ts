/** `newsloom review`: what a change of the config would do, for whoever decides about it. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Review } from '../app/review/review.js';
import type { Command, Context } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, configPathOf, jsonOption, nowOption, readIds } from './options.js';
import { reviewLines } from './review-lines.js';
import { reviewMarkdown } from './review-markdown.js';

export const reviewCommand: Command = {
  name: 'review',
  describe:
    'say what a change of the config would do to sources, topics, rules and files; trusts nothing that the change brings',
  options: [
    configOption,
    jsonOption,
    {
      flags: '--base <base>',
      describe: "what it is compared with: a commit, or the section's folder elsewhere, written as a path (./ ../ /)",
      default: 'HEAD',
    },
    { flags: '--markdown <file>', describe: 'write it as Markdown, short enough for a comment at a pull request' },
    {
      flags: '--pages <dir>',
      describe: 'write the pages as they would be into this folder, which is empty or not there',
    },
    {
      flags: '--env <names>',
      describe: 'variables of the environment that hold nothing secret; no others are read',
      read: readIds,
    },
    { flags: '--allow-private-addresses', describe: 'ask sources in private networks too' },
    nowOption,
  ],
  examples: [
    ['newsloom review', 'what is changed, but not committed yet'],
    ['newsloom review --base main --pages review', 'a branch, with its front page in review/index.html'],
    ['newsloom review --base ../section --markdown review.md --json', 'another folder as base; for CI'],
  ],
  async run(context) {
    const { value, signal, env } = context;
    const configPath = configPathOf(context);
    const pages = await emptyFolder(value('pages'));
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
    context.show(review, () => reviewLines(review));
    return review.ok ? EXIT.ok : EXIT.config;
  },
};

/** Nothing of anybody's is replaced. */
async function emptyFolder(dir: string | undefined): Promise<string | null> {
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
    await writeFile(file, reviewMarkdown(review, configPath));
  } catch (error) {
    throw new UsageError(`--markdown: ${(error as Error).message}`);
  }
}
