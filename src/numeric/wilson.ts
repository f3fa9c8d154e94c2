// The interval in which a probability lies, judged by how often something happened: the yield of a Monte Carlo
// campaign. Wilson's score interval stays within 0 .. 1 and holds for few trials, too.

/**
 * Score interval of a binomial proportion (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927, 209-212): the probabilities p
 * for which `passed` lies within `z` standard deviations of total*p.
 * @param passed whole number from 0 to `total`
 * @param z normal quantile; the default makes it a 95 % interval
 * @returns 0 to 1 when `total` is 0
 * @throws RangeError when the counts are none
 */
export function wilsonInterval(passed: number, total: number, z = 1.959963984540054): { low: number; high: number } {
  if (!Number.isSafeInteger(total) || !Number.isSafeInteger(passed) || passed < 0 || passed > total) {
    throw new RangeError(`${passed} of ${total} is no count`);
  }
  if (total === 0) return { low: 0, high: 1 };
  const share = passed / total;
  const scale = 1 + (z * z) / total;
  const center = share + (z * z) / (2 * total);
  const reach = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  // At the ends the bound is the end itself; rounding would miss it by an ulp.
  return { low: passed === 0 ? 0 : (center - reach) / scale, high: passed === total ? 1 : (center + reach) / scale };
}
