// In a module without imports, since esbuild writes such constants where they are used.

/** How deep parentheses of a marker may nest, and diagrams of marker sets be, whose operations recurse. */
export const MAX_DEPTH = 1000;
/** Longest text after `in` whose substrings are told apart. */
export const MAX_MEMBERSHIP = 128;
/** So many bounds of a set are tried; more come of `in`, and none of those can be spared. */
export const MAX_BOUNDS = 30;
/** How many `!=1.2.*` in a row stand for one gap before no text is given. */
export const MAX_EXCLUSIONS = 100;
/** The most steps that one operation on marker sets takes unless its caller says otherwise. */
export const DEFAULT_BUDGET = 1_000_000;
/** More than there can be nodes of diagrams: two ids make one number. */
export const MAX_NODES = 67_108_864;
