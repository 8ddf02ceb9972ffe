#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

enableCompileCache();
// A young generation that does not grow: a fifth to a third less memory, for a few hundredths of the time.
setFlagsFromString('--semi-space-growth-factor=1');
// Loaded after that, so that what they compile to is kept.
void import('./command/run.ts').then(({ run }) => run());
