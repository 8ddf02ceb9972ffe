/** The verbs that this version knows. */
export type Verb =
  | 'lock'
  | 'plan'
  | 'compare'
  | 'why'
  | 'tree'
  | 'convert'
  | 'diff'
  | 'verify'
  | 'snapshot'
  | 'cache'
  | 'info'
  | 'env';

/** Under which heading `--help` shows an option. */
export type OptionGroup = 'Inputs' | 'Index' | 'Targets' | 'Choosing' | 'Output';

export interface OptionSpec {
  /** Long name without dashes. */
  readonly name: string;
  readonly short?: string;
  /** Other spellings that users of pip and uv bring along. */
  readonly aliases?: readonly string[];
  /** What stands for the value in `--help`; absent for a flag. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly group: OptionGroup;
  readonly help: string;
  /** The verbs that take it; absent: every verb that resolves. */
  readonly verbs?: readonly Verb[];
  /** Its place among the positional arguments counts: it stands there as `--name=value`. */
  readonly isPositional?: boolean;
}

/** The verbs that solve requirements and therefore share most options. */
export const resolvingVerbs: readonly Verb[] = ['lock', 'plan', 'compare', 'why', 'tree'];

export const outputFormats = ['pylock', 'requirements', 'report', 'cyclonedx', 'json'] as const;
export const convertFormats = ['pylock', 'requirements', 'cyclonedx'] as const;
export const diffFormats = ['text', 'json', 'markdown'] as const;
export const resolutionModes = ['highest', 'lowest', 'lowest-direct'] as const;
export const prereleaseModes = [
  'disallow',
  'allow',
  'if-necessary',
  'explicit',
  'if-necessary-or-explicit',
] as const;
export const colorChoices = ['auto', 'always', 'never'] as const;

const everyVerb: readonly Verb[] = [
  ...resolvingVerbs,
  'convert',
  'diff',
  'verify',
  'snapshot',
  'cache',
  'info',
  'env',
];
const indexVerbs: readonly Verb[] = [...resolvingVerbs, 'convert', 'verify', 'snapshot', 'info'];
const cacheVerbs: readonly Verb[] = [...indexVerbs, 'cache'];
/** The verbs that read inputs. */
const inputVerbs: readonly Verb[] = [...resolvingVerbs, 'verify', 'snapshot'];
/** The verbs that choose versions. */
const choosingVerbs: readonly Verb[] = [...resolvingVerbs, 'snapshot'];
/** The verbs that look at targets. */
const targetVerbs: readonly Verb[] = [...inputVerbs, 'diff'];
/** The verbs that take a project's extras and groups. */
const partVerbs: readonly Verb[] = [...inputVerbs, 'convert'];
/** The verbs that write a requirements.txt. */
const lockVerbs: readonly Verb[] = ['lock', 'convert'];

const inputs: readonly OptionSpec[] = [
  {
    name: 'requirement',
    short: 'r',
    aliases: ['requirements'],
    value: 'FILE',
    group: 'Inputs',
    verbs: inputVerbs,
    help: 'Read a requirements file, as when it is named without -r',
  },
  {
    name: 'constraint',
    short: 'c',
    aliases: ['constraints'],
    value: 'FILE',
    group: 'Inputs',
    verbs: inputVerbs,
    help: 'Limit versions by the requirements in FILE without asking for them',
  },
  {
    name: 'override',
    aliases: ['overrides'],
    value: 'FILE',
    group: 'Inputs',
    verbs: choosingVerbs,
    help: 'Replace whatever anybody asks of a package by what FILE says',
  },
  {
    name: 'extra',
    value: 'NAME',
    group: 'Inputs',
    verbs: partVerbs,
    help: "Add an extra of the project's (pyproject.toml), or of a lock's",
  },
  { name: 'all-extras', group: 'Inputs', verbs: partVerbs, help: "Add all of the project's extras" },
  {
    name: 'group',
    value: 'NAME',
    group: 'Inputs',
    verbs: partVerbs,
    help: 'Add a dependency group (pyproject.toml, or a lock)',
  },
  {
    name: 'installed',
    value: 'FILE',
    group: 'Inputs',
    verbs: ['plan'],
    help: 'Compare with what is installed: the output of `pip freeze`, `pip list --format json` or `pyplan env --json`',
  },
  {
    name: 'git',
    value: 'REV:PATH',
    group: 'Inputs',
    verbs: ['diff'],
    isPositional: true,
    help: 'A lock as a git revision has it, in the place of OLD or NEW: --git main:pylock.toml',
  },
];

