/** A Boolean variable, from 0. */
export type Variable = number;

/** A variable or its negation: twice the variable, plus one where negated. */
export type Literal = number;

export function positiveLiteral(variable: Variable): Literal {
  return variable << 1;
}

export function negated(literal: Literal): Literal {
  return literal ^ 1;
}

export function variableOf(literal: Literal): Variable {
  return literal >> 1;
}
