/** `newsloom init`: writes the starting files of a site; existing files are left unchanged. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { version } from '../observe/version.js';
import type { Command, Context } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { jsonOption } from './options.js';

export const initCommand: Command = {
  name: 'init',
  describe: 'write a starting config, a CI workflow and a .gitignore; never overwrites',
  parameters: [{ name: '[dir]', describe: 'the folder of the site (default: this one)' }],
  options: [jsonOption],
  examples: [
    ['newsloom init', 'a working config with sources and topics to begin with, then: newsloom build'],
    ['newsloom init my-section --json', 'into a new folder; { written, kept } for scripts'],
  ],
  async run(context) {
    const dir = context.args[0] ?? '.';
    const written: string[] = [];
    const kept: string[] = [];
    for (const [path, content] of await startingFiles())
      ((await writeNew(dir, path, content)) ? written : kept).push(path);
    context.show({ written, kept }, () => nextSteps(context, dir, written, kept).join('\n'));
    return EXIT.ok;
  },
};

/** Paths in the package: its own config is the template for new sites. */
const COPIED = ['config/newsloom.yaml', 'config/sources.yaml', 'config/topics.yaml', 'schema/newsloom.schema.json'];

async function startingFiles(): Promise<(readonly [path: string, content: string])[]> {
  const read = (url: string) => readFile(new URL(url, import.meta.url), 'utf8');
  const workflow = await read('./templates/workflow.yml');
  return [
    ...(await Promise.all(COPIED.map(async (path) => [path, await read(`../../${path}`)] as const))),
    ['.github/workflows/newsloom.yml', workflow.replaceAll('@VERSION', `@${version}`)],
    ['.gitignore', await read('./templates/gitignore')],
  ];
}

/** False where the path exists already. */
async function writeNew(dir: string, path: string, content: string): Promise<boolean> {
  const file = join(dir, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await readFile(file).catch(() => null)) !== null) return false;
    throw new UsageError(`cannot write ${file}: ${message}`);
  }
}

function nextSteps({ env }: Context, dir: string, written: readonly string[], kept: readonly string[]): string[] {
  const newsloom = env.npm_command === 'exec' ? 'npx newsloom' : 'newsloom';
  const steps = [
    ...(dir === '.' ? [] : [[`cd ${dir}`, ''] as const]),
    ['edit config/newsloom.yaml', "your site's title and url, first of all: ids of articles are made from its host"],
    [`${newsloom} build`, 'reads the sources and publishes into feeds/'],
    [`${newsloom} preview`, 'shows what was published, on http://127.0.0.1:8000/'],
  ] as const;
  return [
    ...written.map((path) => `wrote  ${path}`),
    ...kept.map((path) => `kept   ${path}${path === '.gitignore' ? ' (see that it names .newsloom/)' : ''}`),
    '',
    'Next:',
    ...steps.map(([what, why]) => `  ${what.padEnd(26)} ${why}`.trimEnd()),
  ];
}
