import { normalizeName } from '@pyplan/markers';
import type { Plan, RootRequirement } from '@pyplan/resolver';
import { InputError } from '../input-error.ts';
import type { HashedLine } from './requirements-file.ts';

/**
 * Checks what `--require-hashes` demands of the inputs, as pip does: every requirement is pinned to one
 * version or file and has a hash.
 *
 * @throws InputError for the first that does not.
 */
export function checkHashedRequirements(
  requirements: readonly RootRequirement[],
  hashes: readonly HashedLine[],
): void {
  const hashed = new Set(hashes.map((line) => line.name));
  for (const { requirement, origin } of requirements) {
    const { name, specifier, url } = requirement;
    const [only, second] = specifier.specifiers;
    const isPinned =
      only !== undefined && second === undefined && /^===?[^*]+$/.test(specifier.text.replaceAll(' ', ''));
    if (url === null && !isPinned) {
      throw new InputError(`--require-hashes needs ${name} pinned to one version`, {
        place: origin,
        hint: `Write ${name}==VERSION --hash=sha256:…`,
      });
    }
    if (hashed.has(normalizeName(name))) continue;
    throw new InputError(`--require-hashes needs a hash for ${name}`, {
      place: origin,
      hint: `Write ${requirement.text} --hash=sha256:…`,
    });
  }
}

/**
 * Checks that every package of the plans has a line with hashes among the inputs.
 *
 * @throws InputError that names the packages without one, and who asks for the first.
 */
export function checkHashedPlans(plans: readonly Plan[], hashes: readonly HashedLine[]): void {
  const hashed = new Set(hashes.map((line) => line.name));
  const without = plans.flatMap((plan) => plan.packages.filter((planned) => !hashed.has(planned.name)));
  const [first] = without;
  if (first === undefined) return;
  const names = [...new Set(without.map((planned) => `${planned.name}==${planned.version}`))];
  throw new InputError(`--require-hashes needs a pin and a hash for ${names.join(', ')}`, {
    hint: `${first.name} is asked for by ${first.demands[0]?.from ?? 'you'}; write each with ==VERSION --hash=sha256:…`,
  });
}
