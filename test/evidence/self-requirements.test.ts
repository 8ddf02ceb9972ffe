import { parseRequirement } from '@pyplan/markers';
import { memorySource, resolve, target } from '@pyplan/resolver';
import { expect, test } from 'vitest';
import { evidenceFault, noEvidence } from '../support/evidence/evidence-fault.ts';
import { conformanceOptions, rootRequirement } from '../support/requests.ts';

test.each([
  ['no-solution', ['lib==2.0']],
  ['no-solution', ['lib<3', 'app']],
  ['no-solution', ['lib>=2']],
  ['resolved', ['lib==1.0', 'app']],
] as const)(
  'there is evidence (%s) where versions ask for others of their own project: %j',
  async (status, lines) => {
    const source = memorySource({
      lib: {
        '1.0': { requires: ['lib<2'] },
        '2.0': { requires: ['lib<2'] },
        '2.5': { requires: ['lib>2.5'] },
      },
      app: { '1.0': { requires: ['lib!=1.0; sys_platform == "win32"'] }, '2.0': { requires: ['lib>=2'] } },
    });
    const request = {
      requirements: [...lines, ...(lines.length === 1 ? [] : ['app'])].map((text) =>
        rootRequirement(parseRequirement(text)),
      ),
      constraints: status === 'no-solution' ? [rootRequirement(parseRequirement('lib>=2'))] : [],
      overrides: [],
      targets: [target('3.12', 'linux')],
      source,
      options: conformanceOptions,
    };
    const resolution = await resolve(request);
    expect(resolution.status).toBe(status);
    expect(await evidenceFault(request, resolution, noEvidence())).toBe(null);
  },
);
