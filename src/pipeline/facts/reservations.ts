/** Text and data mining reservations of sources: from the config, else from their servers. */
import type { Reservation } from '../../model/reservation.js';
import type { SourceId } from '../../model/source.js';

type Reserving = { readonly id: SourceId; readonly reservation?: Reservation };

export function withReservations<S extends Reserving>(
  sources: readonly S[],
  states: ReadonlyMap<SourceId, { readonly reservation?: Reservation | null }>,
): readonly S[] {
  return sources.map((source) => {
    const said = source.reservation ?? states.get(source.id)?.reservation ?? null;
    return said === null || source.reservation !== undefined ? source : { ...source, reservation: said };
  });
}
