import type { ExternalCall } from '../../../syntax/flow/flow.ts';
import type { ExternalValue, Value } from '../../../syntax/flow/values.ts';
import { argumentsOf } from '../../../syntax/nodes.ts';
import type { SyntaxNode } from '../../../syntax/parse.ts';
import type { Place } from '../../model.ts';
import type { Reading } from '../../reader.ts';
import { isExternal } from '../../values.ts';

/** Packages that let a function of Lambda call an application, which tells requests apart by itself. */
export const PROXIES: ReadonlySet<string> = new Set([
  ...[
    'serverless-http',
    'aws-serverless-express',
    '@vendia/serverless-express',
    '@codegenie/serverless-express',
  ],
  ...['aws-lambda-fastify', '@fastify/aws-lambda', 'hono/aws-lambda', 'aws-serverless-koa'],
]);

/** An application that a function hands its requests to. */
export interface Proxied {
  /** What the proxy takes off the front of each path: `basePath` of serverless-http. */
  takesOff: string;
  /** Where it is handed over. */
  at: Place;
}

/** The application that a handler leads to: the handler is made by a proxy, or it is written in a file that calls one. */
export function proxiedBy(reading: Reading, handlers: readonly Value[]): Proxied | null {
  const calls = reading.flow.externalCalls.filter(({ callee }) => isProxy(callee));
  const [direct] = handlers.flatMap((value) => (isProxy(value) ? (value.calls[0] ?? []) : []));
  if (direct !== undefined) return told(reading, direct);
  for (const value of handlers) {
    if (value.kind !== 'function') continue;
    const inside = calls.filter(({ file }) => file === value.file);
    const called = inside.find((call) => isWithin(call, value.node)) ?? inside[0];
    // `const answer = serverless(app)`, and then `answer(event, context)`: what it is made of is at the first.
    const made = called !== undefined && isExternal(called.callee) ? called.callee.calls[0] : undefined;
    if (called !== undefined) return told(reading, made ?? called);
  }
  return null;
}

const isProxy = (value: Value): value is ExternalValue => isExternal(value) && PROXIES.has(value.module);

const isWithin = ({ node }: ExternalCall, around: SyntaxNode): boolean =>
  node.start >= around.start && node.end <= around.end;

function told({ arguments: args }: Reading, { file, node }: Place): Proxied {
  const [, options] = argumentsOf(node);
  const [object] = options === undefined ? [] : args.objects({ file, node: options });
  const base = args.property(object, 'basePath');
  return { takesOff: base === null ? '' : (args.texts(base)[0] ?? ''), at: { file, node } };
}
