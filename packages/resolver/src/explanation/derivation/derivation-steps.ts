import type { DerivationStep } from '../reason.ts';
import type { Sentences } from '../sentences.ts';
import type { Derivation } from './derivation.ts';

/** A proof as a list, each step after those that it follows from; what is used twice is there once. */
export function derivationSteps(root: Derivation, sentences: Sentences): readonly DerivationStep[] {
  const places = new Map<Derivation, number>();
  const steps: DerivationStep[] = [];
  for (const node of inOrder(root)) {
    places.set(node, steps.length);
    const { incompatibility, causes } = node;
    const because = (causes ?? []).flatMap((cause) => places.get(cause) ?? []);
    if (causes === null) {
      const kind = sentences.lines(incompatibility).length > 0 ? 'line' : 'fact';
      steps.push({ kind, text: sentences.external(incompatibility), because });
    } else steps.push({ kind: 'conclusion', text: sentences.conclusion(incompatibility), because });
  }
  return steps;
}

/** The steps of a proof from its facts to its end. */
export function inOrder(root: Derivation): readonly Derivation[] {
  const written = new Set<Derivation>();
  const pending: { readonly node: Derivation; readonly ready: boolean }[] = [{ node: root, ready: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, ready } = next;
    if (written.has(node)) continue;
    if (ready || node.causes === null) written.add(node);
    else {
      pending.push({ node, ready: true });
      for (const cause of node.causes) pending.push({ node: cause, ready: false });
    }
  }
  return [...written];
}
