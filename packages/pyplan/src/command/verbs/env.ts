import { UsageError } from '../../input/input-error.ts';
import { standardInput } from '../../input/input-files.ts';
import { readInstalled } from '../../input/locked/installed.ts';
import { readInterpreterReport } from '../../input/locked/interpreter-report.ts';
import { formatReportedTarget } from '../../render/report-text.ts';
import type { Context } from '../context.ts';
import { emit } from '../output/emit.ts';
import { diskFiles } from '../process/disk-files.ts';

/** `pyplan env`: the target that an interpreter is, by its own report. The one verb that runs an interpreter. */
export async function runEnv(context: Context): Promise<number> {
  const { settings } = context;
  if (settings.script) {
    const { reportProgram } = await import('../../interpreter/report-program.ts');
    await emit(context, reportProgram);
    return 0;
  }
  const { text, source } = await reportText(context);
  const reported = readInterpreterReport(text, source);
  if (settings.json) {
    const { python, platform } = reported.target;
    const report: object = JSON.parse(text);
    await emit(context, `${JSON.stringify({ ...report, target: { python, platform } }, null, 1)}\n`);
    return 0;
  }
  const installed = readInstalled(text, source);
  const layout = { style: context.resultStyle, width: context.width };
  await emit(context, formatReportedTarget(reported, installed, layout));
  return 0;
}

/** What a file or standard input holds, or what the interpreter says that was named, or stands first on PATH. */
async function reportText(context: Context): Promise<{ readonly text: string; readonly source: string }> {
  const { settings, world } = context;
  const [given, second] = settings.positionals;
  if (second !== undefined || (given !== undefined && settings.interpreter !== null)) {
    throw new UsageError('env takes one report, or one interpreter', {
      hint: 'pyplan env REPORT, or pyplan env --interpreter PYTHON',
    });
  }
  if (given === '-') return { text: await world.readStdin(), source: standardInput };
  if (given !== undefined) {
    return { text: new TextDecoder().decode(diskFiles(context).read(given)), source: given };
  }
  const { askInterpreter, findInterpreter } = await import('../../interpreter/ask-interpreter.ts');
  const named = settings.interpreter;
  // A bare name is looked for on PATH, anything else is a path from here.
  const asked =
    named === null
      ? findInterpreter(world.env['PATH'] ?? '', world.machine.platform)
      : /[/\\]/.test(named)
        ? context.path(named)
        : named;
  if (asked === null) {
    throw new UsageError('There is no python3 and no python on PATH', {
      hint: 'Name one: pyplan env --interpreter PYTHON',
    });
  }
  context.say(context.style.dim(`Asked ${asked}`));
  return { text: await askInterpreter(asked, world.signal), source: asked };
}
