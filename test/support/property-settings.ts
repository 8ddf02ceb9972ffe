import fc from 'fast-check';

/** Milliseconds. A property that fails may be made smaller without end, and no time limit of a test stops what never waits. */
const mostTime = 240_000;

/** The same cases in every run of the same code; PYPLAN_SEED=random draws others, PYPLAN_SEED=N those of a seed. */
const given = process.env['PYPLAN_SEED'] ?? '20261101';
if (!/^(random|-?\d{1,10})$/.test(given))
  throw new Error(`PYPLAN_SEED is ${given}: expected a number or random`);

fc.configureGlobal({
  interruptAfterTimeLimit: mostTime,
  markInterruptAsFailure: true,
  ...(given === 'random' ? {} : { seed: Number(given) }),
});
