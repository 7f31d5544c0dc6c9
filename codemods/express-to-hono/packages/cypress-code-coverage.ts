import type { PackageRule } from './_contract.ts';

/** Handed the application it registers one route (3.14): `/__coverage__` in its own words. */
const codeCoverage: PackageRule = {
  name: '@cypress/code-coverage/middleware/express',
  registers: () => [{ method: 'get', path: '/__coverage__' }],
};
export default codeCoverage;
