/** Names of the page templates. A site may replace each by a file of that name. */

const PAGES = [
  'layout',
  'index',
  'topic',
  'source',
  'archive',
  'article',
  'withdrawn',
  'status',
  'topics',
  'sources',
  'channels',
  'search',
  'searched',
  'subscribe',
  'publishers',
  'stories',
  'story',
  'digest',
  'issue',
  'mail',
  'fragment',
  'frame',
] as const;

/** Templates shared by several pages. */
const PARTS = [
  'head',
  'header',
  'footer',
  'feeds',
  'top',
  'also',
  'report',
  'follow',
  'days',
  'entry',
  'picture',
  'publication',
  'machine',
  'remark',
  'branch',
] as const;

export type TemplateName = (typeof PAGES)[number] | (typeof PARTS)[number];

export const TEMPLATE_NAMES: readonly TemplateName[] = [...PAGES, ...PARTS];

/** Path of our template, relative to the folder of templates. */
export function templatePath(name: TemplateName): string {
  return (PARTS as readonly string[]).includes(name) ? `parts/${name}.eta` : `${name}.eta`;
}
