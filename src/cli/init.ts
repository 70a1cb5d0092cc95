import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { version } from '../observe/version.js';
import type { Command, Context } from './command.js';
import { EXIT, resolveDocsPath, UsageError } from './exit.js';
import { withProxiesOption } from './import-file.js';
import { formatImport, importLists, refuseExisting, type StartingLists } from './init-import.js';
import { createPresetLists, NONE, presetNames, readPreset } from './init-preset.js';
import { jsonOption } from './options.js';
import { configSchemaFiles, readSchema } from './schema.js';

export const initCommand: Command = {
  name: 'init',
  describe: 'create a starting config, a CI workflow and a .gitignore; never overwrites a file',
  parameters: [{ name: '[dir]', describe: 'folder of the section (default: current folder)' }],
  options: [
    {
      flags: '--from <file>',
      describe: 'import the sources of another program: OPML (FreshRSS, miniflux, Feedly …) or planet.ini',
    },
    {
      flags: '--preset <name>',
      describe: `start with a pack of sources and topics: ${presetNames} (default: an editable copy of world)`,
      read: readPreset,
    },
    { flags: '--no-workflow', describe: 'create no CI workflow, for example if cron runs newsloom' },
    { flags: '--allow-private', describe: 'with --from: allow sources on loopback or private addresses' },
    { ...withProxiesOption, describe: `with --from: ${withProxiesOption.describe}` },
    jsonOption,
  ],
  examples: [
    ['newsloom init', 'creates a working config with sources and topics; then run: newsloom build'],
    ['newsloom init my-section --json', 'in a new folder; prints { written, kept } for scripts'],
    ['newsloom init --from subscriptions.opml', 'turns folders into topics and reports what it cannot import'],
    ['newsloom init --preset science', 'creates a config that extends the pack "science"'],
  ],
  async run(context) {
    const dir = context.args[0] ?? '.';
    const { files: own = {}, imported } = (await chooseLists(context, dir)) ?? {};
    const written: string[] = [];
    const kept: string[] = [];
    const files = await listStartingFiles(own, context);
    for (const [path, content] of files) ((await writeNew(dir, path, content)) ? written : kept).push(path);
    if (context.flag('quiet') && !context.flag('json')) return EXIT.ok;
    context.show({ written, kept, ...(imported && { imported }) }, () =>
      [
        ...written.map((path) => `wrote  ${path}`),
        ...kept.map(
          (path) => `kept   ${path}${path === '.gitignore' ? ' (make sure that it contains .newsloom/)' : ''}`,
        ),
        ...(imported === undefined ? [] : ['', ...formatImport(imported)]),
        '',
        ...formatNextSteps(context, dir, imported?.formats ?? []),
      ].join('\n'),
    );
    return EXIT.ok;
  },
};

/** null: use the lists of the package. */
async function chooseLists(context: Context, dir: string): Promise<StartingLists | null> {
  const [from, preset] = [context.value('from'), context.value('preset')];
  if (from !== undefined) {
    if (preset !== undefined)
      throw new UsageError('--from and --preset exclude each other; to add a pack, write "extends" into the config');
    return await importLists(context, dir, from, await readTemplates());
  }
  if (preset === undefined) return null;
  refuseExisting(LISTS, dir, `to add the pack, write "extends: ${preset}" into the config`);
  return createPresetLists(preset, await readTemplates());
}

/** Paths in the package: its own config is the template for new sites. */
const LISTS = ['config/newsloom.yaml', 'config/sources.yaml', 'config/topics.yaml'] as const;

async function readTemplates() {
  const texts = await Promise.all(LISTS.map(async (path) => [path, await readPackageFile(`../../${path}`)] as const));
  return Object.fromEntries(texts) as Record<(typeof LISTS)[number], string>;
}

function readPackageFile(url: string): Promise<string> {
  return readFile(new URL(url, import.meta.url), 'utf8');
}

async function listStartingFiles(
  own: StartingLists['files'],
  context: Context,
): Promise<(readonly [path: string, content: string])[]> {
  const workflow = await readPackageFile('./templates/workflow.yml');
  const schemas = await Promise.all(
    configSchemaFiles.map(async (file) => [`schema/${file}`, await readSchema(file)] as const),
  );
  return [
    ...Object.entries({ ...(await readTemplates()), ...own }),
    ...schemas,
    ...(context.value<boolean>('workflow') === false
      ? []
      : [['.github/workflows/newsloom.yml', workflow.replaceAll('@VERSION', `@${version}`)] as const]),
    ['.gitignore', await readPackageFile('./templates/gitignore')],
  ];
}

/** False if the file exists already. */
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

function formatNextSteps({ env, value }: Context, dir: string, formats: readonly string[]): string[] {
  const isEmpty = value('preset') === NONE && value('from') === undefined;
  const newsloom = env.npm_command === 'exec' ? 'npx newsloom' : 'newsloom';
  const steps = [
    ...(dir === '.' ? [] : [[`cd ${dir}`, ''] as const]),
    ['edit config/newsloom.yaml', 'set the title and url first: article ids contain the host of the url'],
    ...(isEmpty ? [[`${newsloom} sources add <address>`, 'finds the feed of a site'] as const] : []),
    [`${newsloom} build`, 'fetches the sources and publishes into feeds/'],
    [`${newsloom} preview`, 'shows the published pages on http://127.0.0.1:8000/'],
    [`${newsloom} desk open`, 'opens the desk in the browser, to edit the section by clicking'],
    ...(formats.includes('planet') ? [[resolveDocsPath('guides/move.md'), SUBSCRIBERS] as const] : []),
  ] as const;
  return ['Next:', ...steps.map(([what, why]) => `  ${what.padEnd(26)} ${why}`.trimEnd())];
}
