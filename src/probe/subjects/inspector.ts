import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:inspector')>('inspector', {
  Session: async ({ Session }) => {
    const session = new Session();
    session.connect();
    const found = await new Promise((done, fail) =>
      session.post('Runtime.evaluate', { expression: '1 + 1' }, (error, { result }) =>
        error ? fail(error) : done(result.value),
      ),
    );
    session.disconnect();
    return same(found, 2);
  },
  'Session Profiler': async ({ Session }) => {
    const session = new Session();
    session.connect();
    const post = (method: string) =>
      new Promise<{ profile?: { nodes: unknown[] } }>((done, fail) =>
        session.post(method, (error, result) => (error ? fail(error) : done(result as never))),
      );
    await post('Profiler.enable');
    await post('Profiler.start');
    const { profile } = await post('Profiler.stop');
    return same((profile?.nodes.length ?? 0) > 0, true);
  },
});
