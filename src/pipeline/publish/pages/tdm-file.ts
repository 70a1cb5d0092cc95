/**
 * Builds `tdmrep.json`, which the origin server must serve as `/.well-known/tdmrep.json` (TDMRep, "TDM File on the
 * Origin Server").
 */
import type { EditionSettings } from '../../../compose/settings.js';
import type { Reservation } from '../../../model/reservation.js';
import { contentDigest } from '../../../text/digest.js';
import { createFixedPart, type EditionPart } from '../edition-parts.js';

const PATH = 'tdmrep.json';

/** Empty if nothing is reserved. */
export function createTdmFiles(settings: EditionSettings): EditionPart[] {
  const rules = listRules(settings);
  if (rules.length === 0) return [];
  const text = `[\n${rules.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;
  const file = { path: PATH, inputs: contentDigest(text), make: async () => text };
  return [createFixedPart((path) => path === PATH, [file])];
}

/** The first matching rule applies, so rules of sources come first. */
function listRules({ site, sources }: EditionSettings) {
  const base = new URL(site.feedsUrl).pathname;
  const bySource = [...sources].sort((a, b) => (a.id < b.id ? -1 : 1));
  return [
    ...bySource.flatMap(({ id, reservation }) =>
      reservation === undefined
        ? []
        : [`${base}sources/${id}.*`, `${base}archive/sources/${id}/*`].map((location) => toRule(location, reservation)),
    ),
    ...(site.reservation === undefined ? [] : [toRule(`${base}*`, site.reservation)]),
  ];
}

function toRule(location: string, { policy }: Reservation) {
  return { location, 'tdm-reservation': 1, ...(policy !== null && { 'tdm-policy': policy }) };
}
