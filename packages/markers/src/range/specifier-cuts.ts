import type { Specifier, SpecifierOperator } from '../specifier/specifier.ts';
import { isPrerelease, type Version } from '../version/version.ts';
import {
  type Cuts,
  complementCuts,
  cutAfter,
  cutAfterLocals,
  cutAfterPosts,
  cutAfterPrefix,
  cutBefore,
  cutBeforeFamily,
  cutBeforeParts,
  lowestCut,
} from './cut.ts';

/**
 * The set of versions that a clause other than `===` admits, pre-releases included. It is worked out once a clause,
 * when first asked for: many clauses are only parsed.
 */
export function specifierCuts(specifier: Specifier): Cuts {
  const { operator, version, wildcard } = specifier;
  specifier.cuts ??= version ? cutsOf(operator, version, wildcard) : [lowestCut];
  return specifier.cuts;
}

function cutsOf(operator: SpecifierOperator, version: Version, wildcard: boolean): Cuts {
  const { epoch, release } = version;
  switch (operator) {
    case '>=':
      return [cutBefore(version)];
    case '<=':
      return [lowestCut, cutAfterLocals(version)];
    case '>':
      return [
        version.post === null && version.dev === null ? cutAfterPosts(version) : cutAfterLocals(version),
      ];
    case '<': {
      const { pre, post } = version;
      const cut = isPrerelease(version) ? cutBefore(version) : cutBeforeParts(epoch, release, pre, post, 0);
      return complementCuts([cut]);
    }
    case '~=':
      return [cutBefore(version), cutAfterPrefix(epoch, release.slice(0, -1))];
    case '==':
      if (wildcard) return [cutBeforeFamily(epoch, release), cutAfterPrefix(epoch, release)];
      return [cutBefore(version), version.local ? cutAfter(version) : cutAfterLocals(version)];
    case '!=':
      return complementCuts(cutsOf('==', version, wildcard));
    case '===':
      return [lowestCut];
  }
}
