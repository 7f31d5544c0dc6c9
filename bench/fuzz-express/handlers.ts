import { body } from './bodies.ts';
import {
  extension,
  fresh,
  indent,
  inFile,
  loose,
  type Making,
  parameter,
  type Scope,
  specifier,
} from './making.ts';

export type Kind = 'handler' | 'middleware' | 'param' | 'error';

/** A function before it has a form and a place. */
interface Written {
  async: boolean;
  /** With types. */
  parameters: string[];
  lines: string[];
}

const NAMES: readonly (readonly [string, string, string])[] = [
  ...[['req', 'res', 'next'] as const, ['req', 'res', 'next'] as const, ['req', 'res', 'next'] as const],
  ...[['request', 'response', 'next'] as const, ['_req', 'res', 'done'] as const, ['r', 's', 'n'] as const],
];

/** Writes a function of a kind: its parameters and its statements. */
function write(making: Making, kind: Kind, params: readonly string[], wrapped: boolean): Written {
  const { random, style } = making;
  const [req, res, next] = random.pick(NAMES);
  const takesNext = kind !== 'handler' || random.chance(0.6);
  const async = kind !== 'error' && random.chance(0.4);
  const escapes = async && style.express === 4 && !wrapped;
  const scope: Scope = {
    ...{ req, res, next: takesNext ? next : null, async, params },
    ...{ values: kind === 'param' ? ['value', 'name'] : [], uncaught: escapes, depth: 3 },
  };
  const typed = [
    parameter(making, 'req', req),
    parameter(making, 'res', res),
    ...(takesNext ? [parameter(making, 'next', next)] : []),
  ];
  if (kind === 'error') {
    const err = random.pick(['err', 'error', 'e']);
    return {
      ...{ async, parameters: [parameter(making, 'err', err), ...typed] },
      lines: errorBody(making, scope, err),
    };
  }
  const lines = body(making, scope, kind !== 'handler' || random.chance(0.05));
  const parameters =
    kind === 'param'
      ? [...typed, parameter(making, 'err', 'value'), parameter(making, 'err', 'name')]
      : typed;
  // Express 4 does not see the rejection of an async function.
  const guarded = escapes && takesNext && random.chance(0.8);
  if (!guarded) return { async, parameters, lines };
  return {
    async,
    parameters,
    lines: ['try {', ...indent(lines), '} catch (caught) {', `  ${next}(caught);`, '}'],
  };
}

/** An error handler: it answers with what the error carries, hands the error on, or lets the routes go on. */
function errorBody(making: Making, scope: Scope, err: string): string[] {
  const { random } = making;
  const { res } = scope;
  const lines: string[] = [];
  const next = scope.next ?? 'next';
  if (random.chance(0.4)) lines.push(`if (${res}.headersSent) return ${next}(${err});`);
  if (random.chance(0.35)) {
    const test = random.pick([
      `${err}.status !== 422`,
      `${err}.status === 404`,
      `!(${err} instanceof HttpError)`,
      `${err}.type === 'entity.parse.failed'`,
    ]);
    lines.push(
      random.chance(0.7) ? `if (${test}) return ${next}(${err});` : `if (${test}) return ${next}();`,
    );
  }
  if (random.chance(0.15)) lines.push(`${res}.set('X-Error', '1');`);
  const status = random.pick([
    `${err}.status || 500`,
    `${err}.statusCode || ${err}.status || 500`,
    '500',
    `${err}.status ?? 400`,
  ]);
  const message = random.pick([`${err}.message`, `String(${err}.message)`, `'failed'`, `${err}.status`]);
  const answers = [
    `${res}.status(${status}).json({ error: ${message} });`,
    `${res}.status(${status}).send(String(${message}));`,
    `return ${res}.status(${status}).json({ error: { message: ${message}, path: ${scope.req}.path } });`,
    `${res}.status(${status}).type('txt').send('E: ' + ${message});`,
    `${res}.sendStatus(${status});`,
    `${next}(${err});`,
    `${res}.statusCode = ${status}; ${res}.end(String(${message}));`,
  ];
  return [...lines, random.pick(answers)];
}

/** How a function is written as an expression, or in a statement of its own under a name. */
function expression({ random }: Making, { async, parameters, lines }: Written): string {
  const list = parameters.join(', ');
  const lead = async ? 'async ' : '';
  if (random.chance(0.75)) {
    const [only] = lines;
    const single = lines.length === 1 && only !== undefined && /^(return )?[\w.]+\(.*\);$/.test(only);
    if (single && !/\bthrow\b|^(if|for|switch)\b/.test(only) && random.chance(0.6))
      return `${lead}(${list}) => ${only.replace(/^return /, '').replace(/;$/, '')}`;
    return [`${lead}(${list}) => {`, ...indent(lines), '}'].join('\n');
  }
  return [`${lead}function (${list}) {`, ...indent(lines), '}'].join('\n');
}

