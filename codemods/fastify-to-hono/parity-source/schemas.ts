// JSON schemas: what comes in is validated by Ajv, with Fastify's options; what goes out is written by
// fast-json-stringify, which leaves out what the schema does not name.
import validators from '@fastify/ajv-compiler';
import serializers from '@fastify/fast-json-stringify-compiler';
import { schemaOf } from './rules.ts';
import type { Loose, Read, Route, Schemas } from './types.ts';
import { complaintOf } from './validators.ts';

const PARTS = ['params', 'body', 'querystring', 'headers'];

/** @param options `customOptions` of Ajv and `plugins`, as Fastify's option `ajv` has them */
export function jsonSchemas(options: Loose = {}): Schemas {
  const shared = new WeakMap<object, Record<string, Loose>>();
  const own = new WeakMap<object, Record<string, Loose>>();
  const toValidator = validators();
  const toSerializer = serializers();
  const seenBy = (app: object): Record<string, Loose> => {
    const above = Object.getPrototypeOf(app);
    return {
      ...(shared.get(app) ?? {}),
      ...(above === Object.prototype || above === null ? {} : seenBy(above)),
    };
  };
  /** A compiler that a part, or one above it, was given in the place of Ajv or fast-json-stringify. */
  const givenTo = (app: object | null, what: string): Loose =>
    app === null ? undefined : (own.get(app)?.[what] ?? givenTo(Object.getPrototypeOf(app), what));
  return {
    add(app, schema) {
      const { $id } = schema as { $id: string };
      shared.set(app, { ...shared.get(app), [$id]: schema });
    },
    get: (app, id) => seenBy(app)[id],
    all: seenBy,
    use(app, what, compile) {
      own.set(app, { ...own.get(app), [what]: compile });
    },
    compile(app, route) {
      const schema = route.options.schema as Loose;
      const externals = seenBy(app);
      const given = givenTo(app, 'validate');
      const compile =
        given ??
        toValidator(externals, {
          customOptions: options.customOptions ?? {},
          ...{ plugins: options.plugins ?? [], onCreate: options.onCreate },
        });
      const whole: Loose = { ...schema, querystring: schema.querystring ?? schema.query };
      const checks = PARTS.filter((part) => whole[part] !== undefined).map((part) => ({
        part,
        check: partsOf(part, whole[part], given !== undefined, (each) =>
          compile({ schema: each, method: route.method, url: route.url, httpPart: part } as never),
        ),
      }));
      if (checks.length > 0) route.validate = (read, type) => validated(checks, read, type, route);
      if (schema.response !== undefined)
        route.serialize = serializerOf(
          schema.response,
          givenTo(app, 'serialize'),
          toSerializer(externals, {} as never),
          route,
        );
    },
  };
}

type Check = Loose;

/** One check, or one for each media type. */
function partsOf(
  part: string,
  schema: Loose,
  isOwn: boolean,
  compile: (schema: Loose) => Check,
): Check | Record<string, Check> {
  if (isOwn) return compile(schemaOf(schema));
  if (part === 'headers') return compile(lowered(schemaOf(schema)));
  if (part !== 'body' || !schema.content) return compile(schemaOf(schema));
  return Object.fromEntries(
    Object.entries(schema.content).map(([type, { schema: own }]: Loose) => [type, compile(own)]),
  );
}

/** Names of headers are in lower case. */
function lowered(schema: Loose): Loose {
  if (typeof schema !== 'object' || schema === null) return schema;
  const names = (list: Record<string, Loose>) =>
    Object.fromEntries(Object.entries(list).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    ...schema,
    ...(schema.properties && { properties: names(schema.properties) }),
    ...(schema.required && { required: schema.required.map((name: string) => name.toLowerCase()) }),
  };
}

async function validated(
  checks: { part: string; check: Check }[],
  read: Read,
  type: string,
  route: Route,
): Promise<Error | null> {
  for (const { part, check } of checks) {
    const name = (part === 'querystring' ? 'query' : part) as keyof Read;
    const run = typeof check === 'function' ? check : check[type.split(';')[0]?.trim() ?? ''];
    if (run === undefined) continue;
    const found = await complaintOf(run, read, name);
    if (found) return invalid(found, part, route);
  }
  return null;
}

/** What a validator has against a part, as an error: one of its own, or words for its list. */
function invalid(found: Loose, part: string, route: Route): Error {
  const isOwn = found instanceof Error;
  const format = (route.options.schemaErrorFormatter ?? worded) as (errors: Loose, part: string) => Loose;
  const error: Loose = isOwn ? found : format(found, part);
  error.statusCode ||= 400;
  error.code ||= 'FST_ERR_VALIDATION';
  if (!isOwn) error.validation = found;
  error.validationContext = (isOwn && error.validationContext) || part;
  return error;
}

const worded = (errors: { instancePath?: string; message: string }[], part: string): Error =>
  new Error(errors.map(({ instancePath = '', message }) => `${part}${instancePath} ${message}`).join(', '));

/** Picks the schema of a status: its own, that of `2xx`, `default`; undefined for a status that has none. */
function serializerOf(
  response: Record<string, Loose>,
  given: Loose,
  byDefault: Loose,
  route: Route,
): NonNullable<Route['serialize']> {
  const compile = given ?? byDefault;
  const made = new Map<string, Loose>();
  for (const [status, schema] of Object.entries(response)) {
    const key = status.toLowerCase();
    const own = (each: Loose, contentType?: string) =>
      compile({ schema: each, method: route.method, url: route.url, httpStatus: key, contentType });
    made.set(
      key,
      schema.content
        ? Object.fromEntries(
            Object.entries(schema.content).map(([type, { schema: inner }]: Loose) => [
              type,
              own(inner, type),
            ]),
          )
        : own(schemaOf(schema)),
    );
  }
  return ((value, status, type) => {
    const found = made.get(String(status)) ?? made.get(`${String(status)[0]}xx`) ?? made.get('default');
    const media = type.split(';')[0]?.trim() ?? '';
    const write = typeof found === 'object' ? (found[media] ?? found['*/*']) : found;
    return write?.(value);
  }) as NonNullable<Route['serialize']>;
}
