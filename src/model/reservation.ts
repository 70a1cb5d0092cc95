/** The reservation of rights to text and data mining (W3C TDM Reservation Protocol, final report of 10 May 2024). */

/** Rights are reserved. */
export interface Reservation {
  /** Address of the terms; null: none are offered. */
  readonly policy: string | null;
  /** What says so, in words (`the header tdm-reservation`); missing: the config. */
  readonly by?: string;
}

/** `tdm-reservation: 1` and `tdm-policy`, as headers of an answer say it; null: nothing is reserved. */
export function reservationIn(headers: Readonly<Record<string, string>>): Reservation | null {
  return reservationOf(headers['tdm-reservation'], headers['tdm-policy'], 'the header tdm-reservation');
}

/** @param value what stands as the reservation, `1` where rights are reserved; null: nothing is reserved. */
export function reservationOf(value: unknown, policy: unknown, by: string): Reservation | null {
  // A stranger's JSON: not everything in it can be made a text.
  if (value !== 1 && !(typeof value === 'string' && value.trim() === '1')) return null;
  const address = typeof policy === 'string' ? policy.trim() : '';
  return { policy: /^https?:\/\/[^\s"'<>]{1,2000}$/.test(address) ? address : null, by };
}
