import { compareVersions, parseVersion } from '@pyplan/markers';
import type { PlannedPackage } from '../resolution.ts';
import { whyAbsent } from './absence.ts';
import { mergedCauses } from './causes.ts';
import type { Difference, DifferenceCause, DifferenceKind } from './difference.ts';
import { type ComparedSide, type Side, sideOf } from './side.ts';
import { whyNotFile } from './why-not.ts';
import { askedHereAlone, whyOtherVersion } from './why-other-version.ts';

/**
 * What differs between plans, and what parts them, sorted by name. The plans are those that `resolve` gave for these
 * requests; nothing is asked of their sources.
 */
export function differencesOf(compared: readonly ComparedSide[]): readonly Difference[] {
  const sides = compared.map(sideOf);
  const names = new Set(sides.flatMap(({ packages }) => [...packages.keys()]));
  const differences = [...names].sort().flatMap((name): readonly Difference[] => {
    const kind = kindOf(sides.map(({ packages }) => packages.get(name)));
    return kind === null ? [] : [{ name, kind, causes: mergedCauses(causesOf(sides, name, kind)) }];
  });
  return differences.map((difference) => {
    if (difference.kind === 'file' || hasEnd(difference, differences)) return difference;
    // Packages that ask for one another alone: something keeps what the other sides have from being had here.
    const hidden = sides.flatMap((side) =>
      sides
        .filter((other) => other !== side)
        .flatMap((other) => askedHereAlone(side, other, difference.name)),
    );
    return { ...difference, causes: mergedCauses([...difference.causes, ...hidden]) };
  });
}

/** Whether the causes of a difference lead, by whoever asks, to one that is no requirement of something that differs. */
function hasEnd(difference: Difference, differences: readonly Difference[]): boolean {
  const byName = new Map(differences.map((each) => [each.name, each]));
  const reached = new Set([difference.name]);
  for (const name of reached) {
    for (const cause of byName.get(name)?.causes ?? []) {
      if (cause.kind !== 'requirement' || cause.by === null) return true;
      reached.add(cause.by.name).add(cause.package);
    }
  }
  return false;
}

function kindOf(on: readonly (PlannedPackage | undefined)[]): DifferenceKind | null {
  if (on.includes(undefined)) return 'presence';
  if (distinct(on.map((planned) => planned?.version)) > 1) return 'version';
  return distinct(on.map((planned) => planned?.file.filename)) > 1 ? 'file' : null;
}

function distinct(values: readonly unknown[]): number {
  return new Set(values).size;
}

function causesOf(sides: readonly Side[], name: string, kind: DifferenceKind): readonly DifferenceCause[] {
  const having = sides.filter(({ packages }) => packages.has(name));
  switch (kind) {
    case 'presence': {
      const lacking = sides.filter(({ packages }) => !packages.has(name));
      const absent = [
        ...lacking.flatMap((side) => nearest(side, having).flatMap((other) => whyAbsent(side, other, name))),
        ...having.flatMap((other) => nearest(other, lacking).flatMap((side) => whyAbsent(side, other, name))),
      ];
      return [...absent, ...versionCauses(having, name)];
    }
    case 'version':
      return versionCauses(sides, name);
    case 'file':
      return fileCauses(having, name);
  }
}

/** Each side against the next better version that another one has. */
function versionCauses(sides: readonly Side[], name: string): readonly DifferenceCause[] {
  const [first] = sides;
  const versions = [...new Set(sides.map((side) => versionOn(side, name)))]
    .map((text) => parseVersion(text))
    .sort(compareVersions)
    .map(({ text }) => text);
  if (first?.world.goesHighest(name) === false) versions.reverse();
  return versions.slice(1).flatMap((better, index) => {
    const worse = sides.filter((side) => versionOn(side, name) === versions[index]);
    const witnesses = sides.filter((side) => versionOn(side, name) === better);
    return worse.flatMap((side) =>
      nearest(side, witnesses).flatMap((witness) => whyOtherVersion(side, witness, name)),
    );
  });
}

/** Of several sides the one whose target has most in common with this side's: none, or the first of these. */
function nearest(side: Side, others: readonly Side[]): readonly Side[] {
  const { python, platform } = side.world.policy.target;
  const likeness = ({ world }: Side): number => {
    const { target } = world.policy;
    return Number(target.python === python) + Number(target.platform === platform);
  };
  return others.toSorted((a, b) => likeness(b) - likeness(a)).slice(0, 1);
}

function versionOn(side: Side, name: string): string {
  return side.packages.get(name)?.version ?? '';
}

function fileCauses(sides: readonly Side[], name: string): readonly DifferenceCause[] {
  const files = new Set(sides.map(({ packages }) => packages.get(name)?.file.filename ?? ''));
  return sides.flatMap((side) =>
    [...files].flatMap((file) =>
      file === side.packages.get(name)?.file.filename
        ? []
        : whyNotFile(side, name, versionOn(side, name), file),
    ),
  );
}
