/** Determines the writing direction of a language. */

const RIGHT_TO_LEFT = new Set('ar arc ckb dv fa he iw nqo ps sd syr ug ur yi'.split(' '));
const SCRIPT = /^[a-z]+-(arab|hebr|latn|cyrl|thaa|syrc)\b/;
const RTL_SCRIPTS = new Set(['arab', 'hebr', 'thaa', 'syrc']);

/** For the attribute `dir`; `auto` if the language (BCP 47) is unknown. */
export function detectDirection(language: string | null): 'ltr' | 'rtl' | 'auto' {
  if (language === null) return 'auto';
  const tag = language.toLowerCase();
  const script = SCRIPT.exec(tag)?.[1];
  if (script !== undefined) return RTL_SCRIPTS.has(script) ? 'rtl' : 'ltr';
  return RIGHT_TO_LEFT.has(tag.split('-')[0]!) ? 'rtl' : 'ltr';
}
