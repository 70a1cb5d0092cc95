import { spawn } from 'node:child_process';
import type { Command, Context } from './command.js';
import { EXIT, throwPortProblem, UsageError } from './exit.js';
import { chooseConfigPath, configOption, readPort, readSettings } from './options.js';

/** The default port of `preview`, whose pages must not share an address with the desk. */
const PREVIEW_PORT = 8000;

export const deskOpenCommand: Command = {
  name: 'desk open',
  describe: 'open the desk in the browser: approve, edit and sort articles, tune sources and topics, publish',
  options: [
    configOption,
    { flags: '--port <port>', describe: 'port on loopback; 0 selects any free port', default: '8001', read: readPort },
  ],
  examples: [['newsloom desk open', 'prints an address that works once; Ctrl-C or an idle hour ends it']],
  async run(context) {
    if (context.env.CI === 'true') throw new UsageError('the desk is for one editor at one machine, not for CI');
    const config = chooseConfigPath(context);
    const load = async (reading?: Parameters<typeof readSettings>[1]) => await readSettings(context, reading, 'sent');
    const port = Number(context.value('port'));
    const used = [PREVIEW_PORT, (await load().catch(() => null))?.worker.port];
    if (port !== 0 && used.includes(port))
      throw new UsageError(`port ${port} is for preview or the worker; choose another with --port`);
    const [{ openDesk }, { listSteps }, { formatNewsLine }] = await Promise.all([import('../desk/open-desk.js'), import('./explain.js'), import('./run-outputs.js')]); // biome-ignore format: one line
    const desk = await openDesk({
      configPath: config,
      load,
      now: () => new Date(),
      build: [process.execPath, process.argv[1]!, 'build', '--config', config, '--json'],
      explain: listSteps,
      summarize: (report) => formatNewsLine(report, []),
      port,
      signal: context.signal,
    }).catch((error) => throwPortProblem(error, '127.0.0.1', '--port (0 selects any free port)'));
    context.print(`${desk.url}  (works once; Ctrl-C to stop)`);
    if (context.isTerminal) openBrowser(desk.url, context);
    if ((await desk.stopped) === 'idle') context.print('stopped after an hour without a request');
    return EXIT.ok;
  },
};

const OPENERS: Partial<Record<NodeJS.Platform, readonly [program: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Without a browser, the printed address remains. */
function openBrowser(url: string, { logger }: Pick<Context, 'logger'>): void {
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => logger.info('open the address in a browser'));
  child.unref();
}
