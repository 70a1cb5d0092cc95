/** Loads the picture of a message: our copy, else one polite request per run. */
import type { AnnouncedPicture, PictureFile } from '../../announce/target.js';
import { createPlainRequest } from '../../model/fetch.js';
import type { Settings } from '../../model/settings.js';
import { createHostHold } from '../../politeness/after-fetch.js';
import { isFileHeld, toFileSource } from '../../politeness/hosts.js';
import type { Clock } from '../../ports/clock.js';
import type { Fetcher } from '../../ports/fetcher.js';
import type { PictureTools } from '../../ports/picture-tools.js';
import type { Sink } from '../../ports/sink.js';
import type { Store } from '../../ports/store/store.js';
import type { HostPacing } from '../read/host-pacing.js';
import { scheduleRequests } from '../read/request-scheduler.js';

export interface AnnouncedPictureDeps {
  readonly settings: Pick<Settings, 'sources' | 'fetch'>;
  readonly store: Pick<Store, 'hosts' | 'saveHosts'>;
  readonly sink: Pick<Sink, 'read'>;
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  readonly pictures: () => Promise<PictureTools>;
  readonly clock: Clock;
  readonly pacing: HostPacing;
  readonly now: Date;
}

export type LoadPicture = (
  picture: AnnouncedPicture,
  mostBytes: number,
  signal: AbortSignal,
) => Promise<PictureFile | null>;

/** Bytes and milliseconds for the publisher's file. */
const LARGEST_FILE = 8_000_000;
const MOST_MS = 10_000;

/** null: unavailable, or a type that targets do not accept. Rejects only with the signal's reason. */
export function createPictureLoader(deps: AnnouncedPictureDeps): LoadPicture {
  const requested = new Map<string, Promise<Uint8Array | null>>();
  const fetchOnce = (picture: AnnouncedPicture, signal: AbortSignal) => {
    const known = requested.get(picture.url) ?? requestPicture(picture, deps, signal);
    requested.set(picture.url, known);
    return known;
  };
  return async (picture, mostBytes, signal) => {
    for (const { path } of picture.copies.toReversed()) {
      const file = toPictureFile(await deps.sink.read(path).catch(() => null), mostBytes);
      if (file !== null) return file;
    }
    const bytes = picture.copies.length > 0 ? null : await fetchOnce(picture, signal);
    return bytes === null ? null : (toPictureFile(bytes, mostBytes) ?? (await shrinkPicture(bytes, mostBytes, deps)));
  };
}

function toPictureFile(bytes: Uint8Array | null, mostBytes: number): PictureFile | null {
  const type = bytes === null || bytes.length > mostBytes ? null : detectPictureType(bytes);
  return bytes === null || type === null ? null : { bytes, type };
}

/** Detects the type by the first bytes and ignores Content-Type. null: unsupported. */
function detectPictureType(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (/^GIF8[79]a/.test(start)) return 'image/gif';
  return /^RIFF.{4}WEBP/s.test(start) ? 'image/webp' : null;
}

/** With sharp installed, converts pictures that are too large or of an unsupported type. */
async function shrinkPicture(
  bytes: Uint8Array,
  mostBytes: number,
  { pictures }: AnnouncedPictureDeps,
): Promise<PictureFile | null> {
  const tools = await pictures();
  const made = await tools.encodeCopies(bytes).catch(() => null);
  for (const copy of made?.copies.toReversed() ?? []) {
    const file = toPictureFile(copy.bytes, mostBytes);
    if (file !== null) return file;
  }
  return null;
}

async function requestPicture(
  { url, sourceId }: AnnouncedPicture,
  { settings, store, fetcher, clock, pacing, now }: AnnouncedPictureDeps,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const source = settings.sources.find(({ id }) => id === sourceId);
  const held = new Map((await store.hosts()).map((host) => [host.host, host]));
  if (source === undefined || !/^https?:/.test(url) || isFileHeld(url, held, now)) return null;
  const file = { accept: 'image/webp, image/png, image/jpeg, image/gif', most: LARGEST_FILE, part: 'whole' } as const;
  // Credentials of the source must not go to the host of its pictures.
  const due = { source: { ...source, url }, request: createPlainRequest(url, source, file), failures: 0 };
  let bytes: Uint8Array | null = null;
  const time = AbortSignal.timeout(MOST_MS);
  const ending = AbortSignal.any([signal, time]);
  try {
    await scheduleRequests(
      [due],
      { fetcher, limits: settings.fetch, now, clock, pacing, signal: ending },
      async (_, answer) => {
        if (answer.kind === 'fresh') bytes = answer.body;
        const refused = answer.kind === 'failed' ? createHostHold(toFileSource(url), answer, 0, now) : null;
        if (refused !== null) await store.saveHosts([refused]);
      },
    );
  } catch (error) {
    if (signal.aborted || !time.aborted) throw error;
  }
  return bytes;
}
