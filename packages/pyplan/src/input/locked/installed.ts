import { normalizeName, tryParseVersion } from '@pyplan/markers';
import { InputError } from '../input-error.ts';

/** A package that an environment holds. */
export interface InstalledPackage {
  /** Normalised. */
  readonly name: string;
  /** As the listing has it; null for an editable or a direct reference, whose version it does not tell. */
  readonly version: string | null;
}

/**
 * What is installed, from the output of `pip freeze`, `pip list --format json` or `uv pip freeze`, or from the report
 * of an interpreter (`pyplan env --json`, `pip inspect`).
 *
 * @throws InputError with the line that is none of what these print.
 */
export function readInstalled(text: string, source: string): readonly InstalledPackage[] {
  const start = text.trimStart();
  return start.startsWith('[') || start.startsWith('{') ? readJson(text, source) : readFreeze(text, source);
}

function readJson(text: string, source: string): readonly InstalledPackage[] {
  const values: unknown = parseJson(text, source);
  const list = Array.isArray(values) ? values : fieldsOf(values).get('installed');
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  return entries.map((entry, index) => {
    // `pip inspect` has name and version among the metadata.
    const fields = fieldsOf(fieldsOf(entry).get('metadata') ?? entry);
    const name = fields.get('name');
    const version = fields.get('version');
    if (typeof name === 'string' && typeof version === 'string') return checked(name, version, source, null);
    throw new InputError(`Entry ${index + 1} has no name and version`, {
      place: { source },
      hint: 'Expected the output of `pip list --format json`: [{"name": "flask", "version": "3.0.3"}, …]',
    });
  });
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`Not valid JSON: ${error instanceof Error ? error.message : String(error)}`, {
      place: { source },
      cause: error,
    });
  }
}

function readFreeze(text: string, source: string): readonly InstalledPackage[] {
  return text.split(/\r\n|\r|\n/).flatMap((raw, index) => {
    const line = raw.replace(/(^|\s+)#.*$/, '').trim();
    // `-e git+…#egg=name`, `-i …`: the egg names the package, everything else names none.
    if (line.startsWith('-')) {
      const egg = /^(?:-e|--editable)\s.*[#&]egg=([\w.-]+)/.exec(raw)?.[1];
      return egg === undefined ? [] : [{ name: normalizeName(egg), version: null }];
    }
    return line === '' ? [] : [readPin(line, source, index + 1)];
  });
}

function readPin(line: string, source: string, number: number): InstalledPackage {
  const pin = /^([A-Za-z0-9][\w.-]*)\s*===?\s*([^\s;]+)/.exec(line);
  if (pin?.[1] !== undefined && pin[2] !== undefined) return checked(pin[1], pin[2], source, number);
  const direct = /^([A-Za-z0-9][\w.-]*)\s*@\s*\S/.exec(line);
  if (direct?.[1] !== undefined) return { name: normalizeName(direct[1]), version: null };
  throw new InputError(`Can't read ${JSON.stringify(line)} as an installed package`, {
    place: { source, line: number },
    hint: 'Expected the output of `pip freeze` (name==version) or of `pip list --format json`',
  });
}

function checked(name: string, version: string, source: string, line: number | null): InstalledPackage {
  if (tryParseVersion(version) !== null) return { name: normalizeName(name), version };
  throw new InputError(`${JSON.stringify(version)} is not a version of ${name}`, { place: { source, line } });
}
