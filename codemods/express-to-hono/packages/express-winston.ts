import type { PackageRule } from './_contract.ts';

const expressWinston: PackageRule = {
  name: 'express-winston',
  bridge: ({ member }) => (/^errorLogger\b/.test(member) ? { by: 'bridgeError', passesOn: true } : {}),
};
export default expressWinston;
