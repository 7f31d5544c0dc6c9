import { describe, expect, it } from 'vitest';
import { at } from '../../model/at.ts';
import { project } from '../../testing/project.ts';
import { collectInventory } from '../index.ts';

const manifest = (dependencies: Record<string, string> = {}) => JSON.stringify({ name: 'app', dependencies });

async function names(files: Record<string, string>): Promise<string[]> {
  const { env } = await collectInventory(project({ 'package.json': manifest(), ...files }));
  return env.map(({ name, location }) => `${name} ${location ? at(location) : '-'}`);
}

describe('environment variables', () => {
  it.each<[string, string, string[]]>([
    ['a member', 'use(process.env.A, process.env["B"]);', ['A 1:5', 'B 1:20']],
    ['an assignment alone', 'process.env.A = "1"; process.env.B ??= "2";', ['B 1:22']],
    ['a text and a comment', '// process.env.A\nuse("process.env.B");', []],
    [
      'destructuring, renamed and with a default',
      'const { A, B: b, C = 1 } = process.env;',
      ['A 1:9', 'B 1:12', 'C 1:18'],
    ],
    ['an alias', 'const env = process.env;\nuse(env.A);', ['A 2:5']],
    ['the builtin module', "import { env } from 'node:process';\nuse(env.A);", ['A 2:5']],
    ['process as another name', 'const process = { env: {} };\nuse(process.env.A);', []],
    ['Deno', "use(Deno.env.get('A'));", ['A 1:5']],
    [
      'envalid',
      "import { cleanEnv, port } from 'envalid';\nconst env = cleanEnv(process.env, { A: port() });\nuse(env.A);",
      ['A 2:37'],
    ],
    [
      'zod',
      "import { z } from 'zod';\nconst schema = z.object({ A: z.string() }).extend({ B: z.string() });\nschema.safeParse({ ...process.env });",
      ['A 2:27', 'B 2:53'],
    ],
    [
      'Joi',
      "const Joi = require('joi');\nconst schema = Joi.object().keys({ A: Joi.string() }).unknown();\nconst { value } = schema.prefs({}).validate(process.env);",
      ['A 2:36'],
    ],
    [
      't3 env',
      "import { createEnv } from '@t3-oss/env-core';\ncreateEnv({ server: { A: 1 }, client: { B: 2 }, runtimeEnv: process.env });",
      ['A 2:23', 'B 2:41'],
    ],
    ['env-var', "const env = require('env-var');\nenv.get('A').required().asString();", ['A 2:9']],
    [
      'convict',
      "import convict from 'convict';\nconvict({ db: { host: { default: '', env: 'A' } } });",
      ['A 2:43'],
    ],
    [
      '@fastify/env',
      "import fastifyEnv from '@fastify/env';\nconst schema = { type: 'object', properties: { A: { type: 'string' } } };\nfastify.register(fastifyEnv, { schema });",
      ['A 2:48'],
    ],
    [
      '@fastify/env behind an autoloader',
      "import env from '@fastify/env';\nconst schema = { properties: { A: {} } };\nexport const autoConfig = { schema };\nexport default env;",
      ['A 2:32'],
    ],
    [
      'Nest',
      "import { ConfigModule } from '@nestjs/config';\nimport * as Joi from 'joi';\nConfigModule.forRoot({ validationSchema: Joi.object({ A: Joi.string() }) });",
      ['A 3:55'],
    ],
    [
      'a class that class-validator checks',
      'class Variables { A: string; other: string; }\nvalidate(process.env, Variables);',
      ['A 1:19'],
    ],
    [
      'what a child process is given',
      "spawn('x', { env: { ...process.env, A: 1 } });\nObject.assign(process.env, { B: 1 });",
      [],
    ],
  ])('are read through %s', async (_, text, expected) => {
    expect(await names({ 'src/a.ts': text })).toEqual(
      expected.map((each) => each.replace(' ', ' src/a.ts:')),
    );
  });

  it('are read from a schema in another file, at its place there', async () => {
    expect(
      await names({
        'src/a.ts': "import { schema } from './schema';\nschema.parse(process.env);\n",
        'src/schema.ts': "import { z } from 'zod';\nexport const schema = z.object({ A: z.string() });\n",
      }),
    ).toEqual(['A src/schema.ts:2:34']);
  });

  it('are those dotenv-safe demands and those the config package maps', async () => {
    expect(
      await names({
        'package.json': manifest({ 'dotenv-safe': '9', config: '3' }),
        '.env.example': '# needed\nA=\n',
        'config/custom-environment-variables.json': '{ "db": { "host": "B" } }',
      }),
    ).toEqual(['A .env.example:2:1', 'B config/custom-environment-variables.json:1:20']);
    expect(
      await names({
        'package.json': manifest({ config: '3' }),
        'config/custom-environment-variables.yml': 'db:\n  host: B\n',
      }),
    ).toEqual(['B config/custom-environment-variables.yml:2:9']);
  });
});
