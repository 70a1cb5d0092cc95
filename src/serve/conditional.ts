/** Evaluates conditional requests (RFC 9110 13.1) and Accept-Encoding. */
import type { IncomingHttpHeaders } from 'node:http';

export interface FileVersion {
  /** Includes the quotes. */
  readonly etag: string;
  readonly modifiedAt: Date;
}

/** If-None-Match takes precedence over If-Modified-Since (13.2.2). */
export function isCurrent(headers: IncomingHttpHeaders, version: FileVersion): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined)
    return tags.trim() === '*' || tags.split(',').some((tag) => toWeakTag(tag) === toWeakTag(version.etag));
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return Math.floor(version.modifiedAt.getTime() / 1000) * 1000 <= since;
}

/** Prepares a tag for weak comparison (8.8.3.2). */
function toWeakTag(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}

/** Returns whether Accept-Encoding allows gzip by name or by `*` with a weight above 0. */
export function acceptsGzip(headers: IncomingHttpHeaders): boolean {
  const weights = new Map<string, number>();
  for (const part of String(headers['accept-encoding'] ?? '').split(',')) {
    const [name, ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    weights.set(name!, Number(weight));
  }
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
}
