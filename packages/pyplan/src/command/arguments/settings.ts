import { UsageError } from '../../input/input-error.ts';
import { prereleaseModes, resolutionModes } from '../../input/options/modes.ts';
import {
  colorChoices,
  diffFormats,
  indexStrategies,
  keyringProviders,
  outputFormats,
  type Verb,
} from './option-spec.ts';
import { optionTable } from './option-table.ts';
import type { ParsedArguments } from './parse-arguments.ts';

export type OutputFormat = (typeof outputFormats)[number];

/** The options of a command line, understood. Null: not given. */
export interface Settings {
  readonly verb: Verb;
  /** Positional arguments. */
  readonly positionals: readonly string[];
  readonly requirementFiles: readonly string[];
  readonly constraints: readonly string[];
  readonly overrides: readonly string[];
  readonly excludes: readonly string[];
  readonly extras: readonly string[];
  readonly allExtras: boolean;
  readonly groups: readonly string[];
  readonly installed: string | null;

  readonly indexUrl: string | null;
  readonly extraIndexUrls: readonly string[];
  readonly explicitIndexes: readonly string[];
  readonly indexPackages: readonly string[];
  readonly findLinks: readonly string[];
  readonly indexStrategy: (typeof indexStrategies)[number] | null;
  readonly keyringProvider: (typeof keyringProviders)[number] | null;
  readonly trustedHosts: readonly string[];
  readonly cert: string | null;
  readonly clientCert: string | null;
  readonly proxy: string | null;
  readonly statisticsUrl: string | null;
  readonly noIndex: boolean;
  readonly snapshot: string | null;
  readonly offline: boolean;
  readonly cacheDirectory: string | null;
  readonly noCache: boolean;

  readonly pythons: readonly string[];
  readonly platforms: readonly string[];
  /** Files that hold reports of interpreters. */
  readonly environments: readonly string[];
  readonly interpreter: string | null;
  readonly newestPython: boolean;
  readonly between: string | null;
  readonly against: readonly string[];
  readonly script: boolean;
  readonly universal: boolean;
  /** Markers that `--universal` is limited to. */
  readonly supportedEnvironments: readonly string[];
  readonly requiredEnvironments: readonly string[];

  readonly resolution: (typeof resolutionModes)[number] | null;
  readonly prerelease: (typeof prereleaseModes)[number] | null;
  /** `NAME=MODE` each. */
  readonly prereleasePackages: readonly string[];
  readonly excludeNewer: string | null;
  /** `NAME=TIME` each. */
  readonly excludeNewerPackages: readonly string[];
  readonly onlyBinary: readonly string[];
  readonly noBinary: readonly string[];
  readonly requireHashes: boolean;
  readonly upgrade: boolean;
  readonly upgradePackages: readonly string[];
  readonly upgradeGroups: readonly string[];
  readonly prefer: readonly string[];

  readonly format: OutputFormat | null;
  readonly diffFormat: (typeof diffFormats)[number];
  /** In a requirements.txt. */
  readonly hashes: boolean;
  readonly annotate: boolean;
  readonly emitIndexUrl: boolean;
  readonly output: string | null;
  readonly evidence: string | null;
  readonly all: boolean;
  readonly allVersions: boolean;
  readonly withFiles: boolean;
  readonly port: number;
  /** Whether a refusal is followed by trials of what would mend it, and whether by whatever that asks of the index. */
  readonly repairs: 'none' | 'some' | 'more';
  /** Steps that a search may take. */
  readonly maxSteps: number | null;
  readonly exitCode: boolean;
  /** The options that say what is wanted, as arguments: none that say where from or how to tell it. */
  readonly lasting: readonly string[];
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: (typeof colorChoices)[number];
}

type VerbArguments = Extract<ParsedArguments, { kind: 'verb' }>;

