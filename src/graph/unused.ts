// Warns of names that nothing reads.

import type { DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import type { Scope } from './scope.js';

/** DL208 for signals and parameters that are neither read, recorded nor an output; once per place in the text. */
export function reportUnused(scopes: readonly Scope[], bag: DiagnosticBag): void {
  const used = new Map<string, boolean>();
  const places = new Map<string, { name: string; what: string; span: Span }>();
  for (const scope of scopes) {
    for (const [name, binding] of scope.names) {
      if (binding.kind === 'clock' || name.startsWith('_')) continue;
      const { span, what } = binding;
      const key = `${span.source.name}:${span.start}`;
      used.set(key, (used.get(key) ?? false) || binding.used);
      places.set(key, { name, what, span });
    }
  }
  for (const [key, { name, what, span }] of places) {
    if (used.get(key)!) continue;
    bag.warn('DL208', span, `${what} '${name}' is never used`, {
      why: 'nothing reads it, records it or gives it out',
      help: `remove it, or call it _${name}`,
    });
  }
}
