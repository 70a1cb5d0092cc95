/** The reservation of rights to text and data mining (W3C TDM Reservation Protocol, final report of 10 May 2024). */

/** Rights are reserved. */
export interface Reservation {
  /** Address of the terms; null: none are offered. */
  readonly policy: string | null;
}

/** `tdm-reservation: 1` and `tdm-policy`, as headers of an answer say it; null: nothing is reserved. */
export function reservationIn(headers: Readonly<Record<string, string>>): Reservation | null {
  if (headers['tdm-reservation']?.trim() !== '1') return null;
  const policy = headers['tdm-policy']?.trim() ?? '';
  return { policy: /^https?:\/\/[^\s"'<>]{1,2000}$/.test(policy) ? policy : null };
}
