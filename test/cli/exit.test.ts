import { describe, expect, it } from 'vitest';
import { describeError, toErrorDocument, toExitStatus, UsageError } from '../../src/cli/exit.js';
import { ConfigError, FetchError, PublishError, StoreError } from '../../src/model/errors.js';

const place = { file: 'a.yaml', line: 2, column: 3, path: 'site.url' };

describe('exitStatusOf', () => {
  it.each([
    [new TypeError('x is not a function'), 1],
    [new UsageError('what?'), 2],
    [new FetchError('FETCH_DNS', 'no such host'), 4],
    [new PublishError('PUBLISH_REFUSED', 'half of it would go'), 5],
    [new StoreError('STORE_CORRUPT', 'broken'), 5],
    [new StoreError('STORE_LOCKED', 'held'), 6],
    [new ConfigError('CONFIG_INVALID', [{ ...place, message: 'wrong' }]), 78],
  ])('%s → %i', (error, status) => {
    expect(toExitStatus(error)).toBe(status);
  });
});

describe('describeError', () => {
  it('prints one line for each problem of a config error, and nothing else', () => {
    const error = new ConfigError('CONFIG_INVALID', [
      { ...place, message: 'wrong' },
      { ...place, line: 9, path: '', message: 'worse' },
    ]);
    expect(describeError(error)).toBe('a.yaml:2:3 site.url: wrong\na.yaml:9:3 worse');
  });

  it('prints the code and a hint', () => {
    expect(describeError(new StoreError('STORE_LOCKED', 'process 7 has it'))).toBe(
      'newsloom: process 7 has it (STORE_LOCKED)\n  wait for the other run to end; if it is a worker, stop the worker',
    );
  });
});

describe('errorDocument', () => {
  it.each([
    [new UsageError('what?'), { code: 'USAGE', message: 'what?' }],
    [new TypeError('x is not a function'), { code: 'BUG', message: 'x is not a function' }],
    [
      new StoreError('STORE_LOCKED', 'process 7 has it'),
      {
        code: 'STORE_LOCKED',
        message: 'process 7 has it',
        advice: 'wait for the other run to end; if it is a worker, stop the worker',
      },
    ],
    [
      new ConfigError('CONFIG_INVALID', [{ ...place, message: 'wrong' }]),
      { code: 'CONFIG_INVALID', message: 'a.yaml:2:3 site.url: wrong', problems: [{ ...place, message: 'wrong' }] },
    ],
  ])('has the code and the facts of %s', (error, document) => {
    expect(JSON.parse(JSON.stringify(toErrorDocument(error)))).toEqual({ error: document });
  });
});
