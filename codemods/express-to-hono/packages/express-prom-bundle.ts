import { argumentsOf, children, propertyKeyName } from '../../../src/workspace/syntax/nodes.ts';
import type { PackageRule } from './_contract.ts';

/** Times requests, and answers at the path of the metrics by itself. Compared: 6.6.0 and 8.0.0. */
const expressPromBundle: PackageRule = {
  name: 'express-prom-bundle',
  bridge: ({ call }) => {
    const [options] = call === null ? [] : argumentsOf(call.node);
    const isWritten = options === undefined || options.type === 'ObjectExpression';
    const names = options === undefined ? [] : children(options, 'properties').map(propertyKeyName);
    if (!isWritten || names.includes(null)) return 'its options are not written in this file';
    return names.includes('metricsApp') ? 'its metrics are a route of an application of Express' : {};
  },
  answers: /clusterMetrics/,
};
export default expressPromBundle;
