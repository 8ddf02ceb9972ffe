import { runMarkersBench } from './markers.ts';

const runs = process.argv.find((argument) => argument.startsWith('--runs='))?.slice('--runs='.length);
const report = await runMarkersBench({
  sets: '',
  snapshot: '',
  names: [],
  runs: runs === undefined ? null : Number(runs),
  latencyMs: 0,
  progress: (text) => process.stderr.write(`  ${text}\n`),
});
process.stdout.write(
  process.argv.includes('--json') ? `${JSON.stringify(report.data)}\n` : `${report.markdown}\n`,
);
