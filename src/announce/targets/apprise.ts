/** The HTTP API of Apprise, which passes the message on to its own services. `url` contains the key of a configuration. */
import { createJsonPost, type TargetKind } from '../target.js';
import { fitParts, neutralisePart } from '../text.js';

/** Services with a lower limit cut the message. */
const LIMIT = 2_000;

export const apprise: TargetKind = {
  keysKeptMs: 0,
  answersJson: false,
  send: ({ parts }, { url }, request) => {
    const fitted = fitParts(parts, LIMIT, (part) => neutralisePart(part).length);
    return request(createJsonPost(url, { body: fitted.map(neutralisePart).join(''), type: 'info', format: 'text' }));
  },
};
