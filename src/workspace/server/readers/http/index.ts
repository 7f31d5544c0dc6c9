import type { ExternalValue, FunctionValue, Value } from '../../../syntax/flow/values.ts';
import { argumentsOf, isFunction } from '../../../syntax/nodes.ts';
import { enclosingFunction } from '../../../syntax/walk.ts';
import type { Passed, Place, RouteStep, Scope } from '../../model.ts';
import type { Reader, Reading } from '../../reader.ts';
import { isExternal, memberOf, wayTo } from '../../values.ts';
import { kindOf, METHOD_TEXT, REQUEST, RESPONSE, URL_TEXT } from './kinds.ts';
import { type Registered, registeredRoutes } from './registered.ts';
import { requestsIn } from './walk.ts';

const SERVERS = /^(?:node:)?(?:http|https|http2)$/;
const MAKES = /^(?:createServer|createSecureServer|Server)$/;
const HANDLER = ['request', 'response'] as const;

/** A function that a server of Node calls for each request. */
interface Listener {
  fn: FunctionValue;
  server: Place;
}

const listeners = new WeakMap<Reading, Listener[]>();

/** Node's own servers: what their listener tells apart by method and path. */
const http: Reader = {
  framework: 'node:http',
  title: "Node's own server",
  concerns: (path, modules) =>
    /["'](?:node:)?https?2?["']/.test(modules.text(path) ?? '') &&
    /\b(?:createServer|createSecureServer|Server)\b/.test(modules.text(path) ?? ''),
  rules: {
    modules: new Set([
      'http',
      'https',
      'http2',
      'node:http',
      'node:https',
      'node:http2',
      'url',
      'node:url',
      '',
    ]),
    tracks: (callee) => makesServer(callee) || isUrlParser(callee),
  },
  begin(reading) {
    const { flow } = reading;
    const found: Listener[] = [];
    listeners.set(reading, found);
    const [request, response] = [flow.marker(REQUEST), flow.marker(RESPONSE)];
    flow.setMember(request, 'url', flow.marker(URL_TEXT));
    flow.setMember(request, 'method', flow.marker(METHOD_TEXT));
    const listen = (value: Value, server: Place) => {
      if (value.kind !== 'function' || found.some(({ fn }) => fn.node === value.node)) return;
      found.push({ fn: value, server });
      const [first, second] = value.parameters;
      if (first) flow.add(first, request);
      if (second) flow.add(second, response);
    };
    flow.onExternalCall(({ callee, file, node, arguments: args }) => {
      if (!isExternal(callee)) return;
      const on = memberOf(callee);
      const [event] = argumentsOf(node);
      const isOn =
        on !== null &&
        isServer(on.of) &&
        /^(on|addListener|once)$/.test(on.member) &&
        event?.value === 'request';
      if (!makesServer(callee) && !isOn) return;
      for (const cell of isOn ? args.slice(1, 2) : args.slice(0, 2))
        flow.read(cell, (value) => listen(value, { file, node }));
    });
  },
  isPlain: true,
  read: readScopes,
};
export default http;

const makesServer = ({ origin, module, path }: ExternalValue): boolean =>
  origin === 'builtin' &&
  SERVERS.test(module) &&
  MAKES.test(path.filter((name) => name !== 'default').join('.'));

const isServer = (value: ExternalValue): boolean =>
  value.path.at(-1) === '()' && value.parent !== null && makesServer(value.parent);

const isUrlParser = (value: ExternalValue): boolean =>
  (value.origin === 'global' && wayTo(value) === 'URL') ||
  (value.origin === 'builtin' &&
    /^(?:node:)?url$/.test(value.module) &&
    /^(?:URL|parse)$/.test(wayTo(value)));

function readScopes(reading: Reading): Scope[] {
  return (listeners.get(reading) ?? []).flatMap(({ fn, server }): Scope[] => {
    const location = server.file.locate(server.node.start);
    const { found, lost } = requestsIn(reading.flow, fn);
    for (const place of lost)
      reading.notFollowed(
        'requests that a server of Node tells apart',
        'the table that is asked is not written down',
        place.file.locate(place.node.start),
      );
    const steps = found.flatMap(({ method, path, at, answers }): RouteStep[] =>
      path === null
        ? []
        : [
            {
              ...{ kind: 'route', methods: [method ?? 'ALL'], path, schema: null },
              location: at.file.locate(at.node.start),
              handlers: [passedTo(reading, fn, answers)],
            },
          ],
    );
    const own = steps.length === 0 || lost.length > 0 ? registeredRoutes(reading.flow) : [];
    if (own.length > 0) {
      steps.push(...own.map((one) => registeredStep(reading, one)));
      reading.notFollowed(
        'how a router of its own tells requests apart',
        'its routes are those that are registered; how they are matched was not followed',
        location,
      );
    } else if (steps.length === 0) {
      if (asksForPath(reading, fn))
        reading.notFollowed(
          'routes of a server of Node',
          'how its listener tells requests apart could not be followed',
          location,
        );
      else if (handsOn(reading, fn)) return [];
      else
        steps.push({
          kind: 'route',
          methods: ['ALL'],
          path: '/*',
          schema: null,
          location,
          handlers: [passedTo(reading, fn, fn)],
        });
    }
    return [{ framework: 'node:http', kind: 'application', location, steps, middleware: 'in-order' }];
  });
}

/** A route of a router that the program wrote itself. */
const registeredStep = ({ handlers }: Reading, { method, path, at, answers }: Registered): RouteStep => ({
  ...{ kind: 'route', methods: [method], path, schema: null, location: at.file.locate(at.node.start) },
  handlers: [
    {
      ...at,
      functions: answers === null ? [] : [handlers.function(answers, HANDLER)],
      ...{ packages: [], isUnknown: answers === null },
    },
  ],
});

/** The function that answers: the one a table names, or else the one around the test. */
function passedTo({ handlers }: Reading, listener: Place, { file, node }: Place): Passed {
  const fn = isFunction(node) ? node : (enclosingFunction(file, node) ?? listener.node);
  return {
    file,
    node: fn,
    functions: [handlers.function({ file, node: fn }, HANDLER)],
    packages: [],
    isUnknown: false,
  };
}

/** Whether a listener looks at the path at all; one that does not answers every request alike. */
const asksForPath = ({ flow }: Reading, { file, node }: Place): boolean =>
  [...flow.expressionsIn(file)].some(
    ([inner]) =>
      inner.start >= node.start && inner.end <= node.end && kindOf(flow, { file, node: inner }) !== null,
  );

/** Whether a listener hands its requests to what was not followed: a framework's own listener, whose routes are told there. */
const handsOn = ({ flow }: Reading, { file, node }: Place): boolean =>
  flow.calls.some(
    ({ file: at, node: call, callee, arguments: args }) =>
      at === file &&
      call.start >= node.start &&
      call.end <= node.end &&
      args.some(({ values }) => values.has(flow.marker(REQUEST))) &&
      ![...callee.values].some(({ kind }) => kind === 'function'),
  );
