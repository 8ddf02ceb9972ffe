import { writeFileAtomically } from '../../src/file/write-file-atomically.ts';

// Writes two contents by turns, a dot for each write, until it is killed; gives up after a while by itself.
const path = process.argv[2] ?? '';
for (let turn = 0; turn < 2000; turn++) {
  const letter = turn % 2 === 0 ? 'b' : 'a';
  await writeFileAtomically(path, `${letter.repeat(99)}\n`.repeat(20_000));
  process.stdout.write('.');
}
