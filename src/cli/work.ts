/** `newsloom work`: the scheduled worker. */
import { loadRun } from '../app/load-run.js';
import type { WorkerRole } from '../model/settings.js';
import type { Command } from './command.js';
import { EXIT, throwPortProblem, UsageError } from './exit.js';
import { configOption, readMinutes, readPort, readSettings } from './options.js';
import { reportRun } from './summary.js';

export const workCommand: Command = {
  name: 'work',
  describe: 'run again and again by the schedule, with health, metrics and the published folder on one port',
  options: [
    configOption,
    { flags: '--port <port>', describe: 'where to listen instead of worker.port; 0: any free port', read: readPort },
    { flags: '--host <host>', describe: 'the address to listen on', default: '127.0.0.1' },
    { flags: '--role <role>', describe: 'all, fetch or publish, instead of worker.role', read: readRole },
    {
      flags: '--deadline <minutes>',
      describe: 'how long a run may take before it is ended (default: 10)',
      read: readMinutes,
    },
  ],
  examples: [
    ['newsloom work', 'until SIGTERM or Ctrl-C; SIGHUP, or a changed file, reloads the config'],
    ['newsloom work --role fetch', 'asks sources for the process that publishes; with store.kind: postgres'],
    ['newsloom work --host 0.0.0.0', 'in a container: /healthz, /readyz and /metrics can be asked from outside'],
  ],
  logs: true,
  async run(context) {
    await loadRun();
    const { work } = await import('../worker/worker.js');
    const port = context.value<number>('port') ?? null;
    const host = context.value('host') ?? '127.0.0.1';
    const end = await work({
      load: () => readSettings(context),
      host,
      port,
      role: context.value<WorkerRole>('role') ?? null,
      deadlineMs: (context.value<number>('deadline') ?? 10) * 60_000,
      signal: context.signal,
      onHangup: context.onHangup,
      logger: context.logger,
      observer: reportRun(context),
      // Who reads the log of a service finds it there.
      started: (url) => void (context.isTerminal && context.print(url)),
    }).catch((error) => throwPortProblem(error, host, 'worker.port, --port or --host'));
    if (end === 'hung') context.exit(EXIT.ok);
    return EXIT.ok;
  },
};

function readRole(text: string): WorkerRole {
  if (text === 'all' || text === 'fetch' || text === 'publish') return text;
  throw new UsageError(`"${text}" is no role: all, fetch or publish`);
}
