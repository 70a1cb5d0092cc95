/** Reports the start and the end of runs to a monitor, as healthchecks.io defines it. The monitor raises an alarm if reports stop. */
import { openPoster } from '../app/http-clients.js';
import type { RunSiteOptions } from '../app/run-tools.js';
import { TerminalSafeOutput } from '../app/terminal-safe.js';
import { FetchError } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import type { Logger } from '../observe/logger.js';

const MOST_LINES = 20;

export interface Pinged {
  readonly settings: Settings;
  readonly resolve?: RunSiteOptions['resolve'];
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** Never rejects: a monitor that fails must not stop a run. The log does not contain the URL, because it is a secret. */
export async function pingMonitor(
  { settings, resolve, logger, signal }: Pinged,
  event: 'start' | 'success' | 'fail',
  text = '',
): Promise<void> {
  const { ping } = settings.worker;
  if (ping === undefined || signal.aborted) return;
  const url = new URL(ping);
  if (event !== 'success') url.pathname = `${url.pathname.replace(/\/$/, '')}/${event}`;
  const output = new TerminalSafeOutput();
  output.hide(settings.secrets);
  const body = output.text(text.split('\n').slice(0, MOST_LINES).join('\n'));
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  const poster = await openPoster(settings, { resolve });
  try {
    const sent = { method: 'POST', url: url.href, headers, body, allowPrivateAddresses: true } as const;
    const { status } = await poster.send(sent, signal);
    if (status >= 300) logger.warn({ event, status }, 'the monitor did not accept a report: check worker.ping');
  } catch (error) {
    const code = error instanceof FetchError ? error.code : undefined;
    if (!signal.aborted) logger.warn({ event, code }, 'the monitor could not be reached: check worker.ping');
  } finally {
    await poster.close();
  }
}
