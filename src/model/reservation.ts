/** Reservations of text and data mining rights (W3C TDM Reservation Protocol, final report of 10 May 2024). */

export interface Reservation {
  /** Address of the terms; null: none. */
  readonly policy: string | null;
  /** Where it was found (`the header tdm-reservation`); missing: the config. */
  readonly by?: string;
}

/** Reads the headers `tdm-reservation: 1` and `tdm-policy`; null: not reserved. */
export function readReservationHeaders(headers: Readonly<Record<string, string>>): Reservation | null {
  return parseReservation(headers['tdm-reservation'], headers['tdm-policy'], 'the header tdm-reservation');
}

/** @param value the reservation, `1` if rights are reserved */
export function parseReservation(value: unknown, policy: unknown, by: string): Reservation | null {
  // Untrusted JSON: not every value can be converted to a string.
  if (value !== 1 && !(typeof value === 'string' && value.trim() === '1')) return null;
  const address = typeof policy === 'string' ? policy.trim() : '';
  return { policy: /^https?:\/\/[^\s"'<>]{1,2000}$/.test(address) ? address : null, by };
}
