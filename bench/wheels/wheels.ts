import type { BenchOptions, BenchReport } from '../bench.ts';
import { findPeers } from '../peers.ts';
import { runLocalBench } from './local.ts';
import { runRemoteBench } from './remote.ts';

/** Choosing wheels, parsing metadata, and reading it out of remote wheels, beside packaging, uv and pip. */
export async function runWheelsBench(options: BenchOptions): Promise<BenchReport> {
  const peers = findPeers();
  const local = await runLocalBench(options.snapshot, peers, options.runs ?? 21);
  options.progress('file names and metadata');
  const remote = await runRemoteBench(options, options.names, peers, options.progress);
  const markdown = [
    'Wheels',
    '',
    local.markdown,
    '',
    'Without sidecars, reading METADATA out of the wheels (bodies only; the wheels that the recorded index makes up are small):',
    '',
    remote.markdown,
  ];
  return { markdown: markdown.join('\n'), data: { local: local.data, remote: remote.data } };
}
