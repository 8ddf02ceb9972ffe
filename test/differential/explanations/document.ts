import type { ExplanationCase } from './case.ts';
import { pyplanArguments, type Told } from './run-pyplan.ts';

/** A case with what each tool told; null where a tool has no such input. */
export interface Answered {
  readonly each: ExplanationCase;
  readonly ours: Told;
  readonly uv: Told | null;
  readonly pip: Told | null;
}

/** docs/explanations.md: every case with its inputs, the three texts, and what ours says more. */
export function explanationsDocument(
  groups: ReadonlyMap<string, readonly Answered[]>,
  versions: readonly string[],
): string {
  const all = [...groups.values()].flat();
  return `# What pyplan says where there is no solution

${all.length} cases over the recorded index, put to pyplan, ${versions.join(' and ')}. This page is made by

\`\`\`sh
PYPLAN_PEERS=DIR node test/differential/explanations/main.ts
\`\`\`

where \`DIR\` is a virtual environment with uv and pip, and a test freezes what pyplan says. All three take wheels
alone (\`--only-binary :all:\`) unless said otherwise. pip is given \`--python-version\`, \`--platform\` and
\`--target\`; the markers that it reads are those of the Python that it runs on, 3.11. uv is given
\`--python-version\` and \`--python-platform\`.

An explanation of pyplan's has three parts: the lines of the user's that can not be met together, as few as can be,
each with its file and line; the facts of the index that make it so, from these lines down, each once; and repairs,
each of which was solved before it is offered. That one follows from the other the reader sees without being told;
where specifiers alone do not show it, a fact says what versions there are. What a fact keeps out is told with the
option that lets it in. \`--json\` gives the same as data: \`conflicting\`, \`reasons\`, \`derivation\` (every step),
and \`repairs\`.

${summary(all)}

${[...groups].map(([heading, cases]) => `## ${heading}\n\n${cases.map(section).join('\n')}`).join('\n')}`;
}

/** How long the texts are beside one another. */
function summary(all: readonly Answered[]): string {
  const rows = all.map(({ each, ours, uv, pip }) => {
    const size = (told: Told | null): string =>
      told === null ? '' : told.code === 0 ? 'solves' : `${told.text.length}`;
    return `| [${each.title}](#${anchor(each.title)}) | ${size(ours)} | ${size(uv)} | ${size(pip)} |`;
  });
  return `Characters of each text, places and repairs included:

| case | pyplan | uv | pip |
| --- | --- | --- | --- |
${rows.join('\n')}`;
}

function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-');
}

function section({ each, ours, uv, pip }: Answered): string {
  const files = Object.entries(each.files).map(([name, text]) => `\`${name}\`\n\n${fenced(text.trimEnd())}`);
  const args = pyplanArguments(each)
    .filter((argument) => argument !== 'requirements.in')
    .join(' ');
  return `### ${each.title}

${files.join('\n\n')}

\`pyplan ${args.replace(' --only-binary :all:', '')}\`

pyplan:

${fenced(plain(ours.text))}

uv:

${uv === null ? 'has no such input.' : told(uv)}

pip:

${pip === null ? 'has no such input.' : told(pip)}

More in ours: ${each.more}
`;
}

function told({ code, text }: Told): string {
  return code === 0
    ? text === ''
      ? 'finds a solution.'
      : `finds a solution, with\n\n${fenced(plain(text))}`
    : fenced(plain(text));
}

/** So many lines of a text are shown. */
const linesShown = 40;

function fenced(text: string): string {
  const lines = text.split('\n');
  const others = lines.length - linesShown;
  const shown = others > 1 ? [...lines.slice(0, linesShown), `… and ${others} more lines`] : lines;
  return `\`\`\`text\n${shown.join('\n')}\n\`\`\``;
}

/** Hosts, ports and directories of the run by example names; lines of progress left out. */
function plain(text: string): string {
  return text
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://index.example')
    .replaceAll(/\/\S*pyplan-explanations-\w+\/?/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
