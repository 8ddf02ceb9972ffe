import { parseRequirement } from '@pyplan/markers';
import { type PackageSource, type ResolveRequest, type RootRequirement, target } from '@pyplan/resolver';
import { conformanceOptions, rootRequirement } from '../test/support/requests.ts';
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

/**
 * Adds a line to a request, another one each time, so that no search before answers it: each excludes another
 * release of old of a package that most sets hold.
 */
export function lineAdder(): <Request extends { readonly requirements: readonly RootRequirement[] }>(
  request: Request,
) => Request {
  let lines = 0;
  return (request) => {
    const line = `packaging!=${14 + (lines >> 1)}.${lines & 1}`;
    lines += 1;
    return { ...request, requirements: [...request.requirements, rootRequirement(parseRequirement(line))] };
  };
}
