/** Hands the last issue of a digest to the editor's mail command, once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from '../config/edit/file-lock.js';
import { replaceFile } from '../config/edit/replace-file.js';
import type { DigestSettings } from '../model/digest.js';
import { PublishError } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import { createCommandRunner } from '../process/run-command.js';
import { writeMail } from '../write/digest/mail.js';
import { renderLastIssue } from './digest-preview.js';

export interface SentIssue {
  readonly number: number;
  readonly title: string;
  readonly to: string;
  /** False: it was sent before. */
  readonly sent: boolean;
}

const MOST_MS = 60_000;

/** null: no issue yet. Throws StoreError, and PublishError if the command fails. */
export async function sendDigest(
  settings: Settings,
  digest: DigestSettings & Required<Pick<DigestSettings, 'send'>>,
  signal: AbortSignal,
): Promise<SentIssue | null> {
  const { command, to, from, unsubscribe = `mailto:${to}?subject=unsubscribe` } = digest.send;
  const note = join(settings.root, '.newsloom', `digest-${digest.id}.sent`);
  return await withFileLock(note, async () => {
    const rendered = await renderLastIssue(settings, digest);
    if (rendered === null) return null;
    const { number, title, closedAt } = rendered.issue;
    const last = await readFile(note, 'utf8').catch(() => '0');
    if (Number(last) >= number) return { number, title, to, sent: false };
    const { contact, url } = settings.site;
    const sender = from ?? (contact?.startsWith('mailto:') ? contact.slice('mailto:'.length) : to);
    const messageId = `${digest.id}.${number}@${new URL(url).hostname}`;
    const head = { from: sender, to, subject: title, date: closedAt, messageId, unsubscribe };
    const lines = writeMail(head, rendered.text, rendered.html).split('\n');
    const call = { run: command, env: {}, timeoutMs: MOST_MS, lines };
    const { failure, said } = await createCommandRunner(settings.root, process.env).run(call, signal);
    if (failure !== null) throw new PublishError('PUBLISH_FAILED', `digest send: ${command[0]} ${failure}: ${said}`);
    await replaceFile(note, String(number));
    return { number, title, to, sent: true };
  });
}
