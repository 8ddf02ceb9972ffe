import { isDeepStrictEqual } from 'node:util';

/** `what is X, expected Y`; null where the two are equal. */
export function difference(what: string, actual: unknown, expected: unknown): string | null {
  if (isDeepStrictEqual(actual, expected)) return null;
  return `${what} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`;
}

/** The first difference of several. */
export function firstDifference(differences: Iterable<string | null>): string | null {
  for (const one of differences) if (one !== null) return one;
  return null;
}

/** What is wrong with an input that parsed, or did not, against the verdict; null where they agree. */
export function verdictFault(input: string, error: Error | null, valid: boolean): string | null {
  if (valid && error !== null) return `${JSON.stringify(input)} is refused: ${error.message}`;
  if (!valid && error === null) return `${JSON.stringify(input)} is accepted`;
  return null;
}

/** The value that `parse` gives, or its error where it is one of `type`; any other is thrown on. */
export function attempt<T>(
  parse: () => T,
  type: new (...args: never[]) => Error,
): { readonly value: T; readonly error: null } | { readonly value: null; readonly error: Error } {
  try {
    return { value: parse(), error: null };
  } catch (error) {
    if (error instanceof type) return { value: null, error };
    throw error;
  }
}
