import type { Refusal, RootRequirement } from '../resolution.ts';
import { type Derivation, derivationOf, factsOf } from './derivation.ts';
import type { Failure } from './minimal-core.ts';
import { place } from './phrases.ts';
import { newSentences, type Sentences } from './sentences.ts';
import { summaryOf } from './summary.ts';

/** A proof of more lines than this nobody follows: the facts that it rests on are told instead. */
const mostLines = 8;

/** The user's lines that the proof of a failure rests on, in the order written. */
export function linesBehind({ world, result }: Failure): readonly RootRequirement[] {
  const { state } = result.solver;
  return linesOf(derivationOf(state.store, result.incompatibility), newSentences(world, state.packages));
}

/** Steps of the proof of a failure: how much there is to read. */
export function proofLength({ result }: Failure): number {
  const steps: Derivation[] = [];
  order(derivationOf(result.solver.state.store, result.incompatibility), new Set(), steps);
  return steps.length;
}

/** Turns the proof that there is no solution into words that name the user's lines. */
export function explain({ world, result }: Failure): Refusal {
  const { target } = world.policy;
  const { state } = result.solver;
  const sentences = newSentences(world, state.packages);
  const derivation = derivationOf(state.store, result.incompatibility);
  const conflicting = linesOf(derivation, sentences);
  const heading = `No solution for Python ${target.python} on ${target.platform}.`;
  const asked = conflicting.map((root) => `  ${root.requirement.text}  (${place(root)})`);
  const told = writeProof(derivation, sentences);
  const proof =
    told.length <= mostLines
      ? told.map((line) => `  ${line}`)
      : [
          '  Because, all together:',
          ...summaryOf(derivation, world, state.packages, sentences).map((fact) => `    ${fact}`),
        ];
  const explanation = [
    heading,
    conflicting.length === 1 ? 'This can not be met:' : 'These can not be met together:',
    ...asked,
    ...proof,
  ];
  return { target, explanation: explanation.join('\n'), conflicting };
}

/** The user's lines that the proof rests on, in the order written. */
function linesOf(derivation: Derivation, sentences: Sentences): readonly RootRequirement[] {
  const lines = factsOf(derivation).flatMap(({ incompatibility }) => sentences.lines(incompatibility));
  const order = ({ origin }: RootRequirement): number => origin.line ?? 0;
  return [...new Set(lines)].sort(
    (a, b) =>
      Number(a.origin.source > b.origin.source) - Number(a.origin.source < b.origin.source) ||
      order(a) - order(b),
  );
}

/**
 * The proof line by line (pub's solver, "Error reporting"); a line referred to later is numbered. The
 * last steps, which only bring in one line of the user's after the other, are told as one.
 */
function writeProof(root: Derivation, sentences: Sentences): readonly string[] {
  if (root.causes === null) return [`Because ${sentences.external(root.incompatibility)}.`];
  const uses = countUses(root);
  const numbers = new Map<Derivation, number>();
  const steps: Derivation[] = [];
  order(root, new Set(), steps);
  const told = (cause: Derivation): string => {
    if (cause.causes === null) return sentences.external(cause.incompatibility);
    const number = numbers.get(cause);
    const text = sentences.conclusion(cause.incompatibility);
    return number === undefined ? text : `${text} (${number})`;
  };
  const lines: string[] = [];
  let held: string[] = [];
  let heldFollows = false;
  steps.forEach((step, index) => {
    const previous = steps[index - 1];
    const causes: readonly Derivation[] = step.causes ?? [];
    const follows = previous !== undefined && causes.includes(previous);
    const reasons = causes.filter((cause) => !follows || cause !== previous).map(told);
    if (held.length === 0) heldFollows = follows;
    held = [...held, ...reasons];
    if (bringsInLine(steps[index + 1], step, uses)) return;
    const because = `${heldFollows ? 'And because' : 'Because'} ${joined(held)}`;
    held = [];
    const isLast = step === root;
    let line = `${because}, ${isLast ? 'your requirements can not be met' : sentences.conclusion(step.incompatibility)}.`;
    if (!isLast && ((uses.get(step) ?? 0) > 1 || !isUsedNext(step, steps[index + 1]))) {
      numbers.set(step, numbers.size + 1);
      line += ` (${numbers.get(step)})`;
    }
    lines.push(line);
  });
  return lines;
}

/** Whether `next` only adds a line of the user's to `step`, which nothing else refers to. */
function bringsInLine(
  next: Derivation | undefined,
  step: Derivation,
  uses: ReadonlyMap<Derivation, number>,
): boolean {
  if (next === undefined || !isUsedNext(step, next) || (uses.get(step) ?? 0) > 1) return false;
  const other = next.causes?.find((cause) => cause !== step);
  const cause = other?.causes === null ? other.incompatibility.cause : undefined;
  return cause?.kind === 'constraint' || (cause?.kind === 'dependency' && cause.asked?.root != null);
}

/** `a and b`, `a, b, and c`; by semicolons where a reason has pauses of its own. */
function joined(reasons: readonly string[]): string {
  const last = reasons.at(-1) ?? '';
  const others = reasons.slice(0, -1);
  if (others.length === 0) return last;
  if (others.some((reason) => /[,;:] /.test(reason))) return `${others.join('; ')}; and ${last}`;
  return others.length === 1 ? `${others[0]} and ${last}` : `${others.join(', ')}, and ${last}`;
}

function isUsedNext(step: Derivation, next: Derivation | undefined): boolean {
  return next?.causes?.includes(step) === true;
}

/** Steps so that each comes after its causes, the longer branch right before its conclusion. */
function order(root: Derivation, written: Set<Derivation>, steps: Derivation[]): void {
  const pending: { readonly node: Derivation; readonly ready: boolean }[] = [{ node: root, ready: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, ready } = next;
    if (node.causes === null || written.has(node)) continue;
    if (ready) {
      written.add(node);
      steps.push(node);
      continue;
    }
    pending.push({ node, ready: true });
    for (const cause of node.causes) pending.push({ node: cause, ready: false });
  }
}

function countUses(root: Derivation): ReadonlyMap<Derivation, number> {
  const uses = new Map<Derivation, number>();
  const seen = new Set<Derivation>();
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const cause of node.causes ?? []) {
      uses.set(cause, (uses.get(cause) ?? 0) + 1);
      pending.push(cause);
    }
  }
  return uses;
}
