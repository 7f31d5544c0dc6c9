import { subject } from '../contract.ts';
import { event, happens, pause, same, thrown } from '../inside/seen.ts';

type Process = { default: NodeJS.Process & { loadEnvFile?: (file: string) => void } };

export default subject<Process>('process', {
  memoryUsage: ({ default: own }) => {
    const { rss, heapUsed } = own.memoryUsage();
    return happens(
      rss > 0 && heapUsed > 0,
      `rss is ${rss > 0 ? 'there' : 0}, heapUsed is ${heapUsed > 0 ? 'there' : 0}`,
    );
  },
  cpuUsage: ({ default: own }) => {
    const until = Date.now() + 60;
    while (Date.now() < until);
    return happens(own.cpuUsage().user + own.cpuUsage().system > 0, 'all of it is 0');
  },
  resourceUsage: ({ default: own }) => happens(own.resourceUsage().maxRSS > 0, 'maxRSS is 0'),
  hrtime: async ({ default: own }) => {
    const before = own.hrtime.bigint();
    await pause(20);
    return happens(own.hrtime.bigint() > before, 'it stands still while a timer runs');
  },
  uptime: ({ default: own }) => happens(own.uptime() > 0, 'it is 0'),
  'on SIGUSR2': async ({ default: own }) => {
    const got = event(own as never, 'SIGUSR2');
    own.kill(own.pid, 'SIGUSR2');
    await got;
    return undefined;
  },
  'on warning': async ({ default: own }) => {
    const got = event(own as never, 'warning');
    own.emitWarning('probed', 'ProbeWarning');
    const [warning] = (await got) as [Error];
    return same(warning.name, 'ProbeWarning');
  },
  'on unhandledRejection': async ({ default: own }) => {
    const got = event(own as never, 'unhandledRejection');
    void Promise.reject(new Error('nobody'));
    const [reason] = (await got) as [Error];
    return same(reason.message, 'nobody');
  },
  'on uncaughtException': async ({ default: own }) => {
    const got = event(own as never, 'uncaughtException');
    setTimeout(() => {
      throw new Error('loose');
    }, 1);
    const [reason] = (await got) as [Error];
    return same(reason.message, 'loose');
  },
  chdir: ({ default: own }, { scratch }) => {
    own.chdir(scratch);
    return same(own.cwd().endsWith(scratch.split('/').at(-1) ?? ''), true);
  },
  env: ({ default: own }) => {
    own.env.PROBED = 'yes';
    const number = 1;
    own.env.PROBED_NUMBER = number as never;
    return same([own.env.PROBED, own.env.PROBED_NUMBER], ['yes', '1']);
  },
  loadEnvFile: async ({ default: own }, { scratch }) => {
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${scratch}/vars`, 'FROM_FILE=1\n');
    own.loadEnvFile?.(`${scratch}/vars`);
    return same(own.env.FROM_FILE, '1');
  },
  umask: ({ default: own }) => {
    const before = own.umask(0o27);
    return same(own.umask(before), 0o27);
  },
  getActiveResourcesInfo: ({ default: own }) => {
    const timer = setTimeout(() => {}, 1_000);
    const found = own.getActiveResourcesInfo();
    clearTimeout(timer);
    return happens(found.includes('Timeout'), 'a timer is not among them');
  },
  report: ({ default: own }) => {
    const found = own.report?.getReport() as unknown;
    const given = typeof found === 'string' ? JSON.parse(found) : found;
    return happens(typeof given?.header === 'object', 'it is empty');
  },
  nextTick: async ({ default: own }) => {
    const order: string[] = [];
    await new Promise<void>((done) => {
      setImmediate(() => done());
      Promise.resolve().then(() => order.push('promise'));
      own.nextTick(() => order.push('tick'));
    });
    return same(order.sort(), ['promise', 'tick']);
  },
  title: ({ default: own }) => {
    own.title = 'probed';
    return happens(own.title === 'probed', 'it stays what it was');
  },
  binding: ({ default: own }) =>
    same(typeof (own as unknown as { binding(name: string): object }).binding('uv'), 'object'),
  dlopen: async ({ default: own }) =>
    same((await thrown(() => own.dlopen({ exports: {} }, '/none.node')))?.code, 'ERR_DLOPEN_FAILED'),
  setUncaughtExceptionCaptureCallback: async ({ default: own }) => {
    const got = new Promise<string>((done) =>
      own.setUncaughtExceptionCaptureCallback((error) => done(error.message)),
    );
    setTimeout(() => {
      throw new Error('captured');
    }, 1);
    return same(await got, 'captured');
  },
  constrainedMemory: ({ default: own }) => same(typeof own.constrainedMemory(), 'number'),
  getBuiltinModule: ({ default: own }) =>
    same(
      typeof (own as unknown as { getBuiltinModule(name: string): object }).getBuiltinModule('fs'),
      'object',
    ),
});