const index: readonly OptionSpec[] = [
  {
    name: 'index-url',
    short: 'i',
    aliases: ['default-index'],
    value: 'URL',
    group: 'Index',
    verbs: indexVerbs,
    help: "Base URL of the Simple API to use (default: uv's and pip's settings)",
  },
  {
    name: 'extra-index-url',
    aliases: ['index'],
    value: 'URL',
    group: 'Index',
    verbs: indexVerbs,
    help: 'A further index, looked at first',
  },
  {
    name: 'find-links',
    short: 'f',
    value: 'PATH',
    group: 'Index',
    verbs: indexVerbs,
    help: 'A directory, page or archive of wheels and sdists, beside the indexes',
  },
  { name: 'no-index', group: 'Index', verbs: indexVerbs, help: 'Ask no index, only --find-links' },
  {
    name: 'snapshot',
    value: 'DIR',
    group: 'Index',
    verbs: indexVerbs,
    help: 'Use a directory laid out like an index instead of the network',
  },
  { name: 'offline', group: 'Index', verbs: indexVerbs, help: 'Use the cache alone, never the network' },
  { name: 'cache-dir', value: 'DIR', group: 'Index', verbs: cacheVerbs, help: 'Where the cache is kept' },
  { name: 'no-cache', short: 'n', group: 'Index', verbs: indexVerbs, help: 'Neither read nor write a cache' },
];

const targets: readonly OptionSpec[] = [
  {
    name: 'python',
    short: 'p',
    aliases: ['python-version'],
    value: 'VERSION',
    group: 'Targets',
    verbs: targetVerbs,
    help: 'Python to plan for, several with commas: 3.12 or 3.12,3.13',
  },
  {
    name: 'platform',
    aliases: ['python-platform'],
    value: 'NAME',
    group: 'Targets',
    verbs: targetVerbs,
    help: 'linux, macos, windows or a triple such as aarch64-apple-darwin; several with commas',
  },
  {
    name: 'env',
    value: 'FILE',
    group: 'Targets',
    verbs: targetVerbs,
    help: "A target by its interpreter's own report: what `pyplan env --json` or `pip inspect` printed, or -",
  },
  {
    name: 'interpreter',
    value: 'PYTHON',
    group: 'Targets',
    verbs: ['env'],
    help: 'The interpreter to run (default: the first python3 or python on PATH)',
  },
  {
    name: 'universal',
    group: 'Targets',
    verbs: ['lock'],
    help: 'One lock for every Python that the project allows (or from --python on) and every platform',
  },
];

const choosing: readonly OptionSpec[] = [
  {
    name: 'resolution',
    value: 'MODE',
    choices: resolutionModes,
    group: 'Choosing',
    verbs: choosingVerbs,
    help: 'Which version to take where several would do (default: highest)',
  },
  {
    name: 'prerelease',
    value: 'MODE',
    choices: prereleaseModes,
    group: 'Choosing',
    verbs: choosingVerbs,
    help: 'When a pre-release is a candidate (default: if-necessary-or-explicit)',
  },
  {
    name: 'exclude-newer',
    aliases: ['uploaded-prior-to'],
    value: 'TIME',
    group: 'Choosing',
    verbs: choosingVerbs,
    help: 'Only files uploaded before a time (2026-11-01T00:00:00Z), a date, or for longer than P7D or "7 days"',
  },
  {
    name: 'only-binary',
    value: 'NAMES',
    group: 'Choosing',
    verbs: choosingVerbs,
    help: 'Only wheels for these packages, or :all:',
  },
  {
    name: 'no-binary',
    value: 'NAMES',
    group: 'Choosing',
    verbs: choosingVerbs,
    help: 'No wheels for these packages, or :all:',
  },
  {
    name: 'require-hashes',
    group: 'Choosing',
    verbs: choosingVerbs,
    help: 'Refuse inputs that do not pin and hash everything that is installed',
  },
  {
    name: 'upgrade',
    short: 'U',
    group: 'Choosing',
    verbs: ['lock'],
    help: 'Ignore the versions of the lock given by -o',
  },
  {
    name: 'upgrade-package',
    short: 'P',
    value: 'NAME',
    group: 'Choosing',
    verbs: ['lock'],
    help: 'Ignore the version that the lock given by -o has for NAME; with bounds ("NAME<3"), within these',
  },
  {
    name: 'prefer',
    value: 'LOCK',
    group: 'Choosing',
    verbs: ['lock', 'plan'],
    help: 'Keep the versions of a lock of any tool (uv.lock, poetry.lock, …) where they are allowed',
  },
];

