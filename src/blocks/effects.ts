// Effects: kinds of deviation from the ideal that parameters of blocks describe. Each can be switched off for a run.

export const effects = ['noise', 'mismatch', 'offset', 'gain', 'saturation', 'jitter'] as const;
export type Effect = (typeof effects)[number];

export const isEffect = (name: string): name is Effect => (effects as readonly string[]).includes(name);
