// Bounds on what is read, so that hostile text costs little and no recursion over the syntax tree overflows.

/** UTF-16 units of one file. */
export const largestText = 16_000_000;
/** UTF-16 units of one statement. */
export const longestStatement = 1_000_000;
/** Tokens of one statement: a table of 25,000 numbers. */
export const mostTokens = 50_000;
/** Brackets, braces and open `? :` within each other: Ohm takes some fifty stack frames for each. */
export const deepestNesting = 100;
/** Operators, calls, indices and members above one another in the tree of one expression. */
export const deepestExpression = 1_000;
