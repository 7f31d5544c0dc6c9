import { subject } from '../contract.ts';
import { happens, same } from '../inside/seen.ts';

export default subject<typeof import('node:os')>('os', {
  cpus: ({ cpus }) => happens(cpus().length > 0 && cpus()[0]?.times !== undefined, 'an empty list'),
  availableParallelism: ({ availableParallelism }) => happens(availableParallelism() > 0, 'it is 0'),
  totalmem: ({ totalmem }) => happens(totalmem() > 0, 'it is 0'),
  freemem: ({ freemem }) => happens(freemem() > 0, 'it is 0'),
  uptime: ({ uptime }) => happens(uptime() > 0, 'it is 0'),
  loadavg: ({ loadavg }) => same(loadavg().length, 3),
  hostname: ({ hostname }) => happens(hostname() !== '', 'it is empty'),
  networkInterfaces: ({ networkInterfaces }) =>
    happens(Object.keys(networkInterfaces()).length > 0, 'no interface'),
  userInfo: ({ userInfo }) => happens(userInfo().username !== '', 'no name'),
  tmpdir: ({ tmpdir }) => same(tmpdir().startsWith('/'), true),
  platform: ({ platform }) => same(platform(), 'linux'),
  arch: ({ arch }) => same(['x64', 'arm64'].includes(arch()), true),
  homedir: ({ homedir }) => same(homedir().startsWith('/'), true),
  setPriority: ({ setPriority, getPriority }) => {
    setPriority(0, 1);
    return same(getPriority(), 1);
  },
});
