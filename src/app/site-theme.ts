/** Reads the editor's templates. */
import { readTheme } from '../config/theme.js';
import type { Theme } from '../model/page.js';
import type { Settings } from '../model/settings.js';
import { TEMPLATE_NAMES } from '../write/html/template-names.js';

/** null: the site has no pages. */
export async function readSiteTheme({ formats, templates }: Settings['publish']): Promise<Theme | null> {
  if (!formats.includes('html')) return null;
  return templates === null ? { templates: {}, stylesheet: '' } : await readTheme(templates, TEMPLATE_NAMES);
}
