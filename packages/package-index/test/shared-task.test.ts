import { expect, test } from 'vitest';
import { sharedTask } from '../src/source/shared-task.ts';

const forever = (signal: AbortSignal): Promise<string> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

test('however many wait with one signal, it has one listener for all, and all leave when it fires', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  signal.addEventListener = (...given: Parameters<typeof add>) => {
    listeners++;
    add(...given);
  };
  const ended: unknown[] = [];
  const waits = Array.from({ length: 1000 }, () =>
    sharedTask((own) => {
      own.addEventListener('abort', () => ended.push(own.reason), { once: true });
      return forever(own);
    }).wait(signal),
  );
  expect(listeners).toBe(1);
  const reason = new Error('enough');
  controller.abort(reason);
  const settled = await Promise.allSettled(waits);
  expect(settled.filter((each) => each.status === 'rejected' && each.reason === reason)).toHaveLength(1000);
  expect(ended).toHaveLength(1000);
});

test('one who leaves ends the work only where nobody else waits', async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const task = sharedTask(forever);
  const waits = [task.wait(first.signal), task.wait(second.signal)];
  let isSettled = false;
  waits[1]
    ?.catch(() => undefined)
    .finally(() => {
      isSettled = true;
    });
  first.abort(new Error('first'));
  await expect(waits[0]).rejects.toThrow('first');
  expect(isSettled).toBe(false);
  second.abort(new Error('second'));
  await expect(waits[1]).rejects.toThrow('second');
  await expect(task.wait(undefined)).rejects.toThrow('second');
});

test('a result is everybody’s, and a signal that fires after it changes nothing', async () => {
  const controller = new AbortController();
  const task = sharedTask(async () => 'there');
  expect(await Promise.all([task.wait(controller.signal), task.wait(undefined)])).toEqual(['there', 'there']);
  controller.abort();
  expect(await task.wait(undefined)).toBe('there');
});
