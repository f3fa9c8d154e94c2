// What remains of a syntax tree when it no longer matters where things stood.

const dropped: ReadonlySet<string> = new Set(['span', 'nameSpan', 'source']);

/** A copy without spans, sources and fields that are undefined. */
export function stripSpans(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(stripSpans);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([key, value]) => !dropped.has(key) && value !== undefined);
  return Object.fromEntries(kept.map(([key, value]) => [key, stripSpans(value)]));
}
