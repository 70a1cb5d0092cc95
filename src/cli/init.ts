/** `newsloom init`: writes the starting files of a site; existing files are left unchanged. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { version } from '../observe/version.js';
import type { Command, Context } from './command.js';
import { docsPath, EXIT, UsageError } from './exit.js';
import { type BegunImport, beginImport, importLines, refuseWhereThereIs, type StartingLists } from './init-import.js';
import { NONE, presetLists, presetNames, readPreset } from './init-preset.js';
import { jsonOption } from './options.js';
import { configSchemaFiles, readSchema } from './schema.js';

export const initCommand: Command = {
  name: 'init',
  describe:
    'write a starting config, from what another program reads or from a pack, a CI workflow and a .gitignore; never overwrites',
  parameters: [{ name: '[dir]', describe: 'the folder of the site (default: this one)' }],
  options: [
    {
      flags: '--from <file>',
      describe: 'take over the sources of another program: OPML (FreshRSS, miniflux, Feedly …) or planet.ini',
    },
    {
      flags: '--preset <name>',
      describe: `begin with a pack of sources and topics: ${presetNames} (default: a copy of world, to edit)`,
      read: readPreset,
    },
    { flags: '--no-workflow', describe: 'no CI workflow, as where cron does the runs' },
    { flags: '--offline', describe: 'with --from: ask no feed which topics its articles have' },
    { flags: '--allow-private', describe: 'with --from: its sources may stand on loopback or private addresses' },
    jsonOption,
  ],
  examples: [
    ['newsloom init', 'a working config with sources and topics to begin with, then: newsloom build'],
    ['newsloom init my-section --json', 'into a new folder; { written, kept } for scripts'],
    ['newsloom init --from subscriptions.opml', 'folders become topics; says what could not be carried over'],
    ['newsloom init --preset science', 'a config that extends the pack "science"'],
  ],
  async run(context) {
    const dir = context.args[0] ?? '.';
    const begun = await chosenLists(context, dir);
    const written: string[] = [];
    const kept: string[] = [];
    const files = await startingFiles(begun?.files ?? {}, context);
    for (const [path, content] of files) ((await writeNew(dir, path, content)) ? written : kept).push(path);
    const imported = begun !== null && 'finish' in begun ? await begun.finish() : null;
    if (context.flag('quiet') && !context.flag('json')) return EXIT.ok;
    context.show({ written, kept, ...(imported && { imported }) }, () =>
      [
        ...written.map((path) => `wrote  ${path}`),
        ...kept.map((path) => `kept   ${path}${path === '.gitignore' ? ' (see that it names .newsloom/)' : ''}`),
        ...(imported === null ? [] : ['', ...importLines(imported)]),
        '',
        ...nextSteps(context, dir, imported?.formats ?? []),
      ].join('\n'),
    );
    return EXIT.ok;
  },
};

/** null: the lists of the package. */
async function chosenLists(context: Context, dir: string): Promise<StartingLists | BegunImport | null> {
  const [from, preset] = [context.value('from'), context.value('preset')];
  if (from !== undefined) {
    if (preset !== undefined)
      throw new UsageError('--from and --preset: one of them; "extends" in the config adds a pack');
    return await beginImport(context, dir, from, await templates());
  }
  if (preset === undefined) return null;
  refuseWhereThereIs(LISTS, dir, `"extends: ${preset}" in a config adds a pack to it`);
  return presetLists(preset, await templates());
}

/** Paths in the package: its own config is the template for new sites. */
const LISTS = ['config/newsloom.yaml', 'config/sources.yaml', 'config/topics.yaml'] as const;

async function templates() {
  const texts = await Promise.all(LISTS.map(async (path) => [path, await readOwn(`../../${path}`)] as const));
  return Object.fromEntries(texts) as Record<(typeof LISTS)[number], string>;
}

function readOwn(url: string): Promise<string> {
  return readFile(new URL(url, import.meta.url), 'utf8');
}

async function startingFiles(
  own: StartingLists['files'],
  context: Context,
): Promise<(readonly [path: string, content: string])[]> {
  const workflow = await readOwn('./templates/workflow.yml');
  const schemas = await Promise.all(
    configSchemaFiles.map(async (file) => [`schema/${file}`, await readSchema(file)] as const),
  );
  return [
    ...Object.entries({ ...(await templates()), ...own }),
    ...schemas,
    ...(context.value<boolean>('workflow') === false
      ? []
      : [['.github/workflows/newsloom.yml', workflow.replaceAll('@VERSION', `@${version}`)] as const]),
    ['.gitignore', await readOwn('./templates/gitignore')],
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
    const who = code === 'EACCES' && process.geteuid ? `; newsloom runs as user ${process.geteuid()}` : '';
    throw new UsageError(`cannot write ${file}: ${message}${who}`);
  }
}

const SUBSCRIBERS = 'redirect /atom.xml, /rss20.xml and /opml.xml, which have subscribers';

function nextSteps({ env, value }: Context, dir: string, formats: readonly string[]): string[] {
  const isEmpty = value('preset') === NONE && value('from') === undefined;
  const newsloom = env.npm_command === 'exec' ? 'npx newsloom' : 'newsloom';
  const steps = [
    ...(dir === '.' ? [] : [[`cd ${dir}`, ''] as const]),
    ['edit config/newsloom.yaml', "your site's title and url, first of all: ids of articles are made from its host"],
    ...(isEmpty ? [[`${newsloom} sources add <address>`, 'finds the feed of a site'] as const] : []),
    [`${newsloom} build`, 'reads the sources and publishes into feeds/'],
    [`${newsloom} preview`, 'shows what was published, on http://127.0.0.1:8000/'],
    ...(formats.includes('planet') ? [[docsPath('guides/move.md'), SUBSCRIBERS] as const] : []),
  ] as const;
  return ['Next:', ...steps.map(([what, why]) => `  ${what.padEnd(26)} ${why}`.trimEnd())];
}
