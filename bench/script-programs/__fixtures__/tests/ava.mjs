import test from 'ava';
import add from '../src/add.js';
test('adds', (t) => t.is(add(1, 2), 3));
test('waits', async (t) => t.is(await Promise.resolve(add(undefined, 2)), 2));
