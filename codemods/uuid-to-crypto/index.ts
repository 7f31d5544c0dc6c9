import { wholeCodemod } from '../shared/transform/codemod.ts';

export default wholeCodemod(
  {
    id: 'uuid-to-crypto',
    title: 'uuid to crypto.randomUUID',
    from: 'uuid',
    to: 'node:crypto',
    description:
      'Random UUIDs come from `crypto.randomUUID` of Node.js; other kinds of UUID stay with `uuid`.',
    prefilter: /['"]uuid(?:\/[\w/.-]+)?['"]/,
    unit: 'use',
  },
  () => import('./random.ts'),
);
