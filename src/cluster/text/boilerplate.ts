/** Removes from a headline what its publication adds to many: prefixes such as "Breaking:" and its name at the end. */
import { lettersOnly } from '../../text/plain.js';

// Prefixes before a colon, bar or dash, in any letter case.
const marks =
  'breaking|breaking news|update|updated|updates|live|live updates|watch|video|report|exclusive|opinion|analysis|explainer|fact check|just in|alert|photos|in pictures|podcast|interview|' +
  'срочно|молния|обновлено|видео|фото|эксклюзив|онлайн|терміново|оновлено|відео|ексклюзив|' +
  'eilmeldung|eil|liveticker|exklusiv|kommentar|en direct|direct|vidéo|exclusif|última hora|en directo|en vivo|vídeo|ultim’ora|ultima ora|diretta|' +
  'pilne|na żywo|urgente|ao vivo|son dakika|canlı';
const prefixes = new RegExp(`^\\s*[[(]?(?:${marks})[\\])]?\\s*(?:[:|!–—]|-\\s)\\s*(?=\\S)`, 'iu');
const suffixes = /(?<!\s)\s+[|–—-]\s+([^|–—]{2,60})$/u;

/** `names`: those of its publication. Empty only if the title is. */
export function stripBoilerplate(title: string, names: readonly string[]): string {
  const headline = title.replace(prefixes, '');
  const tail = suffixes.exec(headline);
  if (!tail || tail.index < 10) return headline;
  return isName(tail[1]!, names) ? headline.slice(0, tail.index) : headline;
}

function isName(tail: string, names: readonly string[]): boolean {
  const letters = lettersOnly(tail).replaceAll(' ', '');
  return names.some((name) => lettersOnly(name).replaceAll(' ', '') === letters);
}
