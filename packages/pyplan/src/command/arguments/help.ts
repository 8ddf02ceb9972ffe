import type { OptionGroup, OptionSpec, Verb } from './option-spec.ts';
import { optionsOf } from './option-table.ts';
import { laterVerbs } from './parse-arguments.ts';

interface VerbHelp {
  readonly usage: string;
  readonly summary: string;
  readonly details: string;
  readonly examples: readonly string[];
}

const sources =
  'INPUTS are requirement strings ("flask>=3"), requirements*.txt, *.in, pyproject.toml, pylock*.toml, ' +
  'a script with inline metadata (script.py), - for standard input, or a directory that holds one of these.';

const locks =
  'a pylock*.toml, requirements.txt, uv.lock, poetry.lock, pdm.lock or Pipfile.lock, or the output of ' +
  '`pip freeze`, `pip list --format json` or `conda list --json` (- for standard input)';

const verbHelp: Readonly<Record<Verb, VerbHelp>> = {
  lock: {
    usage: 'pyplan lock [OPTIONS] INPUTS…',
    summary: 'Resolve requirements and write the lock',
    details: sources,
    examples: [
      'pyplan lock requirements.in -o pylock.toml',
      'pyplan lock "flask>=3" --python 3.13 --platform linux --format json',
      'pyplan lock . --group test --python 3.12,3.13 --format requirements',
      'pyplan lock pyproject.toml --universal -o pylock.toml',
      'pyplan lock requirements.in -o pylock.toml --evidence evidence.json',
    ],
  },
  plan: {
    usage: 'pyplan plan [OPTIONS] INPUTS…',
    summary: 'Show what an install would download and change',
    details: `${sources} Of a pylock.toml alone it shows what an installer takes from it, without an index.`,
    examples: [
      'pyplan plan requirements.txt --python 3.12 --platform linux',
      'pyplan plan -r pylock.toml --group test --python 3.13 --platform windows',
      'pip freeze | pyplan plan requirements.in --installed -',
    ],
  },
  compare: {
    usage: 'pyplan compare [OPTIONS] INPUTS… --python A,B [--platform X,Y]',
    summary: 'Show what differs between targets, times, inputs or locks, and why',
    details:
      'Between targets: every --python with every --platform. Between two times: --between. Between two sets of ' +
      'inputs: --against. Between two locks (pylock.toml, uv.lock, poetry.lock, …, requirements.txt with everything ' +
      'pinned): name both. --newest-python looks for the newest Python that will do. Where a target has no plan the ' +
      `others are compared all the same, and the exit code is 1. ${sources}`,
    examples: [
      'pyplan compare requirements.in --python 3.10,3.12,3.14',
      'pyplan compare pyproject.toml --python 3.13 --platform linux,macos,windows',
      'pyplan compare requirements.in --newest-python --platform linux,windows',
      'pyplan compare requirements.in --between 2026-06-01,2026-11-01 --python 3.13',
      'pyplan compare requirements.in --against next.in --python 3.13',
      'pyplan compare pylock.toml pylock.new.toml',
    ],
  },
  why: {
    usage: 'pyplan why [OPTIONS] NAME INPUTS…',
    summary: 'Show who asks for a package, back to your own lines',
    details: sources,
    examples: ['pyplan why markupsafe requirements.in --python 3.12'],
  },
  tree: {
    usage: 'pyplan tree [OPTIONS] INPUTS…',
    summary: 'Show the plan as a tree of who asks for what',
    details: sources,
    examples: ['pyplan tree "fastapi[standard]" --python 3.13'],
  },
  convert: {
    usage: 'pyplan convert [OPTIONS] LOCK',
    summary: 'Write a lock of any tool as pylock.toml or requirements.txt',
    details:
      `LOCK is ${locks}. What it does not say of files (URLs, sizes, hashes) is looked up in the index, unless ` +
      '--no-index. A pylock.toml keeps extras and groups; elsewhere those of --extra and --group are taken.',
    examples: [
      'pyplan convert uv.lock -o pylock.toml',
      'pyplan convert poetry.lock --group dev -o requirements.txt',
      'pip freeze | pyplan convert - --format pylock',
    ],
  },
  diff: {
    usage: 'pyplan diff [OPTIONS] OLD NEW',
    summary: 'Show what changed from one lock to another, and why',
    details: `OLD and NEW are each ${locks}; or --git REV:PATH. With targets each is compared for itself.`,
    examples: [
      'pyplan diff pylock.toml pylock.new.toml',
      'pyplan diff --git main:uv.lock uv.lock --format markdown',
      'pip freeze | pyplan diff - requirements.txt --exit-code',
    ],
  },
  verify: {
    usage: 'pyplan verify [OPTIONS] LOCK [INPUTS…]',
    summary: 'Check a lock against itself, its inputs and the index',
    details:
      `LOCK is ${locks}. ${sources} With --offline the index counts as far as the cache knows it; with --no-index ` +
      'not at all. Targets are those that the lock says it is for, if none are named. Exit code 1 where something ' +
      'is wrong. With --evidence FILE it checks, without the solver, what `lock --evidence` wrote: that each plan is ' +
      'one and each refusal proved; and against the index, where --snapshot, --index-url, --find-links or --offline ' +
      'names one, that it is as FILE says.',
    examples: [
      'pyplan verify pylock.toml requirements.in --python 3.12 --platform linux',
      'pyplan verify uv.lock --no-index --json',
      'pyplan verify --evidence evidence.json --snapshot index/',
    ],
  },
  snapshot: {
    usage: 'pyplan snapshot create|update|verify|serve [OPTIONS] DIR [INPUTS…]',
    summary: 'Keep what a resolution needs of an index, to repeat it offline',
    details:
      'create resolves INPUTS and writes DIR: pages and metadata that any static web server can serve; update ' +
      `makes DIR anew as it was made; verify checks it; serve serves it on loopback until Ctrl-C. ${sources}`,
    examples: [
      'pyplan snapshot create index/ requirements.in --python 3.12,3.13',
      'pyplan lock requirements.in --snapshot index/ --python 3.12',
      'pyplan snapshot serve index/ --port 8080',
    ],
  },
  info: {
    usage: 'pyplan info [OPTIONS] NAME',
    summary: 'Show what an index has of a project',
    details:
      'NAME is a project, with a specifier to look at some versions only ("flask<3"). Vulnerabilities come from the ' +
      'JSON API beside the index, downloads from --statistics-url; what does not answer is left out.',
    examples: ['pyplan info flask', 'pyplan info "flask<3" --json'],
  },
  env: {
    usage: 'pyplan env [OPTIONS] [REPORT]',
    summary: 'Show the target that an interpreter is, by its own report',
    details:
      'Runs an interpreter, isolated from its packages (python -I -S): markers, tags and what is installed, for --env ' +
      'and --installed. With REPORT (- for standard input) it runs none and shows what a report says: the output of ' +
      "`pyplan env --json`, of `pip inspect`, or packaging's default_environment() and sys_tags() as JSON.",
    examples: [
      'pyplan env --interpreter .venv/bin/python --json -o env.json',
      'pyplan plan requirements.in --env env.json --installed env.json',
      'pyplan env --script | ssh server python3 -I -S - > server.json',
      'pyplan compare requirements.in --env server.json --python 3.14',
    ],
  },
  cache: {
    usage: 'pyplan cache dir|info|prune|clean [NAME...] [OPTIONS]',
    summary: 'Show where the cache is and what it holds, or empty it',
    details:
      'dir prints the directory; info tells what is in it; prune removes what no version of pyplan reads any more, and ' +
      'what was not written for 90 days; clean removes all that pyplan keeps there, or what it knows of some projects.',
    examples: ['pyplan cache info', 'pyplan cache prune', 'pyplan cache clean flask'],
  },
};

