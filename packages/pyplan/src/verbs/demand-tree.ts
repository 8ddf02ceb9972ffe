import type { Demand, Plan, PlannedPackage } from '@pyplan/resolver';

/** A package of a plan with what hangs below it. */
export interface TreeNode {
  readonly package: PlannedPackage;
  /** The requirement that leads here, as written. */
  readonly text: string;
  /** Shown in full elsewhere, so that nothing hangs below it here. */
  readonly repeated: boolean;
  readonly children: readonly TreeNode[];
}

/** A package with those who ask for it, up to the user. */
export interface WhyNode {
  readonly package: PlannedPackage;
  readonly repeated: boolean;
  readonly askedBy: readonly WhyEdge[];
}

export type WhyEdge =
  | { readonly kind: 'user'; readonly demand: Demand }
  | { readonly kind: 'package'; readonly demand: Demand; readonly by: WhyNode };

/**
 * The plan as trees below the user's requirements, in the order they were written. A package's
 * subtree stands once, where it is first met nearest to the user; loops end there as well.
 */
export function planTree(plan: Plan): readonly TreeNode[] {
  const byName = new Map(plan.packages.map((planned) => [planned.name, planned]));
  const expandedAt = breadthFirstParents(plan);
  const build = (planned: PlannedPackage, text: string, parent: string | null): TreeNode => {
    const below = planned.requires.flatMap((required) => {
      const child = byName.get(required.name);
      return child === undefined || child === planned ? [] : [{ child, text: required.text }];
    });
    const repeated = expandedAt.get(planned.name) !== parent && below.length > 0;
    return {
      package: planned,
      text,
      repeated,
      children: repeated
        ? []
        : distinctChildren(below).map(({ child, text }) => build(child, text, planned.name)),
    };
  };
  return rootsOf(plan).map(({ planned, text }) => build(planned, text, null));
}

interface Child {
  readonly child: PlannedPackage;
  readonly text: string;
}

/** A package that is asked for in several lines (an extra's, say) stands once below its asker. */
function distinctChildren(children: readonly Child[]): readonly Child[] {
  const seen = new Set<PlannedPackage>();
  return children.filter(({ child }) => !seen.has(child) && seen.add(child) !== null);
}

/** The packages the user asks for, each once, in the order of the input. */
function rootsOf(plan: Plan): readonly { readonly planned: PlannedPackage; readonly text: string }[] {
  return plan.packages.flatMap((planned) => {
    const own = planned.demands.find((demand) => demand.from === null);
    return own === undefined ? [] : [{ planned, text: own.text }];
  });
}

/** For each package the one below which it is expanded: the first that reaches it, breadth first. */
function breadthFirstParents(plan: Plan): ReadonlyMap<string, string | null> {
  const byName = new Map(plan.packages.map((planned) => [planned.name, planned]));
  const parents = new Map<string, string | null>();
  const queue: PlannedPackage[] = [];
  for (const { planned } of rootsOf(plan)) {
    parents.set(planned.name, null);
    queue.push(planned);
  }
  for (const planned of queue) {
    for (const required of planned.requires) {
      const child = byName.get(required.name);
      if (child === undefined || parents.has(child.name)) continue;
      parents.set(child.name, planned.name);
      queue.push(child);
    }
  }
  return parents;
}

/** Who asks for `name`, up to the user; null where the plan has no such package. */
export function whyTree(plan: Plan, name: string): WhyNode | null {
  const byName = new Map(plan.packages.map((planned) => [planned.name, planned]));
  const shown = new Set<string>();
  const build = (planned: PlannedPackage): WhyNode => {
    const repeated = shown.has(planned.name);
    shown.add(planned.name);
    return { package: planned, repeated, askedBy: repeated ? [] : planned.demands.flatMap(edge) };
  };
  const edge = (demand: Demand): WhyEdge[] => {
    if (demand.from === null) return [{ kind: 'user', demand }];
    const by = byName.get(demand.from);
    return by === undefined ? [] : [{ kind: 'package', demand, by: build(by) }];
  };
  const planned = byName.get(name);
  return planned === undefined ? null : build(planned);
}
