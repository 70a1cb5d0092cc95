/** Builders of sources, fetch states and responses. */
import { FetchError } from '../../src/model/errors.js';
import type { FetchResult } from '../../src/model/fetch.js';
import type { FetchState, Source } from '../../src/model/source.js';
import { resolveState } from '../../src/politeness/decide-request.js';

export function aSource(parts: Partial<Source> = {}): Source {
  return {
    id: 'paper',
    url: 'https://paper.example/feed',
    title: null,
    topics: [],
    content: 'summary',
    every: null,
    headers: {},
    proxy: null,
    allowPrivateAddresses: false,
    withdrawn: 'remove',
    review: 'publish',
    perDay: 300,
    maxAgeDays: 400,
    mayBeginOld: true,
    ...parts,
  };
}

export function aState(parts: Partial<FetchState> = {}, source = aSource()): FetchState {
  return { ...resolveState(null, source), ...parts };
}

type Fresh = Extract<FetchResult, { kind: 'fresh' }>;
type NotModified = Extract<FetchResult, { kind: 'not-modified' }>;
type Failed = Extract<FetchResult, { kind: 'failed' }>;

const NOTHING = new Uint8Array();
const place = { finalUrl: 'https://paper.example/feed', hops: [], headers: {}, wireBytes: 0 };

export function aFresh(parts: Partial<Fresh> = {}): Fresh {
  const validators = { url: parts.finalUrl ?? place.finalUrl, etag: null, lastModified: null };
  return {
    kind: 'fresh',
    ...place,
    status: 200,
    validators,
    body: NOTHING,
    contentType: null,
    partial: false,
    ...parts,
  };
}

export function a304(parts: Partial<NotModified> = {}): NotModified {
  const validators = { url: parts.finalUrl ?? place.finalUrl, etag: null, lastModified: null };
  return { kind: 'not-modified', ...place, status: 304, validators, ...parts };
}

export function aFailure(status: number | null = 500, parts: Partial<Failed> = {}): Failed {
  const code =
    status === 429 || status === 503 ? 'FETCH_RATE_LIMITED' : status === null ? 'FETCH_NETWORK' : 'FETCH_STATUS';
  return { kind: 'failed', ...place, status, error: new FetchError(code, `answered ${status}`), ...parts };
}
