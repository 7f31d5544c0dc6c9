import type { CodemodInput, CodemodOutput } from '../../src/codemod/contract.ts';
import type {
  ExpressProgram,
  ExpressRoute,
  HandlerArgument,
  RouterValue,
} from '../../src/workspace/express/program.ts';
import { argumentsOf, literalText, memberName, propertyKeyName } from '../../src/workspace/syntax/nodes.ts';
import { parseFile } from '../../src/workspace/syntax/parse.ts';
import { splitSpecifier } from '../../src/workspace/syntax/resolve.ts';
import { stripTypes } from '../../src/workspace/syntax/strip-types.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';
import expressToHono from '../express-to-hono/index.ts';
import { nearestManifest } from '../shared/edit/manifest.ts';
import { textAfter } from '../shared/transform/text-after.ts';
import { type Chain, chainOf } from './chain.ts';
import { createCollector } from './collect.ts';
import { type Known, Refusal } from './known.ts';
import { tidied } from './layout.ts';

/** The module of the routes, in the folder. */
export const MODULE = 'routes.mjs';

/** Settings of Express that an answer goes by. */
const SETTINGS = new Set([
  ...['etag', 'json spaces', 'json replacer', 'json escape', 'x-powered-by', 'query parser'],
  ...['case sensitive routing', 'strict routing'],
]);

/** Routes as a Hono application. */
export interface Converted {
  /** Hono's paths, in the order of the routes. */
  paths: string[];
  /** The files of the folder that hold them. */
  files: ReadonlyMap<string, string>;
  /** Packages that the files import, with their versions. */
  dependencies: Readonly<Record<string, string>>;
  output: CodemodOutput;
}

/**
 * Writes an Express application of the chosen routes and what they need, and converts that.
 *
 * @throws Refusal where one of them cannot live at the edge
 */
export async function convertRoutes(
  input: CodemodInput,
  program: ExpressProgram,
  known: Known,
  routes: readonly ExpressRoute[],
): Promise<Converted> {
  const chains = routes.map((route) => ({ route, chain: chainOf(program, route) }));
  if (known.patch !== null)
    throw new Refusal(known.patch, 'this changes what the language or Express does for every route');
  const [first] = chains;
  if (first === undefined) throw new Error('no route to convert');
  const other = chains.find(({ chain }) => chain.app !== first.chain.app);
  if (other !== undefined)
    throw new Refusal(other.route.registration, 'it belongs to another application than the first of them');
  const source = expressModule(
    program,
    known,
    chains.map(({ chain }) => chain),
  );
  const manifest = await nearestManifest(input, first.chain.app.file.path);
  const texts = new Map([
    ['package.json', (await input.read(manifest)) ?? '{}'],
    [MODULE, source],
  ]);
  const output = await expressToHono.run({
    ...{ root: input.root, paths: [...texts.keys()], signal: input.signal, progress: () => {} },
    read: async (path) => texts.get(path) ?? null,
    options: {
      parity: input.options.parity === 'wire' ? 'wire' : 'idiomatic',
      target: input.options.target === 'workers' ? 'workers' : 'node',
      only: [],
    },
  });
  const reason =
    [...output.failed.values()][0] ??
    output.outcomes.find(({ outcome }) => outcome !== 'converted')?.reason ??
    output.limits[0]?.reason;
  const edits = output.edits.get(MODULE);
  const where = first.route.registration;
  if (reason !== undefined) throw new Refusal(where, reason);
  if (edits === undefined)
    throw new Refusal(where, output.leftForYou[0]?.reason ?? 'it could not be converted');
  const files = new Map([[MODULE, textAfter({ text: source, edits })]]);
  // The entry and its configuration are the layer's own.
  for (const [path, text] of output.created)
    if (path !== 'worker.mjs' && path !== 'wrangler.jsonc') files.set(path, text);
  const manifestAfter = textAfter({
    text: texts.get('package.json') ?? '{}',
    edits: output.edits.get('package.json') ?? [],
  });
  return {
    paths: chains.map(({ chain }) => chain.path),
    files,
    dependencies: dependenciesOf(files, manifestAfter),
    output,
  };
}

