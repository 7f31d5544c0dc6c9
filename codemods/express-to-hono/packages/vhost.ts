import type { PackageRule } from './_contract.ts';

const vhost: PackageRule = {
  name: 'vhost',
  advice: 'make one application for each host, and choose between them by `Host` before Hono routes',
};
export default vhost;
