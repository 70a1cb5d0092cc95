/** Matrix, by the client API. `url` is the server and the id of a room: `https://matrix.example/!room:matrix.example`. */
import { createJsonPost, type TargetKind } from '../target.js';
import { fitParts, neutralisePart } from '../text.js';

const LIMIT = 4_000;
/** Synapse keeps transactions for 30 minutes; this leaves a margin. */
const KEYS_KEPT = 25 * 60_000;

/** Clients show text without `formatted_body` as it is. Empty `m.mentions` prevent notifications. */
export const matrix: TargetKind = {
  keysKeptMs: KEYS_KEPT,
  answersJson: true,
  send: ({ parts, key }, { url, token }, request) => {
    const room = encodeURIComponent(decodeURIComponent(new URL(url).pathname.slice(1)));
    const event = new URL(`/_matrix/client/v3/rooms/${room}/send/m.room.message/${key}`, url).href;
    const fitted = fitParts(parts, LIMIT, (part) => neutralisePart(part).length);
    const content = { msgtype: 'm.text', body: fitted.map(neutralisePart).join(''), 'm.mentions': {} };
    return request({ ...createJsonPost(event, content, { authorization: `Bearer ${token}` }), method: 'PUT' });
  },
};
