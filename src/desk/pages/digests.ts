/** The next issue of each digest, as it would be sent now, and its introduction. */
import { relative } from 'node:path';
import { locateIntroduction, writeIntroduction } from '../../app/add-post.js';
import { previewDigest } from '../../app/digest-preview.js';
import { readToEdit } from '../../config/edit/replace-file.js';
import { isDay } from '../../config/values.js';
import { FormError } from '../form.js';
import type { Act, Page, PageVisit, View } from '../view.js';

export const digestsView: View = {
  path: '/digests',
  label: 'Digests',
  addRoutes: ({ show, change }) => {
    show('/digests', showDigests);
    show('/digests/mail', async (visit) => new Response((await readNext(visit))?.html ?? '', { headers: MAIL }));
    change('/digests', saveIntroduction, (form) => `/digests?id=${encodeURIComponent(form.text('id'))}`);
  },
};

/** A mail has its styles inside. Its remote pictures are not loaded. */
const MAIL = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'",
  'x-frame-options': 'SAMEORIGIN',
};

async function showDigests(visit: PageVisit): Promise<Page> {
  const { settings, desk } = visit;
  const next = await readNext(visit);
  const file = next && locateIntroduction(settings, next.id, next.day);
  // Before the text is read: a later change of the file must count as a conflict.
  const version = file ? await desk.noteVersion(settings, file) : visit.version;
  const letter = file && { name: relative(settings.root, file), text: (await readToEdit(file)) ?? '' };
  return { title: 'Digests', template: 'digests', data: { digests: settings.digests ?? [], next, letter, version } };
}

function readNext({ settings, query, desk }: PageVisit) {
  return previewDigest(settings, query.get('id') ?? settings.digests?.[0]?.id ?? '', desk.parts.now());
}

async function saveIntroduction({ settings, form }: Act): Promise<string> {
  const [id, day] = [form.text('id'), form.text('day')];
  const file = isDay(day) ? locateIntroduction(settings, id, day) : null;
  if (file === null) throw new FormError('This digest has no folder for introductions.');
  await writeIntroduction(settings, file, form.text('introduction'));
  return `Introduction of “${id}” for ${day} saved`;
}
