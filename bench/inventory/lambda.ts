import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import { parse } from 'yaml';
import { gatewayTemplate } from '../../src/workspace/server/readers/lambda/index.ts';
import { packaged } from './cloudformation.ts';
import type { Held } from './run.ts';

/** A route as a manifest declares it, of one function. */
export interface Declared {
  method: string;
  path: string;
  /** `src/notes.list`, from the folder. */
  handler: string;
  /** The format of its event: 1 of a REST API, 2 of an HTTP API. */
  version: 1 | 2;
}

interface Call {
  file: string;
  name: string;
  event: unknown;
}

/**
 * The routes of functions behind API Gateway. Serverless itself says which requests it gives to which function (the
 * CloudFormation it makes); of a SAM template its events do. Each is then sent to its handler: one that is no function
 * holds nothing, and where an application is called, its own router says what it holds.
 *
 * @param serverless a folder where `serverless` is installed
 */
export async function invokedRoutes(
  folder: string,
  serverless: string,
  probe: string,
  env = {},
): Promise<Held> {
  const manifest = readdirSync(folder).find((name) => /^(sam-)?template[\w.-]*\.ya?ml$/.test(name));
  const declared =
    manifest === undefined ? await packaged(folder, serverless) : template(join(folder, manifest));
  const files = new Map<string, string>();
  for (const { handler } of declared) files.set(handler, await fileOf(folder, handler));
  const call = ({ method, path, handler, version }: Declared): Call => ({
    file: files.get(handler) ?? '',
    name: handler.split('.').at(-1) ?? '',
    event: eventOf(version, method, path),
  });
  const first = await invoke(folder, declared.map(call), probe, env);
  if (first.held.length === 0)
    return {
      status: 'invoked',
      routes: declared
        .filter((_, index) => first.answers[index]?.called)
        .map(({ method, path }) => `${method} ${gatewayTemplate(path)}`),
    };
  // An application answers: below what a function of it gets, by what it holds.
  const prefix = commonPrefix(declared);
  const own = first.held.map((route) => route.split(' ') as [string, string]);
  const [gate] = declared;
  const asked = own.map(([method, path]) => ({
    ...(gate as Declared),
    method: method === 'ALL' ? 'GET' : method,
    path: `${prefix}${path}`,
  }));
  const { answers } = await invoke(folder, asked.map(call), probe, env);
  const under = own.map(
    ([method, path]) => [method, `${prefix}${path === '/' && prefix !== '' ? '' : path}`] as const,
  );
  const isAnswered = answers.map(({ status }) => status !== null && status !== 404);
  // A path that is taken off the front is there only where requests with it are answered.
  const withPrefix = prefix === '' || isAnswered.some(Boolean);
  return {
    status: 'invoked',
    routes: (withPrefix ? under : own).map(([method, path]) => `${method} ${path}`),
  };
}

/** The fixed part before `{proxy+}` that all events share. */
function commonPrefix(declared: readonly Declared[]): string {
  const [first, ...more] = [...new Set(declared.map(({ path }) => path.replace(/\/?\{[\w.-]+\+\}$/, '')))];
  return first === undefined || more.length > 0 ? '' : first.replace(/\/$/, '');
}

async function invoke(folder: string, calls: readonly Call[], probe: string, env: Record<string, string>) {
  const work = join(folder, '.invoked');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  const [from, to, out] = ['calls.json', 'answers.json', 'held.json'].map((name) => join(work, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(from, JSON.stringify(calls));
  const program = probe.replace(/probe\.cjs$/, 'invoke.cjs');
  const { all } = await execa(process.execPath, ['--require', probe, program, from, to], {
    ...{ cwd: folder, all: true, reject: false, timeout: 120_000 },
    env: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      ...env,
      ROUTES_OUT: out,
    },
  });
  if (!existsSync(to)) throw new Error(`no handler was called: ${all?.slice(-400)}`);
  const answers: { status: number | null; called: boolean }[] = JSON.parse(readFileSync(to, 'utf8'));
  const held: string[] = existsSync(out) ? JSON.parse(readFileSync(out, 'utf8')).routes : [];
  return { answers, held };
}

/** The file of a handler; TypeScript is compiled beside it. */
async function fileOf(folder: string, handler: string): Promise<string> {
  const stem = join(folder, handler.replace(/\.[^./]+$/, ''));
  const found =
    ['.js', '.mjs', '.cjs', '.ts', '/index.js', '/index.ts'].map((end) => stem + end).find(existsSync) ??
    stem;
  if (!found.endsWith('.ts')) return found;
  const outfile = found.replace(/\.ts$/, '.bundle.cjs');
  await build({
    entryPoints: [found],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}

/** The events of a SAM template, with what its `Globals` say. */
function template(file: string): Declared[] {
  const { Resources, Globals } = parse(readFileSync(file, 'utf8'), { logLevel: 'silent' });
  return Object.values(
    Resources as Record<string, { Type: string; Properties?: Record<string, unknown> }>,
  ).flatMap(({ Type, Properties = {} }) => {
    if (Type !== 'AWS::Serverless::Function') return [];
    const { Handler, CodeUri = '', Events = {} } = { ...Globals?.Function, ...Properties };
    return Object.values(
      Events as Record<string, { Type: string; Properties?: { Path?: string; Method?: string } }>,
    ).flatMap((event): Declared[] => {
      if (!/^(Http)?Api$/.test(event.Type)) return [];
      const { Path = '/{proxy+}', Method = 'any' } = event.Properties ?? {};
      const method = Method.toUpperCase() === 'ANY' ? 'ALL' : Method.toUpperCase();
      return [{ method, path: Path, handler: join(CodeUri, Handler), version: event.Type === 'Api' ? 1 : 2 }];
    });
  });
}

/** An event of API Gateway. Source: AWS's documentation of the payload format versions 1.0 and 2.0. */
function eventOf(version: 1 | 2, given: string, written: string): unknown {
  const pathParameters = Object.fromEntries(
    [...written.matchAll(/\{([\w.-]+)\+?\}|:(\w+)/g)].map(([, a, b]) => [a ?? b, '1']),
  );
  const path = written.replace(/\{[\w.-]+\+?\}|:\w+|\*\w*/g, '1').replace(/[?]/g, '');
  const method = given === 'ALL' ? 'GET' : given;
  const headers = { host: 'x.execute-api.eu-west-1.amazonaws.com', 'content-type': 'application/json' };
  const body = /^(GET|DELETE|HEAD)$/.test(method) ? null : '{}';
  if (version === 1)
    return {
      ...{
        resource: written,
        path,
        httpMethod: method,
        headers,
        multiValueHeaders: {},
        pathParameters,
        body,
      },
      ...{
        queryStringParameters: null,
        multiValueQueryStringParameters: null,
        stageVariables: null,
        isBase64Encoded: false,
      },
      requestContext: {
        httpMethod: method,
        path,
        resourcePath: written,
        stage: 'dev',
        requestId: 'x',
        identity: { sourceIp: '127.0.0.1' },
      },
    };
  return {
    ...{
      version: '2.0',
      routeKey: `${method} ${written}`,
      rawPath: path,
      rawQueryString: '',
      headers,
      pathParameters,
      body,
    },
    ...{
      isBase64Encoded: false,
      requestContext: { http: { method, path, sourceIp: '127.0.0.1' }, stage: '$default', requestId: 'x' },
    },
  };
}
