import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { ObjectValue } from '../../../src/workspace/syntax/flow/values.ts';
import { children, propertyKeyName } from '../../../src/workspace/syntax/nodes.ts';

/** What a route's options say of its schemas: names of parts, or that it is not known. */
export function schemaParts(flow: Flow, options: ObjectValue): ReadonlySet<string> | 'unknown' {
  const property = children(options.node, 'properties').find((each) => propertyKeyName(each) === 'schema');
  const hasSpread = children(options.node, 'properties').some(({ type }) => type === 'SpreadElement');
  const values = [...flow.memberOf(options, 'schema').values];
  if (values.length === 0) return property === undefined && !hasSpread ? new Set() : 'unknown';
  const found = new Set<string>();
  for (const value of values) {
    if (value.kind !== 'object') return 'unknown';
    for (const part of children(value.node, 'properties')) {
      const name = part.type === 'SpreadElement' ? null : propertyKeyName(part);
      if (name === null) return 'unknown';
      found.add(name);
    }
    for (const name of value.members.keys()) found.add(name);
  }
  return found;
}
