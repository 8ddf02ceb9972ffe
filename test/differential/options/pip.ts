import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { difference, inDirectory, type Pins, runProgram, runPyplan } from './answers.ts';

/** An option of pip's, and ours of the same meaning. */
interface PipCase {
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

const same = (id: string, text: string, argv: readonly string[], more: PipCase['files'] = {}): PipCase => ({
  id: `pip ${id}`,
  files: { 'r.txt': text, ...more },
  ours: argv,
  theirs: argv,
});

const pipCases: readonly PipCase[] = [
  same('-c', 'flask\n', ['-c', 'c.txt'], { 'c.txt': 'werkzeug<3\nnot-asked==1\n' }),
  same('-c in a file', '-c c.txt\nflask\n', [], { 'c.txt': 'werkzeug<3.0.3 ; python_version > "3"\n' }),
  same('--uploaded-prior-to', 'flask\n', ['--uploaded-prior-to', '2024-06-01T00:00:00Z']),
  same('--only-binary NAME', 'markupsafe<2\n', ['--only-binary', 'markupsafe']),
  { ...same('--pre', 'protobuf\nflask\n', []), ours: ['--prerelease', 'allow'], theirs: ['--pre'] },
  same('--pre in a file', '--pre\nprotobuf\n', []),
  same('--all-releases in a file', '--all-releases Protobuf\nprotobuf\nsqlalchemy\n', []),
  same('--only-final in a file', '--pre\n--only-final protobuf\nprotobuf\n', []),
  same('a pre-release that is named', 'protobuf>=7.37.0rc1\n', []),
];

/** How pyplan's plans differ from pip's, for pip's own interpreter on Linux. */
export async function* pipDifferences(
  peers: string,
  indexUrl: string,
  wanted: (id: string) => boolean,
): AsyncGenerator<{ readonly id: string; readonly wrong: string | null }> {
  const python = join(peers, 'bin', 'python');
  const asked = await inDirectory({}, (cwd) =>
    runProgram(python, ['-c', 'import platform; print(platform.python_version())'], cwd),
  );
  for (const each of pipCases.filter(({ id }) => wanted(id))) {
    const wrong = await inDirectory(each.files, async (cwd) => {
      const theirs = await pipPins(python, each, indexUrl, cwd);
      return difference(await ourPins(asked.stdout.trim(), each, indexUrl, cwd), theirs);
    });
    yield { id: each.id, wrong };
  }
}

async function ourPins(python: string, { ours }: PipCase, indexUrl: string, cwd: string): Promise<Pins> {
  const target = ['--python', python, '--platform', 'linux', '--only-binary', ':all:', '--format', 'json'];
  const ended = await runPyplan(['lock', 'r.txt', ...ours, ...target], indexUrl, cwd);
  if (ended.code === 1) return 'no solution';
  if (ended.code !== 0) throw new Error(ended.stderr);
  return pinsOf(JSON.parse(ended.stdout).targets[0].packages);
}

async function pipPins(python: string, { theirs }: PipCase, indexUrl: string, cwd: string): Promise<Pins> {
  const dry = ['install', '--dry-run', '--ignore-installed', '--report', 'report.json', '--quiet'];
  const argv = ['-m', 'pip', ...dry, '--only-binary', ':all:', '--index-url', `${indexUrl}/`, '-r', 'r.txt'];
  const ended = await runProgram(python, [...argv, ...theirs], cwd);
  if (/ResolutionImpossible|No matching distribution/.test(ended.stderr)) return 'no solution';
  if (ended.code !== 0) throw new Error(ended.stderr);
  const { install } = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'));
  return pinsOf(install.map(({ metadata }: { metadata: Named }) => metadata));
}

interface Named {
  readonly name: string;
  readonly version: string;
}

function pinsOf(packages: readonly Named[]): Pins {
  return Object.fromEntries(
    packages.map(({ name, version }) => [name.toLowerCase().replaceAll(/[-_.]+/g, '-'), version]),
  );
}
