/** What the program shows: text that no stranger's control characters and no value from the environment gets into. */
import { withoutSecrets } from '../text/url/redact-url.js';

/** C0 save tab and line feed, DEL, C1 (ECMA-48), other line ends, and what turns the direction of writing: a terminal obeys them. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

export class ShownText {
  #secrets: readonly string[] = [];

  /** Hides these values from now on. */
  hide(secrets: readonly string[]): void {
    this.#secrets = [...new Set([...this.#secrets, ...secrets])].sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    return withoutSecrets(text, this.#secrets).replace(CONTROLS, '\ufffd');
  }

  /** JSON keeps control characters, as escapes. */
  json(value: unknown): string {
    const hidden = (_: string, one: unknown) => (typeof one === 'string' ? withoutSecrets(one, this.#secrets) : one);
    return JSON.stringify(value, hidden, 2).replace(
      CONTROLS,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }
}
