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
export const indexStrategies = ['first-index', 'unsafe-first-match', 'unsafe-best-match'] as const;
export const keyringProviders = ['disabled', 'subprocess'] as const;
export const colorChoices = ['auto', 'always', 'never'] as const;

/** All of them. */
export const everyVerb: readonly Verb[] = [
  ...resolvingVerbs,
  'convert',
  'diff',
  'verify',
  'snapshot',
  'cache',
  'info',
  'env',
];
/** The verbs that ask an index. */
export const indexVerbs: readonly Verb[] = [...resolvingVerbs, 'convert', 'verify', 'snapshot', 'info'];
/** The verbs that use the cache. */
export const cacheVerbs: readonly Verb[] = [...indexVerbs, 'cache'];
/** The verbs that read inputs. */
export const inputVerbs: readonly Verb[] = [...resolvingVerbs, 'verify', 'snapshot'];
/** The verbs that choose versions. */
export const choosingVerbs: readonly Verb[] = [...resolvingVerbs, 'snapshot'];
/** The verbs that look at targets. */
export const targetVerbs: readonly Verb[] = [...inputVerbs, 'diff'];
/** The verbs that take a project's extras and groups. */
export const partVerbs: readonly Verb[] = [...inputVerbs, 'convert'];
/** The verbs that write a requirements.txt. */
export const lockVerbs: readonly Verb[] = ['lock', 'convert'];
