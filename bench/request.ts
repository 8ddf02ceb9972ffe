import { type PackageSource, type ResolveRequest, target } from '@pyplan/resolver';
import { conformanceOptions } from '../test/support/requests.ts';
import { readRequirementSet } from '../test/support/requirement-set.ts';
import { cutoff } from './bench.ts';
import { benchTarget } from './commands.ts';
import type { RequirementSet } from './sets.ts';

/** What both commands are asked, of the library: a lock for one target, wheels only, as of the cutoff. */
export function benchRequest(set: RequirementSet, source: PackageSource): ResolveRequest {
  return {
    ...readRequirementSet(set.path),
    overrides: [],
    targets: [target(benchTarget.python, benchTarget.platform)],
    source,
    options: { ...conformanceOptions, excludeNewer: Date.parse(cutoff), onlyBinary: 'all' },
  };
}
