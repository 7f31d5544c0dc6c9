import { isInstance } from '../../../src/workspace/server/readers/fastify/surface.ts';
import { wayTo } from '../../../src/workspace/server/values.ts';
import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { ObjectValue } from '../../../src/workspace/syntax/flow/values.ts';
import { argumentsOf, child, children, propertyKeyName } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, type Part, range } from '../../shared/edit/draft.ts';
import { removeItems } from '../../shared/edit/emit.ts';
import { replace } from '../../shared/edit/work.ts';
import { type Conversion, problem, want } from '../state.ts';

/** A call that makes an application. */
export interface Creation {
  file: ParsedFile;
  node: SyntaxNode;
}

export function creationsIn(flow: Flow): Creation[] {
  const found = new Map<SyntaxNode, Creation>();
  for (const { callee, file, node } of flow.externalCalls)
    if (
      callee.kind === 'external' &&
      callee.module === 'fastify' &&
      /^(?:fastify)?$/.test(wayTo(callee)) &&
      !isInstance(callee)
    )
      found.set(node, { file, node });
  return [...found.values()];
}

/** Options that `parity-source/app.ts` takes as they are. */
const KNOWN = new Set([
  ...[
    'logger',
    'loggerInstance',
    'disableRequestLogging',
    'bodyLimit',
    'ajv',
    'exposeHeadRoutes',
    'pluginTimeout',
  ],
  ...['ignoreTrailingSlash', 'maxParamLength'],
]);
/** Options that say how Node's server treats connections: the new server has its own rules. */
const OF_THE_SERVER = new Set([
  ...[
    'connectionTimeout',
    'keepAliveTimeout',
    'requestTimeout',
    'maxRequestsPerSocket',
    'forceCloseConnections',
  ],
  ...['return503OnClosing', 'http'],
]);

/** Writes `createApp(options, parts)` where an application was made. */
export function convertCreation(conversion: Conversion, { file, node }: Creation, notes: Set<string>) {
  const work = conversion.workOf(file);
  const callee = child(node, 'callee');
  if (callee === null) return;
  const [options] = argumentsOf(node);
  for (const value of options === undefined ? [] : conversion.flow.valuesOf(options))
    if (value.kind === 'object') checkOptions(conversion, value, notes);
  replace(conversion, work, callee, [want(work, 'parity/app', 'createApp')], 'application');
  const generics = child(node, 'typeArguments') ?? child(node, 'typeParameters');
  if (generics !== null) replace(conversion, work, generics, [''], 'types');
  const parts = [
    ['body', want(work, 'parity/body', 'body')],
    ...(conversion.target === 'workers' ? [] : [['listen', want(work, 'parity/listen', 'listen')]]),
    ...(conversion.support.has('log') ? [['log', want(work, 'parity/log', 'requestLog')]] : []),
    ...(conversion.support.has('schemas') ? [['schemas', want(work, 'parity/schemas', 'jsonSchemas')]] : []),
    ...(conversion.support.has('inject') ? [['inject', want(work, 'parity/inject', 'inject')]] : []),
  ].map(([name, local]) => (name === local ? name : `${name}: ${local}`));
  const text = `{ ${parts.join(', ')} }`;
  if (options !== undefined) return work.draft.insert(atEnd(options), `, ${text}`, 'application');
  const end: Part[] = [`({}, ${text})`];
  replace(conversion, work, range(node, (generics ?? callee).end, node.end), end, 'application');
}

function checkOptions(conversion: Conversion, object: ObjectValue, notes: Set<string>) {
  const work = conversion.workOf(object.file);
  const properties = children(object.node, 'properties');
  const gone = new Set<SyntaxNode>();
  for (const property of properties) {
    const name = property.type === 'SpreadElement' ? null : propertyKeyName(property);
    if (name === null || KNOWN.has(name)) continue;
    const value = child(property, 'value');
    if (OF_THE_SERVER.has(name)) {
      gone.add(property);
      const { file, line, column } = object.file.locate(property.start);
      notes.add(
        `\`${name}\` at ${file}:${line}:${column} was of Node’s server, and went: the new server has its own rules.`,
      );
    } else if (
      (name === 'caseSensitive' && value?.value === true) ||
      (name === 'trustProxy' && value?.value === false)
    )
      gone.add(property);
    else
      problem(
        conversion,
        object.file,
        property,
        'option',
        `the option \`${name}\` of the application has no counterpart here`,
      );
  }
  if (gone.size === 0) return;
  if (gone.size === properties.length) replace(conversion, work, object.node, ['{}'], 'option');
  else removeItems(conversion, work, properties, (each) => gone.has(each), 'option');
}
