/** What stands beside an article in a channel. */
import type { Store } from '../../ports/store/store.js';
import type { Sync } from '../promised.js';
import { standing } from './channels.js';
import type { World } from './world.js';

export function neighbourMethods(world: World): Sync<Pick<Store, 'neighbours'>> {
  return {
    neighbours: (channel, order, side, limit) => {
      const all = standing(world, channel);
      const found =
        side === 'older'
          ? all.filter((record) => record.order! > order)
          : all.filter((record) => record.order! < order).reverse();
      return found.slice(0, limit).map(({ article, order }) => ({ ref: article.ref, order: order! }));
    },
  };
}
