/** Names of the page templates; a site may replace each by a file of that name. */

export const TEMPLATE_NAMES = [
  'layout',
  'head',
  'header',
  'footer',
  'index',
  'topic',
  'source',
  'archive',
  'article',
  'withdrawn',
  'status',
  'digest',
  'issue',
  'mail',
  'fragment',
  'days',
  'entry',
  'feeds',
] as const;

export type TemplateName = (typeof TEMPLATE_NAMES)[number];