const output: readonly OptionSpec[] = [
  {
    name: 'format',
    value: 'FORMAT',
    choices: outputFormats,
    group: 'Output',
    verbs: ['lock'],
    help: 'What to write (default: from the name given by -o, else pylock)',
  },
  {
    name: 'format',
    value: 'FORMAT',
    choices: convertFormats,
    group: 'Output',
    verbs: ['convert'],
    help: 'What to write (default: from the name given by -o, else pylock)',
  },
  {
    name: 'format',
    value: 'FORMAT',
    choices: diffFormats,
    group: 'Output',
    verbs: ['diff'],
    help: 'How to show it (default: text)',
  },
  {
    name: 'output-file',
    short: 'o',
    aliases: ['output'],
    value: 'FILE',
    group: 'Output',
    verbs: [...targetVerbs, 'convert', 'env'],
    help: 'Write to FILE, all of it or nothing, instead of standard output',
  },
  { name: 'no-hashes', group: 'Output', verbs: lockVerbs, help: 'A requirements.txt without hashes' },
  {
    name: 'no-annotate',
    group: 'Output',
    verbs: lockVerbs,
    help: 'A requirements.txt without comments on who asked for each package',
  },
  {
    name: 'emit-index-url',
    group: 'Output',
    verbs: lockVerbs,
    help: 'Write the indexes that packages came from into a requirements.txt',
  },
  {
    name: 'script',
    group: 'Output',
    verbs: ['env'],
    help: 'Print the program that an interpreter is to run, instead of running it',
  },
  { name: 'all', group: 'Output', verbs: ['compare'], help: 'Show what is the same on all targets as well' },
  {
    name: 'all-versions',
    group: 'Output',
    verbs: ['snapshot'],
    help: 'Take every version, not only those near the plan',
  },
  { name: 'with-files', group: 'Output', verbs: ['snapshot'], help: 'Take the files of the plan as well' },
  {
    name: 'port',
    value: 'N',
    group: 'Output',
    verbs: ['snapshot'],
    help: 'Where to serve (default: a port that is free)',
  },
  { name: 'markdown', group: 'Output', verbs: ['diff'], help: 'The same as --format markdown' },
  { name: 'exit-code', group: 'Output', verbs: ['diff'], help: 'Exit with 1 where there are changes' },
  { name: 'json', group: 'Output', verbs: everyVerb, help: 'Results and errors as JSON' },
  {
    name: 'quiet',
    short: 'q',
    group: 'Output',
    verbs: everyVerb,
    help: 'Say nothing but results and errors',
  },
  {
    name: 'verbose',
    short: 'v',
    group: 'Output',
    verbs: everyVerb,
    help: 'Say more: repairs, what was passed over',
  },
  {
    name: 'color',
    aliases: ['colour'],
    value: 'WHEN',
    choices: colorChoices,
    group: 'Output',
    verbs: everyVerb,
    help: 'Colour the output (default: auto, which heeds NO_COLOR and FORCE_COLOR)',
  },
  { name: 'help', short: 'h', group: 'Output', verbs: everyVerb, help: 'Show this help' },
];

/** Every option of the command, in the order in which `--help` shows them. */
export const optionTable: readonly OptionSpec[] = [...inputs, ...index, ...targets, ...choosing, ...output];

export function optionsOf(verb: Verb): readonly OptionSpec[] {
  return optionTable.filter((spec) => (spec.verbs ?? resolvingVerbs).includes(verb));
}
