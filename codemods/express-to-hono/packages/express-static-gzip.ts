import type { PackageRule } from './_contract.ts';

/** It serves files (2.2, 3.0), or goes on. */
const expressStaticGzip: PackageRule = {
  name: 'express-static-gzip',
  bridge: 'it serves files as `express.static` does, under another URL',
  answersOnly: () => [{ method: null, path: '/', below: true }],
};
export default expressStaticGzip;
