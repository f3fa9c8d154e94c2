// The order in which restarts are run: a thread compiles what it trains, and keeps few variants, so restarts of one variant
// follow each other; all variants take turns, so that an optimization that is stopped knows something of each.

/** Restarts of one variant in a row. */
export const turnLength = 32;

/** All restarts, of which restart r is of variant r modulo `variants`. */
export function restartOrder(restarts: number, variants: number): number[] {
  const order: number[] = [];
  for (let round = 0; round < restarts; round += turnLength * variants)
    for (let variant = 0; variant < variants; variant++)
      for (let restart = round + variant; restart < Math.min(restarts, round + turnLength * variants); restart += variants)
        order.push(restart);
  return order;
}
