import { wholeCodemod } from '../shared/transform/codemod.ts';

export default wholeCodemod(
  {
    id: 'node-fetch-to-fetch',
    title: 'node-fetch to fetch',
    from: 'node-fetch',
    to: 'fetch',
    description: 'Requests go through the `fetch` that Node.js has, where only what both have is used.',
    prefilter: /['"]node-fetch['"]/,
    unit: 'call',
  },
  () => import('./requests.ts'),
);
