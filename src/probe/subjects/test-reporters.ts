import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:test/reporters')>('test/reporters', {
  tap: ({ tap }) => same(typeof tap, 'function'),
});
