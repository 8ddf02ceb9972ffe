import type { Clause } from './clause.ts';
import type { Ground } from './ground.ts';
import { type Literal, type Variable, variableOf } from './literal.ts';

/** What each literal rests on that holds without any assumption. */
export interface UnitGrounds {
  /** Whether grounds are kept at all. */
  readonly isTraced: boolean;
  /** Keeps what a literal rests on that is a clause by itself. */
  note(variable: Variable, ground: Ground | null): void;
  /** Goes through the first literals of the trail, which hold without any assumption, up to `end`. */
  settle(trail: readonly Literal[], end: number, reasons: readonly (Clause | null)[]): void;
  of(variable: Variable): Ground | null;
}

export function newUnitGrounds(isTraced: boolean): UnitGrounds {
  const grounds: (Ground | null | undefined)[] = [];
  let settled = 0;

  return {
    isTraced,
    note(variable, ground) {
      if (isTraced) grounds[variable] = ground;
    },
    settle(trail, end, reasons) {
      if (!isTraced) return;
      for (; settled < end; settled++) {
        const literal = trail[settled] ?? 0;
        const variable = variableOf(literal);
        const reason = reasons[variable] ?? null;
        if (reason === null) continue;
        const others = reason.literals.slice(1).map((other) => grounds[variableOf(other)]);
        const from = [reason.ground, ...others].filter((ground) => ground != null);
        grounds[variable] = from.length === 0 ? null : { literals: [literal], from };
      }
    },
    of: (variable) => grounds[variable] ?? null,
  };
}
