import type { Value } from '../../../syntax/flow/values.ts';
import type { Gate, GatewayFunction, RouteStep, Scope } from '../../model.ts';
import type { Reader, Reading } from '../../reader.ts';
import { exportsOf } from '../../values.ts';
import { PROXIES, proxiedBy } from './proxies.ts';

const EVENT = ['request', null, null] as const;

/** AWS Lambda behind API Gateway: a manifest says which requests a function gets. What it declares is read before. */
const lambda: Reader = {
  framework: 'aws-lambda',
  title: 'AWS Lambda',
  concerns: (path, _modules, gateway) => gateway.some(({ file }) => file === path),
  rules: { modules: PROXIES },
  read: readScopes,
  template: gatewayTemplate,
};
export default lambda;

/** `{id}` and `{proxy+}`. Source: API Gateway's documentation of resource paths, of REST and HTTP APIs. */
export function gatewayTemplate(written: string): string {
  return written.replace(/\{([\w.-]+)\+\}/g, '*$1').replace(/\{([\w.-]+)\}/g, (_, name: string) => {
    // A dash is no part of a name in the notation that Express and Hono share.
    return `:${name.replace(/\W/g, '_')}`;
  });
}

function readScopes(reading: Reading): Scope[] {
  return reading.gateway.flatMap((declared): Scope[] => {
    if (declared.requests.length === 0) return [];
    const { file, location, name } = declared;
    const handlers = file === null ? [] : exported(reading, file, declared.exported);
    const proxied = proxiedBy(reading, handlers);
    const steps = declared.requests.map((request) => routeOf(reading, declared, handlers, request));
    if (proxied !== null) {
      const gate: Gate = { name, takesOff: proxied.takesOff, routes: steps, location };
      reading.gate(gate);
      return [];
    }
    if (handlers.length === 0)
      reading.notFollowed(
        `the function ${name} of AWS Lambda`,
        file === null
          ? 'the file of its handler is not in the repository: it may be built'
          : `${file} exports no ${declared.exported} that could be followed`,
        location,
      );
    return [{ framework: 'aws-lambda', kind: 'application', location, steps, middleware: 'in-order' }];
  });
}

/** What a file exports by a name, however it does. */
function exported({ flow }: Reading, path: string, name: string): Value[] {
  const module = flow.moduleOf(path);
  const whole = exportsOf(flow, module);
  return [
    ...flow.memberOf(module, name).values,
    ...whole.flatMap((value) => [...flow.memberOf(value, name).values]),
  ];
}

function routeOf(
  { modules, handlers: described, arguments: _args }: Reading,
  { file }: GatewayFunction,
  values: readonly Value[],
  { method, path, location }: GatewayFunction['requests'][number],
): RouteStep {
  const source = file === null ? null : modules.file(file);
  const passed =
    source === null ? null : described.passed({ file: source, node: source.program }, EVENT, values);
  const [first] = passed?.functions ?? [];
  return {
    ...{ kind: 'route', methods: [method === 'ANY' ? 'ALL' : method], path, schema: null },
    location: first?.location ?? location,
    handlers: passed === null || values.length === 0 ? [] : [passed],
  };
}
