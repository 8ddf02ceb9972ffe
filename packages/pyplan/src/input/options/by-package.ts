import { normalizeName } from '@pyplan/markers';
import type { PrereleaseMode, UploadLimit } from '@pyplan/resolver';
import { InputError, UsageError } from '../input-error.ts';
import { parseUploadLimit } from './exclude-newer.ts';
import { prereleaseModes } from './modes.ts';

/** The values of `--prerelease-package`, `NAME=MODE` each. @throws UsageError */
export function prereleasePackages(values: readonly string[]): ReadonlyMap<string, PrereleaseMode> {
  const option = '--prerelease-package';
  return byPackage(option, 'MODE', values, (text) => {
    const mode = prereleaseModes.find((each) => each === text);
    if (mode !== undefined) return mode;
    throw new UsageError(
      `${option} takes one of ${prereleaseModes.join(', ')}; got ${JSON.stringify(text)}`,
      {
        hint: `${option} flask=allow`,
      },
    );
  });
}

/** The values of `--exclude-newer-package`, `NAME=TIME` each, `NAME=false` for no limit. @throws InputError */
export function excludeNewerPackages(
  values: readonly string[],
  now: number,
): ReadonlyMap<string, UploadLimit | null> {
  const option = '--exclude-newer-package';
  return byPackage(option, 'TIME', values, (text) => {
    try {
      return parseUploadLimit(text, now, { option, place: { source: 'argument' } });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const hint = `${error.hint ?? ''}, or false for no limit`;
      throw new InputError(error.message, { place: { source: 'argument' }, hint, cause: error });
    }
  });
}

/** The values of `--index-package`, `NAME=INDEX` each. @throws UsageError */
export function indexPackages(values: readonly string[]): ReadonlyMap<string, string> {
  return byPackage('--index-package', 'INDEX', values, (text) => text);
}

/** What a hint shows for a value. */
const examples = { MODE: 'allow', TIME: 'P1D', INDEX: 'internal' } as const;

/** The last value given for a package counts, as in uv. */
function byPackage<T>(
  option: string,
  what: keyof typeof examples,
  values: readonly string[],
  parse: (text: string) => T,
): ReadonlyMap<string, T> {
  return new Map(
    values.map((value) => {
      const match = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*=\s*(.+)$/s.exec(value);
      if (match?.[1] === undefined || match[2] === undefined) {
        throw new UsageError(`${option} takes NAME=${what}; got ${JSON.stringify(value)}`, {
          hint: `${option} flask=${examples[what]}`,
        });
      }
      return [normalizeName(match[1]), parse(match[2].trim())] as const;
    }),
  );
}
