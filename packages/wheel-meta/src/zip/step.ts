import type { Span } from '../bytes/sparse-bytes.ts';

/** The outcome of reading from a file that is known in part: a value, or the stretch to learn first. */
export type Step<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'need'; readonly span: Span };

export function done<Value>(value: Value): Step<Value> {
  return { kind: 'done', value };
}

export function need(start: number, end: number): Step<never> {
  return { kind: 'need', span: { start, end } };
}
