/** Makes text safe to print: removes control characters, CI commands and secrets. */
import { hideSecrets } from '../text/url/redact-url.js';

/** Characters that control a terminal: C0 except tab and line feed, DEL, C1 (ECMA-48), other line ends, writing direction. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** CI commands in a log: `::name ::` at the start of a line (GitHub), `##[name]`, `##vso[` and `##teamcity[` anywhere. */
const LINE_COMMANDS = /^([^\S\n]*:)(?=:)/gm;
const COMMANDS = /##\w*(?=\[)/g;

export class TerminalSafeOutput {
  #secrets: readonly string[] = [];

  /** Hides these values in later output. */
  hide(secrets: readonly string[]): void {
    this.#secrets = [...new Set([...this.#secrets, ...secrets])].sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    return hideSecrets(text, this.#secrets)
      .replace(CONTROLS, '\ufffd')
      .replace(LINE_COMMANDS, '$1 ')
      .replace(COMMANDS, '$& ');
  }

  /** Escapes control characters and commands instead of removing them. */
  json(value: unknown): string {
    const hidden = (_: string, one: unknown) => (typeof one === 'string' ? hideSecrets(one, this.#secrets) : one);
    return JSON.stringify(value, hidden, 2)
      .replace(CONTROLS, escaped)
      .replace(COMMANDS, (one) => escaped('#') + one.slice(1));
  }
}

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
