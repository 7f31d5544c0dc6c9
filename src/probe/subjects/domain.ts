import { subject } from '../contract.ts';
import { event, same } from '../inside/seen.ts';

export default subject<typeof import('node:domain')>('domain', {
  create: async ({ create }) => {
    const own = create();
    const caught = event(
      { once: (name, listener) => name === 'caught' && own.on('error', (error) => listener(error)) },
      'caught',
    );
    own.run(() => {
      setTimeout(() => {
        throw new Error('inside');
      }, 1);
    });
    const [error] = (await caught) as [Error];
    return same(error.message, 'inside');
  },
});
