import { describe, expect, it } from 'vitest';
import { createFetchError, toFetchError } from '../../src/fetch/errors.js';

const thrown = (code: string) => Object.assign(new Error('raw words of a library'), { code });

describe('asFetchError', () => {
  it.each<[string, unknown, string, string]>([
    ['no connection', thrown('CONNECT_TIMEOUT'), 'FETCH_TIMEOUT', 'connect'],
    ['no headers', thrown('HEADERS_TIMEOUT'), 'FETCH_TIMEOUT', 'headers'],
    ['no more of a body', thrown('BODY_TIMEOUT'), 'FETCH_TIMEOUT', 'idle'],
    ['kernel', thrown('ETIMEDOUT'), 'FETCH_TIMEOUT', 'connect'],
    ['headers without end', thrown('HPE_HEADER_OVERFLOW'), 'FETCH_PROTOCOL', 'headers-overflow'],
    ['parser', thrown('HPE_INVALID_CONSTANT'), 'FETCH_PROTOCOL', 'not-http'],
    ['length', thrown('HPE_INVALID_EOF_STATE'), 'FETCH_NETWORK', 'cut-off'],
    ['no name', thrown('ENOTFOUND'), 'FETCH_DNS', 'dns'],
    ['no resolver', thrown('EAI_AGAIN'), 'FETCH_DNS', 'dns'],
    ['other host', thrown('ERR_TLS_CERT_ALTNAME_INVALID'), 'FETCH_TLS', 'wrong-host'],
    ['self-signed', thrown('DEPTH_ZERO_SELF_SIGNED_CERT'), 'FETCH_TLS', 'self-signed'],
    ['expired', thrown('CERT_HAS_EXPIRED'), 'FETCH_TLS', 'expired'],
    ['chain', thrown('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'FETCH_TLS', 'tls'],
    ['handshake', thrown('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'), 'FETCH_TLS', 'tls'],
    ['refused', thrown('ECONNREFUSED'), 'FETCH_NETWORK', 'refused'],
    ['unreachable', thrown('ENETUNREACH'), 'FETCH_NETWORK', 'unreachable'],
    ['socket', thrown('ECONNRESET'), 'FETCH_NETWORK', 'reset'],
    ['proxy', new Error('raw words of a library on a proxy'), 'FETCH_NETWORK', 'proxy'],
    ['never seen', thrown('EWHATEVER'), 'FETCH_NETWORK', 'unknown'],
    ['no error at all', 'a string', 'FETCH_NETWORK', 'unknown'],
    [
      'several attempts',
      new AggregateError([thrown('ECONNREFUSED'), thrown('ENETUNREACH')]),
      'FETCH_NETWORK',
      'refused',
    ],
  ])('%s', (_, error, code, reason) => {
    const ours = toFetchError(error, 'https://ann:secret@paper.example/feed?key=sesame');
    expect(ours).toMatchObject({ code, details: { reason }, cause: error });
    expect(ours.message).toMatch(/^https:\/\/\*\*\*@paper\.example\/feed\?key=\*\*\* could not be fetched: [a-z]/);
    expect(ours.message).not.toMatch(/raw words|^E[A-Z]+$/);
  });

  it('returns a FetchError unchanged', () => {
    const ours = createFetchError('FETCH_FORBIDDEN', 'http://10.0.0.5/', 'is private', 'address');
    expect(toFetchError(ours, 'http://elsewhere.example/')).toBe(ours);
  });
});