const groups: readonly OptionGroup[] = ['Inputs', 'Targets', 'Index', 'Choosing', 'Output'];

/** Exit codes, as every help text shows them. */
const exitCodes =
  'Exit codes: 0 done, 1 no solution, 2 bad usage or input, 3 the index failed, 130 interrupted.';

/** The text of `pyplan --help`. */
export function generalHelp(columns: number): string {
  const lines = Object.entries(verbHelp).map(([verb, help]) => `  ${verb.padEnd(10)}${help.summary}`);
  return [
    'What a Python install would do, without Python and without pip.',
    '',
    'Usage: pyplan VERB [OPTIONS] INPUTS…',
    '',
    ...lines,
    '',
    '  --help      Show this help; pyplan VERB --help for a verb',
    '  --version   Show the version',
    '',
    `Not built yet: ${laterVerbs.join(', ')}.`,
    ...wrap(exitCodes, columns),
    '',
  ].join('\n');
}

/** The text of `pyplan VERB --help`, at most `columns` wide. */
export function helpOf(verb: Verb, columns: number): string {
  const help = verbHelp[verb];
  const specs = optionsOf(verb);
  const sections = groups.flatMap((group) => {
    const members = specs.filter((spec) => spec.group === group);
    return members.length === 0
      ? []
      : ['', `${group}:`, ...members.flatMap((spec) => optionLines(spec, columns))];
  });
  const examples = ['', 'Examples:', ...help.examples.map((example) => `  ${example}`)];
  return [
    `${help.summary}.`,
    '',
    `Usage: ${help.usage}`,
    '',
    ...wrap(help.details, columns),
    ...sections,
    ...examples,
    '',
    ...wrap(exitCodes, columns),
    '',
  ].join('\n');
}

const optionWidth = 28;

function optionLines(spec: OptionSpec, columns: number): string[] {
  const short = spec.short === undefined ? '    ' : `-${spec.short}, `;
  const value = spec.value === undefined ? '' : ` ${spec.value}`;
  const head = `  ${short}--${spec.name}${value}`;
  const choices = spec.choices === undefined || spec.name === 'color' ? '' : ` [${spec.choices.join(', ')}]`;
  const text = wrap(spec.help + choices, Math.max(30, columns - optionWidth - 2));
  const indent = ' '.repeat(optionWidth + 2);
  const [firstLine = '', ...more] = text;
  const first =
    head.length > optionWidth ? [head, indent + firstLine] : [head.padEnd(optionWidth + 2) + firstLine];
  return [...first, ...more.map((line) => indent + line)];
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
