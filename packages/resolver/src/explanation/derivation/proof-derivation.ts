import type { Clause, Proof, ProofStep, Subject } from '../../proof/proof.ts';
import {
  dependencyIncompatibility,
  type Incompatibility,
  type PackageId,
  unitIncompatibility,
} from '../../solver/incompatibility.ts';
import { newPackageStore, type PackageStore, packageId, rootPackage } from '../../solver/package-store.ts';
import { allRanks } from '../../solver/rank-set.ts';
import { positive } from '../../solver/term.ts';
import type { Derivation } from './derivation.ts';

/** A proof by clauses, in the form that explanations are made from: its facts as incompatibilities of packages. */
export function proofDerivation(proof: Proof): {
  readonly derivation: Derivation;
  readonly packages: PackageStore;
} {
  const packages = newPackageStore();
  const derivations: Derivation[] = [];
  proof.forEach((step, id) => {
    const causes = step.rule === 'follows' ? step.from.flatMap((from) => derivations[from] ?? []) : null;
    derivations.push({ id, incompatibility: incompatibilityOf(step, packages), causes });
  });
  const derivation = derivations.at(-1);
  if (derivation === undefined) throw new Error('invariant: a proof without steps');
  return { derivation, packages };
}

function incompatibilityOf(step: ProofStep, packages: PackageStore): Incompatibility {
  const idOf = (subject: Subject): PackageId =>
    packageId(packages, 'package', subject.project, subject.extra, '');
  switch (step.rule) {
    case 'required':
      return dependencyIncompatibility(rootPackage, allRanks(1), idOf(step.on), step.allowed, step.asked);
    case 'requires': {
      const { subject, versions, on, allowed, asked } = step;
      return dependencyIncompatibility(idOf(subject), versions, idOf(on), allowed, asked);
    }
    case 'excluded': {
      const id = idOf(step.subject);
      const cause = { kind: 'no-versions', package: id, ranks: step.versions } as const;
      return unitIncompatibility(id, positive(step.versions), cause);
    }
    case 'constrained': {
      const id = idOf(step.subject);
      return unitIncompatibility(id, positive(step.versions), { kind: 'constraint', package: id });
    }
    case 'follows':
      return followingIncompatibility(step.clause, packages);
  }
}

/** Its causes are told by the derivation. */
function followingIncompatibility(clause: Clause, packages: PackageStore): Incompatibility {
  const terms = [...clause];
  return {
    packages: terms.map(([subject]) => {
      const [, project = '', extra = null] = /^([^[]*)(?:\[(.*)\])?$/.exec(subject) ?? [];
      return packageId(packages, 'package', project, extra, '');
    }),
    terms: terms.map(([, term]) => term),
    cause: { kind: 'derived', left: -1, right: -1 },
  };
}
