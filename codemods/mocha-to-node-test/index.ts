import { wholeCodemod } from '../shared/transform/codemod.ts';

export default wholeCodemod(
  {
    id: 'mocha-to-node-test',
    title: 'Mocha to node:test',
    from: 'mocha',
    to: 'node:test',
    description: 'Tests of Mocha become tests of Node.js, under the same names, and `node --test` runs them.',
    prefilter: /\b(?:x?describe|x?context|x?it|x?specify|before|after|beforeEach|afterEach)\b|['"]mocha['"]/,
    unit: 'test',
  },
  () => import('./suite.ts'),
);
