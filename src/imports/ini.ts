/** Parses the ini dialect of Python's ConfigParser, used by planet configs. */

export interface IniSection {
  /** Empty: keys before the first section. `?`: an empty heading. */
  readonly name: string;
  /** Keys are lower-case. A value may have several lines. */
  readonly values: ReadonlyMap<string, string>;
}

/** `key = value` or `key: value`. Indented lines continue a value. `#` and `;` start comments. The last duplicate key wins. */
export function parseIni(text: string): IniSection[] {
  let values = new Map<string, string>();
  const sections: IniSection[] = [{ name: '', values }];
  let key: string | null = null;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const [, heading] = /^\[(.*?)\]?(?:\s+[#;].*)?\s*$/.exec(line) ?? [];
    const [, indent = '', found, value = ''] = /^(\s*)([^\s=:[][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (heading !== undefined) {
      values = new Map();
      sections.push({ name: heading.trim() || '?', values });
      key = null;
    } else if (key !== null && /^\s/.test(line) && (found === undefined || !isKey(found, indent, values.get(key)!))) {
      values.set(key, `${values.get(key)}\n${line.trim()}`.trim());
    } else if (found !== undefined) {
      key = found.toLowerCase();
      values.set(key, value.replace(/\s+[;#]\s.*$/, '').trim());
    }
  }
  return sections;
}

/** Distinguishes an indented key from a continuation line, which is a URL or free text. */
function isKey(found: string, indent: string, before: string): boolean {
  return indent !== '' && before !== '' && /^[a-z][\w-]*$/i.test(found) && !/^https?$/i.test(found);
}
