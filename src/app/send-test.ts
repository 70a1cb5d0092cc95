import type { SendOutcome } from '../announce/outcome.js';
import type { Settings } from '../model/settings.js';
import { callTarget, loadKind } from '../pipeline/announce/call-target.js';
import { createTestAnnouncement } from '../pipeline/announce/load-announcement.js';
import { openPoster } from './http-clients.js';

/** Sends one test message to a target, regardless of quiet hours. null: unknown target. Stores nothing. */
export async function sendTest(
  settings: Settings,
  id: string,
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
): Promise<SendOutcome | null> {
  const target = settings.announce.find((one) => one.id === id);
  if (target === undefined) return null;
  const poster = await openPoster(settings);
  try {
    const message = createTestAnnouncement(target, settings, now);
    const kind = await loadKind(target);
    const { outcome } = await callTarget(
      { target, kind, poster },
      (request) => kind.send(message, target, request, NO_PICTURE),
      signal,
    );
    return outcome;
  } finally {
    await poster.close();
  }
}

const NO_PICTURE = { picture: async () => null, pause: async () => {} };
