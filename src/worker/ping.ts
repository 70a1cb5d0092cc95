/** Reports the start and the end of runs to a monitor, as healthchecks.io defines it. The monitor raises an alarm if reports stop. */
import { openPoster } from '../app/http-clients.js';
import { TerminalSafeOutput } from '../app/terminal-safe.js';
import type { Settings } from '../model/settings.js';
import type { Logger } from '../observe/logger.js';

const MOST_LINES = 20;

/** Never rejects: a monitor that fails must not stop a run. The log does not contain its URL, which is a secret. */
export async function pingMonitor(
  { settings, logger, signal }: { readonly settings: Settings; readonly logger: Logger; readonly signal: AbortSignal },
  event: 'start' | 'success' | 'fail',
  text = '',
): Promise<void> {
  const { ping } = settings.worker;
  if (ping === undefined) return;
  const url = new URL(ping);
  if (event !== 'success') url.pathname = `${url.pathname.replace(/\/$/, '')}/${event}`;
  const output = new TerminalSafeOutput();
  output.hide(settings.secrets);
  const body = output.text(text.split('\n').slice(0, MOST_LINES).join('\n'));
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  const poster = await openPoster(settings);
  const problem = await poster
    .send({ method: 'POST', url: url.href, headers, body, allowPrivateAddresses: true }, signal)
    .then(
      ({ status }) => (status < 300 ? null : { status }),
      ({ code }: { readonly code?: string }) => ({ code }),
    );
  await poster.close();
  if (problem !== null && !signal.aborted)
    logger.warn({ event, ...problem }, 'the monitor did not accept a report: check worker.ping');
}
