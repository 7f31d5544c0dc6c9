import type { PackageRule } from './_contract.ts';

/** Only the middleware that `doubleCsrf()` makes: its functions that make a token are handed the response as well. */
const csrfCsrf: PackageRule = {
  name: 'csrf-csrf',
  bridge: {},
  answers: /^/,
  provides: ['csrfToken'],
  raises: true,
};
export default csrfCsrf;
