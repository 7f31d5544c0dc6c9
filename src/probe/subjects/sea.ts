import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<{ isSea(): boolean }>('sea', {
  isSea: ({ isSea }) => same(isSea(), false),
});
