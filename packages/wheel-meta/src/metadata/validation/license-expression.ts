import { splitOnSpace } from '../../bytes/text.ts';
import { spdxExceptions, spdxLicenses } from './spdx-ids.ts';

/** A licence expression that is not one. */
export class InvalidLicenseExpressionError extends Error {
  override readonly name = 'InvalidLicenseExpressionError';
}

/** As deep as Python's own parser follows parentheses, which `packaging` uses for them. */
const maxDepth = 200;

/**
 * An SPDX licence expression in its normal form: identifiers as the SPDX list spells them, operators in
 * capitals (Core metadata, "License-Expression"; PEP 639).
 *
 *     MIT and (apache-2.0 or bsd-2-clause)  ->  MIT AND (Apache-2.0 OR BSD-2-Clause)
 *
 * @throws InvalidLicenseExpressionError
 */
export function normalizeLicenseExpression(expression: string): string {
  const words = splitOnSpace(expression.replaceAll('(', ' ( ').replaceAll(')', ' ) '));
  const fail = (reason: string): never => {
    throw new InvalidLicenseExpressionError(`"${expression}" is not a licence expression: ${reason}`);
  };
  const references = new Map(
    words
      .filter((word) => /^licenseref-/i.test(word))
      .map((word) => [word.toLowerCase(), `LicenseRef-${word.slice(11)}`]),
  );
  const tokens = words.map((word) => word.toLowerCase());
  const out: string[] = [];
  let depth = 0;
  let previous: 'start' | 'operator' | 'open' | 'close' | 'license' | 'exception' | 'with' = 'start';
  const expectsOperand = (): boolean =>
    previous === 'start' || previous === 'operator' || previous === 'open';
  for (const token of tokens) {
    switch (token) {
      case '(':
        if (!expectsOperand()) fail('a parenthesis opens where an operator should stand');
        if (++depth > maxDepth) fail('too many parentheses');
        previous = 'open';
        out.push('(');
        break;
      case ')':
        if (expectsOperand() || previous === 'with' || --depth < 0) fail('a parenthesis closes nothing');
        previous = 'close';
        out.push(')');
        break;
      case 'and':
      case 'or':
        if (expectsOperand() || previous === 'with') fail(`"${token}" has nothing before it`);
        previous = 'operator';
        out.push(token.toUpperCase());
        break;
      case 'with':
        if (previous !== 'license') fail('"with" does not follow a licence');
        previous = 'with';
        out.push('WITH');
        break;
      default:
        if (previous === 'with') {
          out.push(spdxExceptions.get(token) ?? fail(`"${token}" is no SPDX licence exception`));
          previous = 'exception';
        } else {
          if (!expectsOperand()) fail(`"${token}" does not follow an operator`);
          out.push(operandOf(token, references) ?? fail(`"${token}" is no SPDX licence`));
          previous = 'license';
        }
    }
  }
  if (expectsOperand() || previous === 'with') fail('it ends where a licence should stand');
  if (depth !== 0) fail('a parenthesis is not closed');
  return out.join(' ').replaceAll('( ', '(').replaceAll(' )', ')');
}

/** A licence of the list, perhaps with `+`, or a `LicenseRef-…` with the spelling it was given. */
function operandOf(token: string, references: ReadonlyMap<string, string>): string | null {
  if (token.startsWith('licenseref-')) {
    return /^[a-z0-9.-]+$/.test(token.slice(11)) ? (references.get(token) ?? null) : null;
  }
  const plus = token.endsWith('+') ? '+' : '';
  const id = spdxLicenses.get(plus === '' ? token : token.slice(0, -1));
  return id === undefined ? null : `${id}${plus}`;
}
