/** The time zone by which digests close. */
import type { ZoneOffset } from '../../compose/digests/boundary.js';

/** UTC. */
export const siteOffset: ZoneOffset = () => 0;
