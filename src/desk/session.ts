/** The one session of the desk: a one-time address, a cookie and a form token. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export class Session {
  readonly formToken = createSecret();
  readonly #cookie = createSecret();
  #ticket: string | null = createSecret();
  #name = 'newsloom-desk';

  /** The address that signs in, once. Cookies do not know ports: the name of this desk's has its port. */
  signInUrl(base: string): string {
    this.#name = `newsloom-desk-${new URL(base).port}`;
    return `${base}open?token=${this.#ticket}`;
  }

  /** The value of Set-Cookie; null: the token is wrong or was used. */
  redeem(token: string): string | null {
    if (this.#ticket === null || !isSameSecret(token, this.#ticket)) return null;
    this.#ticket = null;
    return `${this.#name}=${this.#cookie}; HttpOnly; SameSite=Strict; Path=/`;
  }

  isSignedIn(cookies: string | undefined): boolean {
    const values = (cookies ?? '').split(/; */).filter((one) => one.startsWith(`${this.#name}=`));
    return values.some((one) => isSameSecret(one.slice(this.#name.length + 1), this.#cookie));
  }

  isFormToken(token: string): boolean {
    return isSameSecret(token, this.formToken);
  }
}

function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

function isSameSecret(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(one!, other!);
}
