import { expect, it } from 'vitest';
import { toPublishError } from '../../src/sink/failure.js';

it('names what to check when the published folder is not writable', () => {
  const refused = Object.assign(new Error("EACCES: permission denied, open 'feeds/a.rss'"), {
    code: 'EACCES',
    syscall: 'open',
  });
  expect(toPublishError(refused, '/site/feeds')).toMatchObject({
    code: 'PUBLISH_FAILED',
    message: expect.stringMatching(/^\/site\/feeds: no permission .*check its owner and mode, .*\(EACCES/),
  });
});