function expressModule(program: ExpressProgram, known: Known, chains: readonly Chain[]): string {
  const collector = createCollector(known, new Set(['app', 'express']));
  const code = (argument: HandlerArgument) => collector.code(argument.file, argument.node);
  const isCookies = (argument: HandlerArgument) =>
    argument.kind === 'package' && argument.package === 'cookie-parser';
  const own = ({ before, handlers }: Chain) => [...before, ...handlers];
  const rest = chains.map((chain) =>
    own(chain)
      .filter((each) => !isCookies(each))
      .map(code)
      .join(', '),
  );
  // Cookies are read into the request for nobody else.
  const isRead = [...collector.declarations(), ...rest].some(readsCookies);
  const calls = chains.map((chain, index) => {
    const list = isRead ? own(chain).map(code).join(', ') : rest[index];
    return `app.get('${chain.path}', ${list});`;
  });
  const [chain] = chains;
  const settings = chain === undefined ? [] : settingsOf(program, chain.app);
  const text = [
    ["import express from 'express';", ...collector.imports()].join('\n'),
    ...collector.declarations(),
    ['const app = express();', ...settings].join('\n'),
    calls.join('\n\n'),
    'export default app;\n',
  ].join('\n\n');
  const isTyped = program.files.some(({ typescript }) => typescript);
  return tidied(MODULE, isTyped ? withoutTypes(text, chain) : text);
}

/** Whether code names the cookies of a request. */
function readsCookies(text: string): boolean {
  const { program } = parseFile(
    'part.ts',
    /^(?:import|const|function|async|class|\/)/.test(text) ? text : `(${text})`,
  );
  return findAll(program, 'MemberExpression', 'Property').some(
    (node) => memberName(node) === 'cookies' || propertyKeyName(node) === 'cookies',
  );
}

function withoutTypes(text: string, chain: Chain | undefined): string {
  try {
    const plain = stripTypes(text, parseFile('routes.ts', text).program);
    parseFile(MODULE, plain, { packageType: 'module' });
    return plain.endsWith('\n') ? plain : `${plain}\n`;
  } catch {
    if (chain === undefined) throw new Error('no route');
    throw new Refusal(chain.app.location, 'its types could not be taken out of its code');
  }
}

/** Calls that set what answers go by, as they are written. */
function settingsOf({ appCalls }: ExpressProgram, app: RouterValue): string[] {
  const calls = appCalls.filter(({ on, member }) => on === app && /^(set|enable|disable)$/.test(member));
  return calls.flatMap(({ file, call, member, location }) => {
    const [name, value] = argumentsOf(call);
    const setting = literalText(name);
    if (setting === null) throw new Refusal(location, 'which setting this is, is known only when it runs');
    if (!SETTINGS.has(setting)) return [];
    if (value !== undefined && value.type !== 'Literal')
      throw new Refusal(location, `the setting \`${setting}\` is not written out`);
    return [
      `app.${member}('${setting}'${value === undefined ? '' : `, ${file.text.slice(value.start, value.end)}`});`,
    ];
  });
}

/** The packages that the files import, at the versions that package.json says after the conversion. */
function dependenciesOf(files: ReadonlyMap<string, string>, manifest: string): Record<string, string> {
  const { dependencies = {} } = JSON.parse(manifest.replace(/^\uFEFF/, '')) as {
    dependencies?: Record<string, string>;
  };
  return Object.fromEntries(
    packagesOf(files).map((name) => {
      const version = dependencies[name];
      if (version === undefined) throw new Error(`${name} is imported, and no package.json names it`);
      return [name, version.replace(/(^|@)[\^~]/, '$1')];
    }),
  );
}

function packagesOf(files: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>();
  for (const [path, text] of files) {
    const { program } = parseFile(path, text, { packageType: 'module' });
    for (const statement of program.body as { type: string; source?: { value: string } | null }[]) {
      const source = statement.source?.value;
      if (source === undefined || /^(\.|node:)/.test(source)) continue;
      found.add(splitSpecifier(source).name);
    }
  }
  return [...found].filter((name) => name !== 'hono' && name !== '@hono/node-server');
}
