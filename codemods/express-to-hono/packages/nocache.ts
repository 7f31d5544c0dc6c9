import type { PackageRule } from './_contract.ts';
import { setsHeaders } from './_headers.ts';

/** Source: nocache 4.0.0; those before 3.0 also sent Pragma. */
const HEADERS = new Map([
  ['Surrogate-Control', 'no-store'],
  ['Cache-Control', 'no-store, no-cache, must-revalidate, proxy-revalidate'],
  ['Expires', '0'],
]);

const nocache: PackageRule = {
  name: 'nocache',
  bridge: {},
  native: (use) =>
    use.release?.startsWith('4.')
      ? setsHeaders(use, HEADERS)
      : `what \`nocache\` ${use.release ?? 'of no known release'} sends was not compared`,
};
export default nocache;
