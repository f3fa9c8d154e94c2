// A Program that has no gradient, or not one that can be had here, and why.

export class GradientError extends Error {}
