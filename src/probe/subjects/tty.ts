import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:tty')>('tty', {
  isatty: ({ isatty }) => same([isatty(0), isatty(99)], [false, false]),
});
