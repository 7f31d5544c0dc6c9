import { METHODS } from 'node:http';
import type { ExternalValue, Value } from '../../../syntax/flow/values.ts';
import type { Place } from '../../model.ts';
import type { Reading } from '../../reader.ts';
import { isExternal, makeExternal, memberOf, wayTo } from '../../values.ts';

const VERBS = new Set(['get', 'head', 'post', 'put', 'delete', 'options', 'patch', 'all', 'trace', 'search']);
/** Registers requests of a method that `addHttpMethod` adds. Source: Fastify 5, `lib/httpMethods`. */
for (const method of METHODS) VERBS.add(method.toLowerCase());

/** Methods of an instance that give it back. Source: Fastify's reference, Server. */
const FLUENT = new Set([
  ...VERBS,
  ...[
    'route',
    'register',
    'use',
    'after',
    'ready',
    'addHook',
    'addSchema',
    'addHttpMethod',
    'withTypeProvider',
  ],
  ...[
    'decorate',
    'decorateRequest',
    'decorateReply',
    'setErrorHandler',
    'setNotFoundHandler',
    'setSchemaErrorFormatter',
  ],
  ...[
    'setValidatorCompiler',
    'setSerializerCompiler',
    'setReplySerializer',
    'addContentTypeParser',
    'setSchemaController',
  ],
]);

/** Hooks that a request passes, in the order it does. Source: Fastify's reference, Lifecycle. */
export const REQUEST_HOOKS = [
  'onRequest',
  'preParsing',
  'preValidation',
  'preHandler',
  'preSerialization',
  'onSend',
  'onResponse',
  'onTimeout',
  'onError',
];

export const isVerb = (member: string): boolean => VERBS.has(member);

/** An instance of a plugin: `register` makes it for the function that it is given. */
const instances = new WeakSet<ExternalValue>();

export function makeInstance(): ExternalValue {
  const instance = makeExternal('fastify', ['()']);
  instances.add(instance);
  return instance;
}

/** Whether a value is an application or a plugin's instance. */
export const isInstance = (value: Value | null): value is ExternalValue =>
  isExternal(value) &&
  (instances.has(value) || (value.module === 'fastify' && /^(fastify\.)?\(\)$/.test(wayTo(value))));

/** Splits `app.get` into instance and member; null for everything else. */
export function instanceMember(value: Value): { instance: ExternalValue; member: string } | null {
  const found = memberOf(value);
  return found !== null && isInstance(found.of) ? { instance: found.of, member: found.member } : null;
}

/** What a call of an instance's method gives: the instance. */
export function givesItself(callee: ExternalValue): ExternalValue | null {
  const found = instanceMember(callee);
  return found !== null && FLUENT.has(found.member) ? found.instance : null;
}

/** Fastify's own plugins that add routes; those of its other ones are none. Static files are read as a route. */
const ADDING = new Set([
  'swagger-ui',
  'under-pressure',
  'oauth2',
  'http-proxy',
  'vite',
  'nextjs',
  'passport',
]);

/** Whether a plugin of a package may add routes by itself. */
export function mayAddRoutes(module: string): boolean {
  const [, name] = /^(?:@fastify\/|fastify-)([\w-]+)$/.exec(module) ?? [];
  return !module.startsWith('@fastify/') || (name !== undefined && ADDING.has(name));
}

/** Packages that are handed an instance by a call that is no registration: they may do anything to it. */
export function handedOn({ flow }: Reading): (Place & { module: string })[] {
  return flow.externalCalls.flatMap(({ callee, file, node, arguments: args }) => {
    if (!isExternal(callee) || callee.origin !== 'package' || instanceMember(callee) !== null) return [];
    if (!args.some(({ values }) => [...values].some(isInstance)) || callee.module.startsWith('@fastify/'))
      return [];
    return [{ file, node, module: callee.module }];
  });
}
