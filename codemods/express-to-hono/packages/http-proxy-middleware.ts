import type { PackageRule } from './_contract.ts';

const httpProxyMiddleware: PackageRule = {
  name: 'http-proxy-middleware',
  advice: 'use `hono/proxy`, or proxy in front of the application',
};
export default httpProxyMiddleware;
