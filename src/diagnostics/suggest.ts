// "Did you mean": the known name nearest to a misspelt one.

/** The nearest of `names` within a third of the word's length (at least 1) in edit distance, if any. */
export function nearestName(word: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  if (word.length > 64) return undefined;
  for (const name of names) {
    if (name === word || name.length > 64) continue;
    const distance = name.toLowerCase() === word.toLowerCase() ? 0.5 : editDistance(word, name);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** A help line for a misspelt name: the nearest one, or the list when it is short. */
export function didYouMean(word: string, names: Iterable<string>): string | undefined {
  const known = [...names];
  const nearest = nearestName(word, known);
  if (nearest !== undefined) return `did you mean '${nearest}'?`;
  if (known.length > 0 && known.length <= 12) return `known: ${known.join(', ')}`;
  return undefined;
}

/** Damerau-Levenshtein distance, adjacent transpositions counted once. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
