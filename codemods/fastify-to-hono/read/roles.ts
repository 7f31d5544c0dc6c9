import { functionName } from '../../../src/workspace/express/functions.ts';
import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { FunctionValue, ObjectValue, Value } from '../../../src/workspace/syntax/flow/values.ts';
import {
  argumentsOf,
  children,
  literalText,
  parametersOf,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Given, InstanceCall, Role, Unit } from '../state.ts';
import { schemaParts } from './schemas.ts';

const VERBS = new Set(['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'all']);

/** What each hook is called for and with. Source: Fastify's reference, Hooks. */
export const HOOKS: Readonly<Record<string, readonly [Role, readonly Given[]]>> = {
  onRequest: ['guard', ['request', 'reply', 'done']],
  preValidation: ['guard', ['request', 'reply', 'done']],
  preHandler: ['guard', ['request', 'reply', 'done']],
  onSend: ['sending', ['request', 'reply', 'payload', 'done']],
  onResponse: ['after', ['request', 'reply', 'done']],
  onError: ['error', ['request', 'reply', 'error', 'done']],
};

export const isVerb = (member: string): boolean => VERBS.has(member);

const HANDLER = ['request', 'reply'] as const;
const ERROR = ['error', 'request', 'reply'] as const;

/** A place where Fastify is given a function, or a list of them. */
export interface Slot {
  file: ParsedFile;
  node: SyntaxNode;
  role: Role;
  /** It is called with an error that others answer. */
  isOnError: boolean;
  values: readonly Value[];
}

/** Where a function was found that Fastify calls, and where no function could be found. */
export interface Roles {
  units: Map<SyntaxNode, Unit>;
  slots: Slot[];
  unknown: { call: InstanceCall; node: SyntaxNode; what: string }[];
  /** Parts of requests and answers that schemas are given for. */
  schemas: Set<string>;
  /** Whether there may be others. */
  hasUnknownSchemas: boolean;
  /** Handlers of routes that say what their answers look like, or may. */
  shaped: Set<SyntaxNode>;
}

/** Every function that Fastify calls for a request, with what it is given. */
export function readRoles(flow: Flow, calls: readonly InstanceCall[]): Roles {
  const found: Roles = {
    units: new Map(),
    slots: [],
    unknown: [],
    schemas: new Set(),
    hasUnknownSchemas: false,
    shaped: new Set(),
  };

  function fill(
    values: readonly Value[],
    role: Role,
    given: readonly Given[],
    call: InstanceCall,
    node: SyntaxNode,
    file = call.file,
  ): void {
    found.slots.push({ file, node, role, isOnError: given === HOOKS.onError?.[1], values });
    take(values, role, given, call, node);
  }

  function take(
    values: readonly Value[],
    role: Role,
    given: readonly Given[],
    call: InstanceCall,
    node: SyntaxNode,
  ): void {
    let known = 0;
    for (const value of values) {
      if (value.kind === 'array') {
        take([...flow.elementsOf(value).values], role, given, call, node);
        known += 1;
      } else if (value.kind === 'function') {
        addUnit(found.units, value, role, given);
        known += 1;
      } else if (value.kind === 'external' && value.module === 'fastify') {
        // A member that the application decorates: its values stand beside.
      } else if (value.kind === 'external' && value.origin === 'package') {
        // What a package made is for the rule of the package to say.
        found.unknown.push({ call, node, what: `\`${value.module}\` makes it` });
        known += 1;
      } else if (value.kind === 'unknown')
        found.unknown.push({ call, node, what: 'it could not be followed' });
    }
    if (known === 0) found.unknown.push({ call, node, what: 'it could not be followed' });
  }

  function takeOptions(object: ObjectValue, call: InstanceCall): void {
    const parts = schemaParts(flow, object);
    if (parts === 'unknown') found.hasUnknownSchemas = true;
    else for (const part of parts) found.schemas.add(part);
    const isShaped = parts === 'unknown' || parts.has('response');
    const handler = isVerb(call.member) ? argumentsOf(call.node)[2] : undefined;
    const own = [
      ...flow.memberOf(object, 'handler').values,
      ...(handler === undefined ? [] : flow.valuesOf(handler)),
    ];
    if (isShaped) for (const value of own) if (value.kind === 'function') found.shaped.add(value.node);
    for (const [name, node] of propertiesOf(object)) {
      const values = valuesAt(flow, object, name, node);
      if (name === 'handler') fill(values, 'handler', HANDLER, call, node, object.file);
      else if (name === 'errorHandler') fill(values, 'error', ERROR, call, node, object.file);
      else if (HOOKS[name] !== undefined) fill(values, ...HOOKS[name], call, node, object.file);
    }
  }

  for (const call of calls) {
    const args = argumentsOf(call.node);
    const [first, second, third] = args;
    const objects = (node: SyntaxNode | undefined) =>
      node === undefined
        ? []
        : flow.valuesOf(node).filter((value): value is ObjectValue => value.kind === 'object');
    if (isVerb(call.member)) {
      const handler = third ?? second;
      if (third !== undefined || objects(second).length > 0)
        for (const object of objects(second)) takeOptions(object, call);
      if (third !== undefined && objects(second).length === 0) {
        found.hasUnknownSchemas = true;
        for (const value of flow.valuesOf(third)) if (value.kind === 'function') found.shaped.add(value.node);
      }
      if (handler !== undefined && (third !== undefined || objects(second).length === 0))
        fill(flow.valuesOf(handler), 'handler', HANDLER, call, handler);
    } else if (call.member === 'route') {
      const own = objects(first);
      for (const object of own) takeOptions(object, call);
      if (own.length === 0 && first !== undefined)
        found.unknown.push({ call, node: first, what: 'its options could not be followed' });
    } else if (call.member === 'addHook') {
      const hook = HOOKS[literalText(first) ?? ''];
      if (hook !== undefined && second !== undefined) fill(flow.valuesOf(second), ...hook, call, second);
    } else if (call.member === 'addContentTypeParser') {
      const parse = third ?? second;
      if (parse !== undefined) fill(flow.valuesOf(parse), 'parser', ['request', 'body', 'done'], call, parse);
    } else if (call.member === 'setErrorHandler' && first !== undefined)
      fill(flow.valuesOf(first), 'error', ERROR, call, first);
    else if (call.member === 'setNotFoundHandler') {
      for (const object of objects(first)) takeOptions(object, call);
      const handler = args.at(-1);
      if (handler !== undefined) fill(flow.valuesOf(handler), 'missing', HANDLER, call, handler);
    }
  }
  return found;
}

/** The members of an object literal, by name; those of objects that are spread into it are asked for by the flow. */
export const propertiesOf = ({ node }: ObjectValue): [string, SyntaxNode][] =>
  children(node, 'properties').flatMap((property) => {
    const name = property.type === 'SpreadElement' ? null : propertyKeyName(property);
    return name === null ? [] : [[name, property.value as SyntaxNode]];
  });

const valuesAt = (flow: Flow, object: ObjectValue, name: string, node: SyntaxNode): readonly Value[] => {
  const own = flow.valuesOf(node);
  return own.length > 0 ? own : [...flow.memberOf(object, name).values];
};

function addUnit(
  units: Map<SyntaxNode, Unit>,
  { file, node }: FunctionValue,
  role: Role,
  given: readonly Given[],
): void {
  const known = units.get(node);
  if (known !== undefined) {
    known.roles.add(role);
    known.isMixed ||= known.parameters.some((each, index) => each !== (given[index] ?? null));
    return;
  }
  units.set(
    node,
    unitOf(
      file,
      node,
      role,
      parametersOf(node).map((_, index) => given[index] ?? null),
    ),
  );
}

export const unitOf = (
  file: Unit['file'],
  node: SyntaxNode,
  role: Role,
  parameters: (Given | null)[],
): Unit => ({
  ...{ file, node, parameters, roles: new Set([role]), isMixed: false },
  name: functionName(file, node),
  location: file.locate(node.start),
});
