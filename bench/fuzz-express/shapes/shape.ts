import type { CaseRequest } from '../../express-coverage/cases.ts';
import { extension, fresh, indent, inFile, type Making, specifier } from '../making.ts';

/** A way real applications are written, of which each program gets a variant: uploads, sessions, tables of handlers … */
export interface Shape {
  /** Packages it imports, by the name of package.json. */
  packages?: readonly string[];
  /** Statements of the application's file, registrations on `app` among them, in their order. */
  write(shaping: Shaping): string[];
}

/** A program while a shape is added to it. */
export interface Shaping {
  making: Making;
  /** A name nothing else has. */
  name(stem: string): string;
  /** Imports a package into the open file under a local name, once. */
  use(local: string, from: string): void;
  /** The folder of the open file, as an expression. */
  folder: string;
  /** A function of `req, res, next` and the like as an expression, sometimes declared before under a name. */
  fn(parameters: string, lines: readonly string[], options?: { async?: boolean }): string;
  /** Writes exported declarations into a file of their own, with what they use, and imports the names. */
  elsewhere(path: string, names: readonly string[], write: () => readonly string[]): void;
  /** A file that is no source. */
  file(path: string, text: string): void;
  ask(method: string, path: string, given?: Partial<Pick<CaseRequest, 'headers' | 'body'>>): void;
}

/** What shapes leave behind besides source. */
export interface Left {
  files: Map<string, string>;
  requests: CaseRequest[];
}

const TYPES: Readonly<Record<string, string>> = { req: 'Request', res: 'Response', next: 'NextFunction' };

/** Longer than any wait in a shape. */
const TIMEOUT = 1_000;

export function shapingOf(making: Making, left: Left): Shaping {
  const { random, style } = making;
  const typed = (name: string) => (style.typescript ? `${name}: ${TYPES[name] ?? 'any'}` : name);
  const list = (parameters: string) =>
    parameters === '' ? '' : parameters.split(', ').map(typed).join(', ');
  const head = (line: string) => {
    if (!making.open.head.includes(line)) making.open.head.push(line);
  };
  return {
    making,
    folder: style.esm ? 'import.meta.dirname' : '__dirname',
    name: (stem) => fresh(making, stem),
    use: (local, from) =>
      head(style.esm ? `import ${local} from '${from}';` : `const ${local} = require('${from}');`),
    fn(parameters, lines, { async = false } = {}) {
      const lead = async ? 'async ' : '';
      const arrow = [`${lead}(${list(parameters)}) => {`, ...indent(lines), '}'].join('\n');
      if (random.chance(0.6)) return arrow;
      const name = fresh(making, 'step');
      if (random.chance(0.5)) making.open.body.push(`const ${name} = ${arrow};`);
      else making.open.body.push(`${lead}function ${name}(${list(parameters)}) {`, ...indent(lines), '}');
      return name;
    },
    elsewhere(path, names, write) {
      const file = `${path}.${extension(making)}`;
      const spec = `'${specifier(making, making.open.path, file)}'`;
      inFile(making, file, ({ body }) => {
        body.push(...write());
        const all = `{ ${names.join(', ')} }`;
        body.push(style.esm ? `export ${all};` : `module.exports = ${all};`);
      });
      const all = `{ ${names.join(', ')} }`;
      head(style.esm ? `import ${all} from ${spec};` : `const ${all} = require(${spec});`);
    },
    file: (path, text) => left.files.set(path, text),
    ask: (method, path, { headers = {}, body = null } = {}) =>
      left.requests.push({ method, path, headers, body, timeout: TIMEOUT }),
  };
}

export const JSON_TYPE = { 'Content-Type': 'application/json' };
