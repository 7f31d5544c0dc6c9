import {
  argumentsOf,
  calleeOf,
  child,
  children,
  literalText,
  memberName,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { PackageRule } from './_contract.ts';

/** `server.applyMiddleware({ app, path })` (2.26, 3.13) registers a router: what is below its path, and its health check. */
const apolloServerExpress: PackageRule = {
  name: 'apollo-server-express',
  registers: (call) => {
    const [options] = argumentsOf(call);
    if (memberName(calleeOf(call)) !== 'applyMiddleware' || options?.type !== 'ObjectExpression') return null;
    const properties = children(options, 'properties');
    const keys = properties.map((each) => propertyKeyName(each));
    const given = properties[keys.indexOf('path')];
    const path = given === undefined ? '/graphql' : literalText(child(given, 'value'));
    if (keys.includes(null) || keys.includes('__internal_healthCheckPath') || path === null) return null;
    return [path, '/.well-known/apollo/server-health'].map((at) => ({ method: null, path: at, below: true }));
  },
  advice: 'use `@hono/graphql-server`, or a server that takes a web `Request`, as GraphQL Yoga does',
};
export default apolloServerExpress;
