/**
 * The main job on the bundled example: locks a small web app offline for Python 3.12 on Linux and
 * shows the plan, then shows what is different on two other Pythons.
 */
import { readFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { compare, formatComparison, formatPlan, lock, readInputs, type Style, snapshotSource } from 'pyplan';

const { stdout } = process;
const colored = stdout.isTTY === true && stdout.hasColors();
const paint = (name: keyof Style) => (text: string) => (colored ? styleText(name, text) : text);
const style: Style = {
  bold: paint('bold'),
  dim: paint('dim'),
  red: paint('red'),
  yellow: paint('yellow'),
  green: paint('green'),
  cyan: paint('cyan'),
};
const layout = { style, width: stdout.columns ?? 80 };

const start = performance.now();
const { requirements } = await readInputs(
  { sources: ['examples/web-app.in'] },
  {
    kindOf: () => 'file',
    read: (path) => readFileSync(new URL(`../${path}`, import.meta.url)),
    readStdin: async () => '',
  },
);
const source = snapshotSource(new URL('snapshot', import.meta.url).pathname);
const request = { requirements, source, platform: 'linux' };

const resolution = await lock({ ...request, python: '3.12' });
const locked = performance.now();
if (resolution.status === 'no-solution') throw new Error(resolution.refusals[0]?.explanation);
for (const plan of resolution.plans) stdout.write(formatPlan(plan, layout));

const comparison = await compare({ ...request, python: ['3.10', '3.12', '3.14'] });
const compared = performance.now();
stdout.write(`\n${style.bold('What differs on Python 3.10 and 3.14')}\n\n`);
stdout.write(formatComparison(comparison.comparison, { ...layout, all: false }));

const milliseconds = (from: number, to: number): string => `${Math.round(to - from)} ms`;
stdout.write(`
Read ${requirements.length} requirements of examples/web-app.in, offline:
locked in ${milliseconds(start, locked)}, compared in ${milliseconds(locked, compared)}.

Next: npx -y pnpm@12.21.0 --silent pyplan lock "flask>=3" --python 3.13 \\
        --platform linux --snapshot examples/snapshot
`);