/** A function of a kind, written somewhere, as the expression that names it in the file that is open. */
export function makeHandler(making: Making, kind: Kind, params: readonly string[]): string {
  const { random, style } = making;
  if (kind === 'handler' && random.chance(0.12))
    return `wrapAsync(${expression(making, write(making, kind, params, true))})`;
  const name = fresh(making, kind);
  if (style.many && random.chance(0.2)) return imported(making, kind, name, params);
  const written = write(making, kind, params, false);
  const { body: lines } = making.open;
  return random.weighted<() => string>([
    [10, () => expression(making, written)],
    [
      3,
      () => {
        lines.push(...declaration(name, written));
        return name;
      },
    ],
    [
      2,
      () => {
        lines.push(`const ${name} = ${expression(making, written)};`);
        return name;
      },
    ],
    [1.5, () => curried(making, name, expression(making, written))],
    [1.5, () => member(making, name, written)],
    [kind === 'param' ? 0 : 1.5, () => classMember(making, name, written)],
  ])();
}

const lead = ({ async }: Written): string => (async ? 'async ' : '');

const declaration = (name: string, written: Written): string[] => [
  `${lead(written)}function ${name}(${written.parameters.join(', ')}) {`,
  ...indent(written.lines),
  '}',
];

function curried(making: Making, name: string, code: string): string {
  const { random, open } = making;
  const option = loose(making, 'option');
  if (random.chance(0.5)) open.body.push(`const ${name} = (${option}) => ${code};`);
  else open.body.push(`function ${name}(${option}) {`, `  return ${code};`, '}');
  return `${name}(${random.pick(["'admin'", '1', '{ strict: true }'])})`;
}

/** A method of an object. */
function member(making: Making, name: string, written: Written): string {
  const lines = making.random.chance(0.6)
    ? [`${lead(written)}show(${written.parameters.join(', ')}) {`, ...indent(written.lines), '},']
    : [`show: ${expression(making, written)},`];
  making.open.body.push(`const ${name} = {`, ...indent(lines), '};');
  return `${name}.show`;
}

function classMember(making: Making, name: string, written: Written): string {
  const { random, open } = making;
  const Name = `C${name}`;
  const list = written.parameters.join(', ');
  const [first, last] = random.chance(0.65)
    ? [`${lead(written)}show(${list}) {`, '}']
    : [`show = ${lead(written)}(${list}) => {`, '};'];
  const shared = random.chance(0.25);
  open.body.push(
    ...[`class ${Name} {`, `  ${shared ? 'static ' : ''}${first}`],
    ...[...indent(indent(written.lines)), `  ${last}`, '}'],
  );
  if (shared) return `${Name}.show`;
  open.body.push(`const ${name} = new ${Name}();`);
  return random.pick([`${name}.show.bind(${name})`, `${name}.show`]);
}

/** In a file of its own, by its name, as the default, or as a member of what that file exports. */
function imported(making: Making, kind: Kind, name: string, params: readonly string[]): string {
  const { random, style, open } = making;
  const path = `${random.pick(['controllers', 'lib/handlers', 'middleware'])}/${name}.${extension(making)}`;
  const spec = `'${specifier(making, open.path, path)}'`;
  const byDefault = random.chance(0.4);
  const asMember = random.chance(0.5);
  inFile(making, path, ({ body: lines }) => {
    const written = write(making, kind, params, false);
    const [first = '', ...rest] = declaration(name, written);
    if (style.esm) lines.push(`export ${byDefault ? 'default ' : ''}${first}`, ...rest);
    else if (byDefault) lines.push(first, ...rest, `module.exports = ${name};`);
    else if (random.chance(0.5)) lines.push(first, ...rest, `module.exports = { ${name} };`);
    else lines.push(`exports.${name} = ${expression(making, written)};`);
  });
  if (style.esm) {
    open.head.push(
      byDefault
        ? `import ${name} from ${spec};`
        : asMember
          ? `import * as own${name} from ${spec};`
          : `import { ${name} } from ${spec};`,
    );
    return asMember && !byDefault ? `own${name}.${name}` : name;
  }
  if (byDefault) open.head.push(`const ${name} = require(${spec});`);
  else if (asMember) open.head.push(`const own${name} = require(${spec});`);
  else open.head.push(`const { ${name} } = require(${spec});`);
  return asMember && !byDefault ? `own${name}.${name}` : name;
}