/** @throws UsageError where an option that is given once is given twice with different values. */
export function readSettings(parsed: VerbArguments): Settings {
  const { options } = parsed;
  const all = (name: string): readonly string[] => options.get(name) ?? [];
  const split = (name: string): readonly string[] => all(name).flatMap(splitList);
  const one = (name: string): string | null => onlyValue(name, all(name));
  const choice = <T extends string>(name: string, choices: readonly T[]): T | null => {
    const value = one(name);
    return choices.find((candidate) => candidate === value) ?? null;
  };
  return {
    verb: parsed.verb,
    positionals: parsed.positionals,
    requirementFiles: all('requirement'),
    constraints: all('constraint'),
    overrides: all('override'),
    excludes: all('exclude'),
    extras: split('extra'),
    allExtras: options.has('all-extras'),
    groups: split('group'),
    installed: one('installed'),
    indexUrl: one('index-url'),
    extraIndexUrls: all('extra-index-url'),
    explicitIndexes: all('explicit-index'),
    indexPackages: all('index-package'),
    findLinks: all('find-links'),
    indexStrategy: choice('index-strategy', indexStrategies),
    keyringProvider: choice('keyring-provider', keyringProviders),
    trustedHosts: all('trusted-host'),
    cert: one('cert'),
    clientCert: one('client-cert'),
    proxy: one('proxy'),
    statisticsUrl: one('statistics-url'),
    noIndex: options.has('no-index'),
    snapshot: one('snapshot'),
    offline: options.has('offline'),
    cacheDirectory: one('cache-dir'),
    noCache: options.has('no-cache'),
    pythons: distinct(split('python')),
    platforms: distinct(split('platform')),
    environments: distinct(all('env')),
    interpreter: one('interpreter'),
    newestPython: options.has('newest-python'),
    between: one('between'),
    against: all('against'),
    script: options.has('script'),
    universal: options.has('universal'),
    supportedEnvironments: all('environment'),
    requiredEnvironments: all('required-environment'),
    resolution: choice('resolution', resolutionModes),
    prerelease: choice('prerelease', prereleaseModes),
    prereleasePackages: all('prerelease-package'),
    excludeNewer: one('exclude-newer'),
    excludeNewerPackages: all('exclude-newer-package'),
    onlyBinary: split('only-binary'),
    noBinary: split('no-binary'),
    requireHashes: options.has('require-hashes'),
    upgrade: options.has('upgrade'),
    upgradePackages: all('upgrade-package'),
    upgradeGroups: split('upgrade-group'),
    prefer: all('prefer'),
    format: choice('format', outputFormats),
    diffFormat:
      choice('format', diffFormats) ??
      (options.has('json') ? 'json' : options.has('markdown') ? 'markdown' : 'text'),
    hashes: !options.has('no-hashes'),
    annotate: !options.has('no-annotate'),
    emitIndexUrl: options.has('emit-index-url'),
    output: one('output-file'),
    evidence: one('evidence'),
    all: options.has('all'),
    allVersions: options.has('all-versions'),
    withFiles: options.has('with-files'),
    port: portNumber(one('port')),
    repairs: repairsWanted(options),
    maxSteps: stepCount(one('max-steps')),
    lasting: lastingArguments(options),
    exitCode: options.has('exit-code'),
    json: options.has('json'),
    quiet: options.has('quiet'),
    verbose: options.has('verbose'),
    color: choice('color', colorChoices) ?? 'auto',
  };
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function onlyValue(name: string, values: readonly string[]): string | null {
  const given = distinct(values);
  if (given.length > 1) {
    throw new UsageError(`--${name} is given ${given.length} times: ${given.join(', ')}`, {
      hint: 'Give it once',
    });
  }
  return given[0] ?? null;
}

function lastingArguments(options: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const lasting = optionTable.filter(
    ({ name, group }) =>
      group === 'Inputs' || group === 'Targets' || group === 'Choosing' || extents.has(name),
  );
  return lasting.flatMap(({ name, value }) =>
    (options.get(name) ?? []).map((given) => (value === undefined ? `--${name}` : `--${name}=${given}`)),
  );
}

const extents: ReadonlySet<string> = new Set(['all-versions', 'with-files']);

function repairsWanted(options: ReadonlyMap<string, readonly string[]>): Settings['repairs'] {
  const [none, more] = [options.has('no-repairs'), options.has('more-repairs')];
  if (none && more) throw new UsageError('--no-repairs and --more-repairs exclude each other');
  return none ? 'none' : more ? 'more' : 'some';
}

function stepCount(text: string | null): number | null {
  const steps = Number(text ?? '1');
  if (Number.isInteger(steps) && steps > 0) return text === null ? null : steps;
  throw new UsageError(`--max-steps takes a number from 1 on; got ${JSON.stringify(text)}`);
}

function portNumber(text: string | null): number {
  const port = Number(text ?? '0');
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UsageError(`--port takes a number from 0 to 65535; got ${JSON.stringify(text)}`);
}
