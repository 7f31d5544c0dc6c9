import { subject } from '../contract.ts';
import { same, thrown } from '../inside/seen.ts';

export default subject<typeof import('node:dns') & { default: typeof import('node:dns') }>('dns', {
  lookup: async ({ lookup }) =>
    same(
      await new Promise((done, fail) =>
        lookup('127.0.0.1', (error, address) => (error ? fail(error) : done(address))),
      ),
      '127.0.0.1',
    ),
  'promises.lookup': async ({ promises }) => same((await promises.lookup('127.0.0.1')).family, 4),
  setServers: ({ default: dns }) => {
    dns.setServers(['127.0.0.1']);
    return same(dns.getServers(), ['127.0.0.1']);
  },
  Resolver: async ({ Resolver }) => {
    const resolver = new Resolver({ timeout: 100, tries: 1 });
    resolver.setServers(['127.0.0.1:9']);
    const error = await thrown(
      () =>
        new Promise((done, fail) =>
          resolver.resolve4('a.test', (wrong, found) => (wrong ? fail(wrong) : done(found))),
        ),
    );
    return same(['ECONNREFUSED', 'ETIMEOUT'].includes(error?.code ?? ''), true);
  },
  setDefaultResultOrder: ({ setDefaultResultOrder, getDefaultResultOrder }) => {
    setDefaultResultOrder('ipv4first');
    return same(getDefaultResultOrder(), 'ipv4first');
  },
});
