import type { Failure } from '../driver/trials.ts';
import type { Refusal, RootRequirement } from '../resolution.ts';
import type { PackageStore } from '../solver/package-store.ts';
import type { Target } from '../target/target.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { type Derivation, derivationOf, factsOf } from './derivation/derivation.ts';
import { derivationSteps, inOrder } from './derivation/derivation-steps.ts';
import { linesOf, premisesOf } from './derivation/premises.ts';
import { place } from './phrases.ts';
import type { Reason } from './reason.ts';
import { reasonsOf, reasonTexts } from './reasons.ts';
import { newSentences } from './sentences.ts';

/** So many reasons are told; all of them are in the data. */
const mostReasons = 12;

/** Derivations of failed searches: what is told of one takes several looks. */
const derivations = new WeakMap<Failure['result'], Derivation>();

function derivationBehind(result: Failure['result']): Derivation {
  const known = derivations.get(result);
  if (known !== undefined) return known;
  const derivation = derivationOf(result.solver.state.store, result.incompatibility);
  derivations.set(result, derivation);
  return derivation;
}

/** The user's lines that the proof of a failure rests on, in the order written. */
export function linesBehind({ world, result }: Failure): readonly RootRequirement[] {
  const { packages } = result.solver.state;
  const facts = factsOf(derivationBehind(result));
  return linesOf(facts, world, packages, newSentences(world, packages));
}

/** How much there is to read of the proof of a failure. */
export function proofLength({ result }: Failure): number {
  const steps = inOrder(derivationBehind(result));
  return steps.filter(({ causes }) => causes !== null).length;
}

/** Turns the proof that there is no solution into words that name the user's lines. */
export function explain({ world, result }: Failure): Refusal {
  return explainDerivation(derivationBehind(result), world, result.solver.state.packages);
}

/** The words alone. */
export function explanationOf({ world, result }: Failure): string {
  return told(derivationBehind(result), world, result.solver.state.packages).explanation;
}

/** The same of a proof by whatever search. */
export function explainDerivation(
  derivation: Derivation,
  world: TargetWorld,
  packages: PackageStore,
): Refusal {
  const { lines, reasons, explanation } = told(derivation, world, packages);
  return {
    target: world.policy.target,
    explanation,
    conflicting: lines,
    reasons,
    derivation: derivationSteps(derivation, newSentences(world, packages)),
  };
}

function told(
  derivation: Derivation,
  world: TargetWorld,
  packages: PackageStore,
): {
  readonly lines: readonly RootRequirement[];
  readonly reasons: readonly Reason[];
  readonly explanation: string;
} {
  const premises = premisesOf(derivation, world, packages, newSentences(world, packages));
  const { lines } = premises;
  const reasons = reasonsOf(premises, world, packages);
  return {
    lines,
    reasons,
    explanation: refusalText(world.policy.target, lines, world, reasonTexts(reasons)),
  };
}

/** The lines that conflict, each with its place, and why, a fact a line. */
export function refusalText(
  target: Target,
  lines: readonly RootRequirement[],
  world: TargetWorld,
  because: readonly string[],
): string {
  const told = because.length > mostReasons ? because.slice(0, mostReasons - 1) : because;
  const others = because.length - told.length;
  const facts = others === 0 ? told : [...told, `and ${others} more facts`];
  return [
    `No solution for Python ${target.python} on ${target.platform}.`,
    lines.length === 1 ? 'This can not be met:' : 'These can not be met together:',
    ...lines.map((root) => `  ${root.requirement.text}  (${place(root)}${role(root, world)})`),
    ...(facts.length > 1
      ? ['Because', ...facts.map((fact) => `  ${fact}`)]
      : facts.map((fact) => `Because ${fact}.`)),
  ].join('\n');
}

/** Constraints and overrides are told as what they are. */
function role(root: RootRequirement, { demands }: TargetWorld): string {
  const isAmong = (all: readonly RootRequirement[] | undefined): boolean => all?.includes(root) === true;
  const rootsOf = (map: typeof demands.constraints): readonly RootRequirement[] =>
    [...map.values()].flatMap((each) => each.map((demand) => demand.root));
  if (isAmong(rootsOf(demands.constraints))) return ', a constraint';
  const { scope } = root;
  if (scope !== undefined) {
    return `, an override of what ${scope.package}${scope.version === null ? '' : ` ${scope.version}`} asks`;
  }
  return isAmong(rootsOf(demands.overrides)) ? ', an override' : '';
}
