import fc from 'fast-check';

/** Milliseconds. A property that fails may be made smaller without end, and no time limit of a test stops what never waits. */
const mostTime = 240_000;

fc.configureGlobal({ interruptAfterTimeLimit: mostTime, markInterruptAsFailure: true });
