import type { PackageRule } from './_contract.ts';

/** It puts what Joi made of each part of the request into that part. */
const expressValidation: PackageRule = {
  name: 'express-validation',
  bridge: { by: 'bridgeQuery', changesParams: true },
  raises: true,
};
export default expressValidation;
