import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { parse, stringify } from 'yaml';
import type { Declared } from './lambda.ts';

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
}

/**
 * The requests that Serverless gives to functions, by the CloudFormation that it makes of a manifest. Plugins are left
 * out: what they add at a deployment is not there.
 */
export async function packaged(folder: string, serverless: string): Promise<Declared[]> {
  const work = join(folder, '.packaged');
  rmSync(work, { recursive: true, force: true });
  for (const name of readdirSync(folder))
    if (!/^(node_modules|\.git|\.packaged|\.invoked)$/.test(name))
      cpSync(join(folder, name), join(work, name), { recursive: true });
  const manifest = join(
    work,
    readdirSync(work).find((name) => /^serverless\.ya?ml$/.test(name)) ?? 'serverless.yml',
  );
  // CloudFormation's tags are no part of what is asked for.
  const { plugins, frameworkVersion, resources, ...rest } = parse(readFileSync(manifest, 'utf8'), {
    logLevel: 'silent',
  });
  writeFileSync(manifest, stringify(rest));
  const program = join(serverless, 'node_modules', 'serverless', 'bin', 'serverless.js');
  const { all } = await execa(process.execPath, [program, 'package'], {
    ...{ cwd: work, all: true, reject: false, timeout: 120_000 },
    env: {
      SLS_TELEMETRY_DISABLED: '1',
      SLS_NOTIFICATIONS_MODE: 'off',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
    },
  });
  let made: { Resources: Record<string, Resource> };
  try {
    made = JSON.parse(
      readFileSync(join(work, '.serverless', 'cloudformation-template-update-stack.json'), 'utf8'),
    );
  } catch {
    throw new Error(`serverless made nothing of it: ${all?.slice(-400)}`);
  }
  return [...restRoutes(made.Resources), ...httpRoutes(made.Resources)];
}

const refOf = (value: unknown): string => (value as { Ref?: string })?.Ref ?? '';

/** The function that some value of CloudFormation names. */
function handlerIn(resources: Record<string, Resource>, value: unknown): string | null {
  const text = JSON.stringify(value) ?? '';
  const [name] =
    Object.entries(resources).find(
      ([key, { Type }]) => Type === 'AWS::Lambda::Function' && text.includes(`"${key}"`),
    ) ?? [];
  return name === undefined ? null : String(resources[name]?.Properties.Handler);
}

function restRoutes(resources: Record<string, Resource>): Declared[] {
  const pathOf = (ref: string): string => {
    const { Type, Properties } = resources[ref] ?? { Type: '', Properties: {} };
    return Type === 'AWS::ApiGateway::Resource'
      ? `${pathOf(refOf(Properties.ParentId))}/${Properties.PathPart}`
      : '';
  };
  return Object.values(resources).flatMap(({ Type, Properties }): Declared[] => {
    if (Type !== 'AWS::ApiGateway::Method') return [];
    // What answers for CORS is the gateway itself.
    const handler = handlerIn(resources, Properties.Integration);
    if (handler === null) return [];
    const method = String(Properties.HttpMethod);
    return [
      {
        method: method === 'ANY' ? 'ALL' : method,
        path: pathOf(refOf(Properties.ResourceId)) || '/',
        handler,
        version: 1,
      },
    ];
  });
}

function httpRoutes(resources: Record<string, Resource>): Declared[] {
  return Object.values(resources).flatMap(({ Type, Properties }): Declared[] => {
    if (Type !== 'AWS::ApiGatewayV2::Route') return [];
    const target = JSON.stringify(Properties.Target);
    const [, integration] =
      Object.entries(resources).find(
        ([key, { Type: type }]) => type === 'AWS::ApiGatewayV2::Integration' && target.includes(`"${key}"`),
      ) ?? [];
    const handler = handlerIn(resources, integration?.Properties);
    const [method = 'ANY', path = '/{proxy+}'] = String(Properties.RouteKey).split(' ');
    return handler === null
      ? []
      : [{ method: /^(ANY|\$default)$/.test(method) ? 'ALL' : method, path, handler, version: 2 }];
  });
}
