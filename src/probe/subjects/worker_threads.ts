import { subject } from '../contract.ts';
import { event, otherwise, same } from '../inside/seen.ts';

type Threads = typeof import('node:worker_threads');
const ECHO =
  "const { parentPort, workerData } = require('node:worker_threads');\nparentPort.on('message', (m) => parentPort.postMessage([m, workerData]));\n";

export default subject<Threads>('worker_threads', {
  Worker: async ({ Worker }) => {
    const own = new Worker(ECHO, { eval: true, workerData: 7 });
    const got = event(own, 'message');
    own.postMessage('x');
    const [answer] = await got;
    await own.terminate();
    return same(answer, ['x', 7]);
  },
  'Worker resourceLimits': async ({ Worker }) => {
    const text =
      'const all = []; for (let i = 0; i < 60; i++) all.push(new Array(100000).fill(i + 0.5)); require("node:worker_threads").parentPort.postMessage(all.length);';
    const own = new Worker(text, {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
    });
    const end = await new Promise<string>((done) => {
      own.once('error', (error: Error & { code?: string }) => done(error.code ?? error.message));
      own.once('message', () => done('held'));
    });
    await own.terminate();
    return end === 'held'
      ? otherwise('a thread limited to 8 MB held 48 MB')
      : same(end, 'ERR_WORKER_OUT_OF_MEMORY');
  },
  'Worker execArgv': async ({ Worker }) => {
    const own = new Worker('require("node:worker_threads").parentPort.postMessage(process.execArgv)', {
      eval: true,
      execArgv: ['--no-warnings'],
    });
    const [answer] = await event(own, 'message');
    await own.terminate();
    return same(answer, ['--no-warnings']);
  },
  'Worker stdout': async ({ Worker }) => {
    const own = new Worker('console.log("inside")', { eval: true, stdout: true });
    let text = '';
    own.stdout.on('data', (part) => {
      text += part;
    });
    await event(own, 'exit');
    return same(text, 'inside\n');
  },
  isMainThread: ({ isMainThread, threadId }) => same([isMainThread, threadId], [true, 0]),
  MessageChannel: async ({ MessageChannel }) => {
    const { port1, port2 } = new MessageChannel();
    const got = event(port2, 'message');
    port1.postMessage({ a: new Uint8Array([1]) });
    const [answer] = (await got) as [{ a: Uint8Array }];
    port1.close();
    return same([...answer.a], [1]);
  },
  receiveMessageOnPort: ({ MessageChannel, receiveMessageOnPort }) => {
    const { port1, port2 } = new MessageChannel();
    port1.postMessage('x');
    const found = receiveMessageOnPort(port2);
    port1.close();
    return same(found, { message: 'x' });
  },
  BroadcastChannel: async ({ BroadcastChannel }) => {
    const [a, b] = [new BroadcastChannel('own'), new BroadcastChannel('own')];
    const got = new Promise((done) => {
      b.onmessage = (message) => done((message as { data: unknown }).data);
    });
    a.postMessage('x');
    const text = await got;
    a.close();
    b.close();
    return same(text, 'x');
  },
  setEnvironmentData: async ({ setEnvironmentData, Worker }) => {
    setEnvironmentData('own', 3);
    const own = new Worker(
      'const t = require("node:worker_threads"); t.parentPort.postMessage(t.getEnvironmentData("own"))',
      { eval: true },
    );
    const [answer] = await event(own, 'message');
    await own.terminate();
    return same(answer, 3);
  },
});
