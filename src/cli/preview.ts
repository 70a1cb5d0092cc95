import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ServedFolder } from '../serve/folder.js';
import type { Command, Context } from './command.js';
import { EXIT, throwPortProblem, UsageError } from './exit.js';
import { configOption, readPort, readSettings } from './options.js';

export const previewCommand: Command = {
  name: 'preview',
  describe: 'serve the published folder on loopback, with correct types and headers',
  options: [
    configOption,
    { flags: '--dir <dir>', describe: 'folder to serve instead of publish.dir' },
    { flags: '--port <port>', describe: 'port to listen on; 0 selects any free port', default: '8000', read: readPort },
    { flags: '--host <host>', describe: 'address to listen on', default: '127.0.0.1' },
  ],
  examples: [
    ['newsloom preview', 'serves http://127.0.0.1:8000/ until Ctrl-C'],
    ['newsloom preview --dir newsloom-demo --port 0', 'serves the output of the demo on any free port'],
  ],
  async run(context) {
    const folder = await resolveServedFolder(context);
    const [{ createFolderHandler }, { listen }] = await Promise.all([
      import('../serve/folder.js'),
      import('../serve/listen.js'),
    ]);
    const port = Number(context.value('port'));
    const host = context.value('host') ?? '127.0.0.1';
    const served = await listen(createFolderHandler({ ...folder, isPreview: true }), port, host).catch((error) =>
      throwPortProblem(error, host, '--port (0 selects any free port) or --host'),
    );
    context.print(`${served.url}  (${folder.dir}; Ctrl-C to stop)`);
    if (!context.signal.aborted) await once(context.signal, 'abort');
    await served.close();
    return EXIT.ok;
  },
};

async function resolveServedFolder(context: Context): Promise<ServedFolder> {
  const given = context.value('dir');
  const folder =
    given === undefined ? await resolveConfiguredFolder(context) : { dir: resolve(given), announced: null, base: '/' };
  const found = await stat(folder.dir).catch(() => null);
  if (!found?.isDirectory())
    throw new UsageError(`${folder.dir} contains no published edition; run "newsloom build" first`);
  return folder;
}

async function resolveConfiguredFolder(context: Context): Promise<ServedFolder> {
  const settings = await readSettings(context, 'cached', 'sent and stored');
  const { s3 } = settings.publish;
  if (s3 === undefined) return (await import('../serve/folder.js')).toServedFolder(settings);
  throw new UsageError(
    `the site publishes to the bucket ${s3.bucket}, but preview serves a folder; name a local copy with --dir`,
  );
}
