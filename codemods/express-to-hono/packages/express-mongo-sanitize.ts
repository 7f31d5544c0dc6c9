import type { PackageRule } from './_contract.ts';

const expressMongoSanitize: PackageRule = {
  name: 'express-mongo-sanitize',
  bridge: { by: 'bridgeQuery', replaces: true },
};
export default expressMongoSanitize;
