import type { PackageRule } from './_contract.ts';

/** Its router is an application of Express with views of its own. */
const bullBoard: PackageRule = {
  name: '@bull-board/express',
  bridge: 'its pages are an application of Express, which stays that',
  advice: 'use `@bull-board/hono`',
};
export default bullBoard;
