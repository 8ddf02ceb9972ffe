import { seededRandom } from '../../test/support/seeded-random.ts';

/** One version of a package in a synthetic world. */
export interface SyntheticVersion {
  readonly version: string;
  readonly requires: readonly string[];
}

/** A made-up index and what is asked of it. */
export interface SyntheticWorld {
  readonly requires: readonly string[];
  /** Versions by name, ascending. */
  readonly packages: ReadonlyMap<string, readonly SyntheticVersion[]>;
}

/** A way of making worlds of any size: `count` packages, the same for the same seed. */
export type Shape = (count: number, seed: number) => SyntheticWorld;

/** The shapes that growth is measured on. */
export const shapes: Readonly<Record<string, Shape>> = { tree, lattice, conflicts, fronts };

/** Each package asks for four others that nobody else asks for; three versions each, all of which would do. */
function tree(count: number, seed: number): SyntheticWorld {
  const random = seededRandom(seed);
  const packages = new Map<string, readonly SyntheticVersion[]>();
  for (let i = 0; i < count; i++) {
    const children = [1, 2, 3, 4].map((child) => 4 * i + child).filter((child) => child < count);
    packages.set(
      `tree-${i}`,
      ['1.0', '1.1', '2.0'].map((version) => ({
        version,
        requires: children.map((child) => `tree-${child}${random() < 0.5 ? '>=1.1' : ''}`),
      })),
    );
  }
  return { requires: ['tree-0'], packages };
}

const latticeWidth = 10;

/**
 * Layers of ten packages, each of which asks for three of the next layer and, sometimes, for one of the layer after
 * it, within bounds: many ask for the same package, and not always for its newest version. The bounds of all meet.
 */
function lattice(count: number, seed: number): SyntheticWorld {
  const random = seededRandom(seed);
  const packages = new Map<string, readonly SyntheticVersion[]>();
  const bounded = (at: number): string => {
    const upper = random() < 0.3 ? `,<${5 + Math.floor(random() * 4)}` : '';
    return `lattice-${at}>=${1 + Math.floor(random() * 4)}${upper}`;
  };
  for (let i = 0; i < count; i++) {
    const next = (Math.floor(i / latticeWidth) + 1) * latticeWidth;
    const versions = ['1', '2', '3', '4', '5', '6', '7', '8'].map((version) => {
      const wanted = [0, 1, 2].map(() => next + Math.floor(random() * latticeWidth));
      if (random() < 0.2) wanted.push(next + latticeWidth + Math.floor(random() * latticeWidth));
      return { version, requires: [...new Set(wanted)].filter((at) => at < count).map(bounded) };
    });
    packages.set(`lattice-${i}`, versions);
  }
  const first = Array.from({ length: Math.min(latticeWidth, count) }, (_, i) => `lattice-${i}`);
  return { requires: first, packages };
}

const releases = 12;

/**
 * Links of a chain, four packages each: the link, a front that is released with a core of the same version, and a
 * base that only the oldest core can live with. All but one of the releases of each front must be tried in vain.
 */
function conflicts(count: number, seed: number): SyntheticWorld {
  const random = seededRandom(seed);
  const packages = new Map<string, readonly SyntheticVersion[]>();
  const links = Math.max(1, Math.floor(count / 4));
  for (let i = 0; i < links; i++) {
    const further = i + 1 < links ? [`link-${i + 1}`] : [];
    packages.set(`link-${i}`, [{ version: '1.0', requires: [`base-${i}<2`, `front-${i}`, ...further] }]);
    addPair(packages, i, 1 + Math.floor(random() * 2));
  }
  return { requires: ['link-0'], packages };
}

/**
 * The same without a chain: everything is asked for at once, so that all fronts are decided before the first core
 * shows that its front can't be had, and each conflict lies as many decisions back as there are fronts.
 */
function fronts(count: number, seed: number): SyntheticWorld {
  const random = seededRandom(seed);
  const packages = new Map<string, readonly SyntheticVersion[]>();
  const pairs = Array.from({ length: Math.max(1, Math.floor(count / 3)) }, (_, i) => i);
  for (const i of pairs) addPair(packages, i, 1 + Math.floor(random() * 2));
  return { requires: pairs.flatMap((i) => [`front-${i}`, `base-${i}<2`]), packages };
}

/** A front that is released with a core of the same version, and a base that only the oldest cores can live with. */
function addPair(packages: Map<string, readonly SyntheticVersion[]>, i: number, oldest: number): void {
  const numbers = Array.from({ length: releases }, (_, n) => n + 1);
  packages.set(`base-${i}`, [
    { version: '1.0', requires: [] },
    { version: '2.0', requires: [] },
  ]);
  packages.set(
    `front-${i}`,
    numbers.map((n) => ({ version: `1.${n}`, requires: [`core-${i}>=1.${n},<1.${n + 1}`] })),
  );
  packages.set(
    `core-${i}`,
    numbers.map((n) => ({ version: `1.${n}`, requires: [`base-${i}${n <= oldest ? '' : '>=2'}`] })),
  );
}
