/** The next issue of each digest, as it would be sent now. */
import { previewDigest } from '../../app/digest-preview.js';
import type { PageVisit, View } from '../view.js';

export const digestsView: View = {
  path: '/digests',
  label: 'Digests',
  addRoutes: ({ show }) => {
    show('/digests', async (visit) => {
      const data = { digests: visit.settings.digests ?? [], next: await readNext(visit) };
      return { title: 'Digests', template: 'digests', data };
    });
    show('/digests/mail', async (visit) => new Response((await readNext(visit))?.html ?? '', { headers: MAIL }));
  },
};

/** A mail has its styles inside. Its remote pictures are not loaded. */
const MAIL = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'",
  'x-frame-options': 'SAMEORIGIN',
};

function readNext({ settings, query, desk }: PageVisit) {
  return previewDigest(settings, query.get('id') ?? settings.digests?.[0]?.id ?? '', desk.parts.now());
}
