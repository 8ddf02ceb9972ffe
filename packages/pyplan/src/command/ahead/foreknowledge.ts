import { normalizeName, type Requirement } from '@pyplan/markers';
import { type ResolveOptions, uploadBound } from '@pyplan/resolver';
import type { Inputs } from '../../input/read-inputs.ts';

/** What inputs, options and an earlier lock let one foresee. Names are normalised. */
export interface Foreknowledge {
  /** Packages that the earlier lock has on every target. */
  readonly locked: readonly string[];
  /** What the user asks for on every target: `name`, and `name[extra]` for each extra. */
  readonly wanted: readonly string[];
  /** Packages of which no page may be needed: left out, overridden, or of a URL. */
  readonly apart: ReadonlySet<string>;
  /** Packages of which perhaps not the newest version is needed. */
  readonly held: ReadonlySet<string>;
  /** Whether newest versions are sought. */
  readonly seeksNewest: boolean;
  /** Later files do not count; ms since the epoch, infinite without a limit. */
  readonly uploadedBefore: number;
}

/** The lines of inputs, and what is left out of them. */
type Lines = Pick<Inputs, 'requirements' | 'constraints' | 'overrides' | 'excludes'>;

/** @param locked packages that the earlier lock has on every target */
export function foreknowledge(
  inputs: Lines,
  options: ResolveOptions,
  locked: readonly string[],
): Foreknowledge {
  const wanted = unconditional(inputs.requirements);
  const lines = linesOf(inputs.requirements, inputs.constraints);
  const bounded = lines.filter(hasUpperBound).map(({ name }) => normalizeName(name));
  return {
    locked,
    wanted: wanted.flatMap(({ name, extras }) => {
      const project = normalizeName(name);
      return [project, ...extras.map((extra) => `${project}[${normalizeName(extra)}]`)];
    }),
    apart: comingFromElsewhere(inputs),
    held: new Set([...bounded, ...locked]),
    seeksNewest: options.mode === 'highest',
    uploadedBefore:
      options.excludeNewer === null ? Number.POSITIVE_INFINITY : uploadBound(options.excludeNewer),
  };
}

/** Names of the packages of which every search needs the page, whatever the target. */
export function surelyWanted(inputs: Lines): readonly string[] {
  const apart = comingFromElsewhere(inputs);
  const names = unconditional(inputs.requirements).map(({ name }) => normalizeName(name));
  return [...new Set(names)].filter((name) => !apart.has(name));
}

function unconditional(lines: Inputs['requirements']): readonly Requirement[] {
  return linesOf(lines).filter(({ marker }) => marker === null);
}

function comingFromElsewhere(inputs: Lines): ReadonlySet<string> {
  const { requirements, constraints, overrides, excludes } = inputs;
  const elsewhere = linesOf(constraints, overrides, requirements).filter(({ url }) => url !== null);
  const replaced = linesOf(overrides);
  return new Set([...excludes, ...[...elsewhere, ...replaced].map(({ name }) => normalizeName(name))]);
}

function linesOf(...lists: readonly Inputs['requirements'][]): readonly Requirement[] {
  return lists.flat().map(({ requirement }) => requirement);
}

function hasUpperBound({ specifier }: Requirement): boolean {
  return specifier.specifiers.some(({ operator }) => !['>=', '>', '!='].includes(operator));
}
