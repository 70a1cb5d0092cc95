/** Reads the editor's templates, their files and the logo. */
import { readLogo, readTheme } from '../config/theme.js';
import type { Theme } from '../model/page.js';
import type { Settings } from '../model/settings.js';
import { TEMPLATE_NAMES } from '../write/html/template-names.js';

/** null: the site has no pages. */
export async function readSiteTheme({ site, publish }: Pick<Settings, 'site' | 'publish'>): Promise<Theme | null> {
  const { formats, templates } = publish;
  if (!formats.includes('html')) return null;
  const theme: Theme =
    templates === null ? { templates: {}, stylesheet: '' } : await readTheme(templates, TEMPLATE_NAMES);
  if (site.logo === undefined) return theme;
  return { ...theme, assets: [...(theme.assets ?? []), ...(await readLogo(site.logo))] };
}
