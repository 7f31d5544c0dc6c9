import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:trace_events')>('trace_events', {
  createTracing: ({ createTracing, getEnabledCategories }) => {
    const own = createTracing({ categories: ['node.perf'] });
    own.enable();
    const seen = getEnabledCategories();
    own.disable();
    return same(seen?.includes('node.perf'), true);
  },
});
