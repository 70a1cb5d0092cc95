/** Writes the reservation of text and data mining in feeds (TDMRep, http://www.w3.org/ns/tdmrep/). */
import type { Reservation } from '../model/reservation.js';
import { jsonText } from '../text/json.js';
import { xmlText } from '../text/xml.js';

/** For a feed or an entry; empty if nothing is reserved. */
export function reservationElements(reservation: Reservation | undefined): string {
  if (reservation === undefined) return '';
  const { policy } = reservation;
  const terms = policy === null ? '' : `<tdm:policy xmlns:tdm="${NAMESPACE}">${xmlText(policy)}</tdm:policy>\n`;
  return `<tdm:reservation xmlns:tdm="${NAMESPACE}">1</tdm:reservation>\n${terms}`;
}

const NAMESPACE = 'http://www.w3.org/ns/tdmrep/';

/** A member of a JSON object, with its comma. */
export function reservationMember(reservation: Reservation | undefined): string {
  if (reservation === undefined) return '';
  const policy = reservation.policy === null ? '' : `,"policy":${jsonText(reservation.policy)}`;
  return `,"_tdm":{"about":${jsonText(ABOUT)},"reservation":1${policy}}`;
}

const ABOUT = 'Text and data mining is reserved: https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/';
