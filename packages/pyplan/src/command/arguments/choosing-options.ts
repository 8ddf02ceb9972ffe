import { prereleaseModes, resolutionModes } from '../../input/options/modes.ts';
import { choosingVerbs, type OptionSpec, targetVerbs } from './option-spec.ts';

/** Options that say what to plan for. */
export const targets: readonly OptionSpec[] = [
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
    // A snapshot is made anew by what was asked for, and a report may not be there any more.
    verbs: targetVerbs.filter((verb) => verb !== 'snapshot'),
    help: "A target by its interpreter's own report: what `pyplan env --json` or `pip inspect` printed, or -",
  },
  {
    name: 'newest-python',
    group: 'Targets',
    verbs: ['compare'],
    help: 'The newest Python that everything has a plan for, on each platform, and what blocks the next one',
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
  {
    name: 'environment',
    value: 'MARKER',
    group: 'Targets',
    verbs: ['lock'],
    help: 'Limit --universal to where a marker holds; of several, one of them: "sys_platform == \'linux\'"',
  },
  {
    name: 'required-environment',
    value: 'MARKER',
    group: 'Targets',
    verbs: ['lock'],
    help: 'Where --universal must find wheels that fit, or refuse the lock: "platform_machine == \'ppc64le\'"',
  },
];

/** Options that say which versions and files may be chosen. */
export const choosing: readonly OptionSpec[] = [
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
    name: 'prerelease-package',
    value: 'NAME=MODE',
    group: 'Choosing',
    verbs: choosingVerbs,
    help: 'The same for one package: flask=allow; may be given several times',
  },
  {
    name: 'exclude-newer',
    aliases: ['uploaded-prior-to'],
    value: 'TIME',
    group: 'Choosing',
    verbs: choosingVerbs,
    help:
      'Only files uploaded before a time (2026-11-01T00:00:00Z) or a date, or out for longer than a cool-down (P7D, ' +
      '"7 days"); false for no limit',
  },
  {
    name: 'exclude-newer-package',
    value: 'NAME=TIME',
    group: 'Choosing',
    verbs: choosingVerbs,
    help: 'The same for one package: flask=P1D, or flask=false for no limit; may be given several times',
  },
  {
    name: 'between',
    value: 'THEN[,NOW]',
    group: 'Choosing',
    verbs: ['compare'],
    help: 'Compare what the files of two times come to, each as --exclude-newer takes it',
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
    name: 'max-steps',
    value: 'N',
    group: 'Choosing',
    verbs: choosingVerbs,
    help: 'Give a target up after so many steps of the search (default: 4000000)',
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
    name: 'upgrade-group',
    value: 'GROUP',
    group: 'Choosing',
    verbs: ['lock'],
    help: "Ignore the versions that it has for what one of the project's dependency groups asks for",
  },
  {
    name: 'prefer',
    value: 'LOCK',
    group: 'Choosing',
    verbs: ['lock', 'plan'],
    help: 'Keep the versions of a lock of any tool (uv.lock, poetry.lock, …) where they are allowed; of several, the first',
  },
];
