import { runMarkersBench } from './markers.ts';

const rounds = process.argv.find((argument) => argument.startsWith('--rounds='))?.slice('--rounds='.length);
runMarkersBench({
  json: process.argv.includes('--json'),
  ...(rounds === undefined ? {} : { rounds: Number(rounds) }),
});
