import type { WorkerRole } from '../model/settings.js';
import type { Command } from './command.js';
import { EXIT, throwPortProblem, UsageError } from './exit.js';
import { chooseConfigPath, configOption, readMinutes, readPort, readSettings } from './options.js';
import { formatSummary, reportRun } from './summary.js';

export const workCommand: Command = {
  name: 'work',
  describe: 'run continuously on a schedule, and serve health checks, metrics and the published folder on one port',
  options: [
    configOption,
    {
      flags: '--port <port>',
      describe: 'port to listen on instead of worker.port; 0 selects any free port',
      read: readPort,
    },
    { flags: '--host <host>', describe: 'address to listen on', default: '127.0.0.1' },
    { flags: '--role <role>', describe: 'all, fetch or publish; overrides worker.role', read: readRole },
    {
      flags: '--deadline <minutes>',
      describe: 'maximum duration of a run (default: 10)',
      read: readMinutes,
    },
    {
      flags: '--strict-config',
      describe: 'end with 78 if the config is invalid, instead of starting with the last valid one',
    },
  ],
  examples: [
    ['newsloom work', 'runs until SIGTERM or Ctrl-C; SIGHUP or a changed file reloads the config'],
    ['newsloom work --role fetch', 'fetches sources for a separate publishing process; needs store.kind: postgres'],
    ['newsloom work --host 0.0.0.0', 'in a container: makes /healthz, /readyz and /metrics reachable from outside'],
  ],
  logs: true,
  async run(context) {
    const { work } = await import('../worker/worker.js');
    const port = context.value<number>('port') ?? null;
    const host = context.value('host') ?? '127.0.0.1';
    const end = await work({
      load: (reading) => readSettings(context, reading),
      configPath: chooseConfigPath(context),
      strictConfig: context.flag('strict-config'),
      host,
      port,
      role: context.value<WorkerRole>('role') ?? null,
      deadlineMs: (context.value<number>('deadline') ?? 10) * 60_000,
      signal: context.signal,
      onHangup: context.onHangup,
      logger: context.logger,
      observer: reportRun(context),
      summarize: formatSummary,
      // Services log it instead.
      started: (url) => void (context.isTerminal && context.print(url)),
    }).catch((error) => throwPortProblem(error, host, 'worker.port, --port or --host'));
    if (end === 'hung') context.exit(EXIT.ok);
    return EXIT.ok;
  },
};

function readRole(text: string): WorkerRole {
  if (text === 'all' || text === 'fetch' || text === 'publish') return text;
  throw new UsageError(`"${text}" is not a role; use all, fetch or publish`);
}
