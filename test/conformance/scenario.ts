import { evaluateMarker, normalizeName, parseMarker } from '@pyplan/markers';
import type { MemoryWorld, PackageSelection, ResolveOptions } from '@pyplan/resolver';
import { describeDifferences, type Pins, pinDifferences } from '../support/judge/pins.ts';
import type { JudgeTarget } from '../support/judge/target.ts';
import { conformanceOptions } from '../support/requests.ts';

interface ScenarioVersion {
  readonly requires_python: string | null;
  readonly yanked: boolean | string;
  readonly extras: Readonly<Record<string, readonly string[]>>;
  readonly requires: readonly string[];
  readonly upload_time: string | null;
  readonly files: readonly { readonly filename: string }[];
}

export interface ScenarioPackage {
  readonly name: string;
  readonly version: string;
  readonly marker: string | null;
}

export interface Scenario {
  readonly id: string;
  readonly root: { readonly requires: readonly string[]; readonly requires_python: string | null };
  readonly options: {
    readonly universal: boolean;
    readonly python: string | null;
    readonly platform: string | null;
    readonly resolution: ResolveOptions['mode'] | null;
    readonly prerelease: ResolveOptions['prerelease'] | null;
    readonly no_binary: readonly string[];
    readonly no_build: readonly string[];
    readonly exclude_newer: string | null;
    readonly required_environments: readonly string[];
    readonly constraints: readonly string[];
  };
  readonly index: Readonly<Record<string, Readonly<Record<string, ScenarioVersion>>>>;
  readonly expected: {
    readonly satisfiable: boolean;
    readonly packages: readonly ScenarioPackage[];
    readonly alternatives?: readonly { readonly packages: readonly ScenarioPackage[] }[];
    readonly judge: string;
  };
}

/** How pins differ from the nearest right answer; null where they are one. */
export function differenceFrom({ expected }: Scenario, pins: Pins, on: JudgeTarget): string | null {
  const answers = [expected, ...(expected.alternatives ?? [])];
  const differences = answers.map(({ packages }) => pinDifferences(pins, pinsOn(packages, on)));
  if (differences.some(({ size }) => size === 0)) return null;
  const [first = new Map()] = differences;
  return describeDifferences(first, expected.judge);
}

/** The pins of an answer whose markers hold on a target. */
export function pinsOn(packages: readonly ScenarioPackage[], on: JudgeTarget): Pins {
  const holding = packages.filter(
    ({ marker }) => marker === null || evaluateMarker(parseMarker(marker), on.environment, ''),
  );
  return new Map(holding.map(({ name, version }) => [normalizeName(name), version]));
}

/** The options of a case, as the resolver takes them. */
export function scenarioOptions({ options }: Scenario): ResolveOptions {
  const selection = (names: readonly string[]): PackageSelection =>
    names.includes(':all:') ? 'all' : new Set(names.map(normalizeName));
  return {
    ...conformanceOptions,
    mode: options.resolution ?? conformanceOptions.mode,
    prerelease: options.prerelease ?? conformanceOptions.prerelease,
    noBinary: selection(options.no_binary),
    onlyBinary: selection(options.no_build),
    excludeNewer: options.exclude_newer === null ? null : Date.parse(options.exclude_newer),
  };
}

/** The index of a case. */
export function scenarioWorld({ index }: Scenario): MemoryWorld {
  const entries = Object.entries(index).map(([name, versions]) => [
    name,
    Object.fromEntries(
      Object.entries(versions).map(([version, facts]) => [
        version,
        {
          requires: facts.requires,
          extras: facts.extras,
          requiresPython: facts.requires_python,
          yanked: facts.yanked,
          uploadTime: facts.upload_time,
          files: facts.files.map(({ filename }) => filename),
        },
      ]),
    ),
  ]);
  return Object.fromEntries(entries);
}
