// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files of the repository hold such text.
/** A small repository with one file for each reader of the inventory: what the mutations begin with. */
export const FILES: Readonly<Record<string, string>> = {
  'package.json': `${JSON.stringify(
    {
      name: 'app',
      version: '1.0.0',
      type: 'commonjs',
      main: 'src/server.js',
      bin: { tool: 'bin/tool.js' },
      exports: { '.': { bun: './a.js', default: './src/server.js' } },
      engines: { node: '>=20' },
      packageManager: 'npm@11.0.0',
      workspaces: ['packages/*'],
      scripts: {
        start: 'NODE_OPTIONS=--require=./t.js node -r dotenv/config src/server.js',
        test: 'jest && npm run lint',
        lint: 'eslint .',
        preinstall: 'npx only-allow npm',
      },
      dependencies: {
        express: '^5.0.0',
        pg: '~8',
        sharp: '0.33.0',
        '@prisma/client': '6.0.0',
        b: 'workspace:*',
      },
      devDependencies: { jest: '30' },
      overrides: { qs: { '.': '6', side: '1' } },
      volta: { node: '20.1.0' },
    },
    null,
    2,
  )}\n`,
  'packages/b/package.json': '{ "name": "b", "main": "index.js", "scripts": { "start": "node ." } }\n',
  'packages/b/index.js': "const http = require('http');\nhttp.createServer((q, s) => s.end()).listen(1);\n",
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { name: 'app', dependencies: { express: '^5.0.0' } },
      'node_modules/express': { version: '5.0.1', dependencies: { qs: '6' } },
      'node_modules/qs': { version: '6.1.0', hasInstallScript: true },
      'packages/b': { version: '1.0.0' },
    },
  }),
  'yarn.lock':
    '# yarn lockfile v1\n\nexpress@^5.0.0:\n  version "5.0.1"\n  resolved "https://x/e.tgz"\n  dependencies:\n    qs "6"\n',
  'pnpm-lock.yaml':
    "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      express:\n        specifier: ^5\n        version: 5.0.1\npackages:\n  express@5.0.1:\n    resolution: {integrity: x}\n    requiresBuild: true\nsnapshots:\n  express@5.0.1:\n    dependencies:\n      qs: 6.1.0\n",
  'bun.lock':
    '{ "lockfileVersion": 1, "workspaces": { "": { "dependencies": { "express": "5" } } }, "packages": { "express": ["express@5.0.1", "", {}, "sha"] }, }\n',
  'pnpm-workspace.yaml':
    'packages:\n  - packages/*\noverrides:\n  qs: 6\npatchedDependencies:\n  qs@6: patches/qs.patch\n',
  '.npmrc': '@me:registry=https://x\nnode-options=--max-old-space-size=5\n',
  '.nvmrc': 'v20.1.0\n',
  '.tool-versions': 'nodejs 20.1.0\n',
  'mise.toml': '[tools]\nnode = "20"\n',
  Dockerfile:
    'ARG V=20\nFROM node:${V}-alpine AS build\nRUN npm ci \\\n  # why\n  && npm run build\nFROM build\nENV NODE_OPTIONS="--require ./a.js"\nUSER node\nHEALTHCHECK CMD node h.js\nENTRYPOINT ["node", "--expose-gc", "src/server.js"]\n',
  'compose.yaml':
    'services:\n  a: &x\n    image: node:20\n    command: ["node", "src/server.js"]\n    environment:\n      - NODE_OPTIONS=--import x\n    healthcheck: { test: ["CMD", "node", "x"] }\n  b: *x\n',
  'k8s/app.yaml':
    'kind: Deployment\nspec:\n  containers:\n    - args: [node, a.js]\n      env:\n        - { name: NODE_OPTIONS, value: --max-old-space-size=1 }\n',
  '.github/workflows/ci.yml':
    'on: push\njobs:\n  a:\n    strategy: { matrix: { node: [18, 20.10] } }\n    container: node:20\n    steps:\n      - uses: actions/setup-node@v4\n        with: { node-version: "${{ matrix.node }}" }\n      - run: |\n          npm ci\n          npx tsc\n',
  'serverless.yml':
    'provider: { name: aws, runtime: nodejs20.x }\nfunctions:\n  a:\n    handler: src/f.handler\n    timeout: 29\n    events:\n      - http: GET /a\n',
  'template.yaml':
    'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: { Handler: src/f.handler, Runtime: nodejs20.x, Timeout: 29 }\n',
  'wrangler.toml': 'name = "a"\ncompatibility_date = "2024-01-01"\n[[kv_namespaces]]\nbinding = "A"\n',
  'vercel.json': '{ "functions": { "api/*.ts": { "maxDuration": 60, "runtime": "x" } } }\n',
  'netlify.toml': '[[edge_functions]]\npath = "/"\n',
  'deno.json': '{ "imports": { "@/": "./src/" }, "deploy": { "project": "x" } /* c */ }\n',
  'bunfig.toml': 'preload = ["./a.ts"]\n',
  'tsconfig.json':
    '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] }, "emitDecoratorMetadata": true, "baseUrl": "." }, }\n',
  'ecosystem.config.js':
    "module.exports = { apps: [{ script: 'src/server.js', instances: 4, node_args: '--expose-gc' }] };\n",
  Procfile: 'web: node -r ./t.js src/server.js\n',
  'app.service': '[Service]\nExecStart=/usr/bin/node /app/src/server.js\n',
  'prisma/schema.prisma':
    'generator client {\n  provider = "prisma-client-js"\n  binaryTargets = ["native"]\n}\n',
  'nginx.conf': 'location / {\n  proxy_pass http://app;\n}\n',
  '.env.example': 'A=1\n',
  'patches/qs+6.1.0.patch': '--- a\n',
  'bin/tool.js': '#!/usr/bin/env node\nrequire("../src/server");\n',
  'src/server.js':
    "const express = require('express');\nconst { Pool } = require('pg');\nconst fs = require('fs');\nconst path = require('path');\nconst app = express();\nconst pool = new Pool({ max: 20 });\nconst { PORT = 3000, ...rest } = process.env;\napp.set('trust proxy', 1);\napp.use('/api', require('./routes'));\napp.get('/:id', async (req, res, next) => { res.json(await pool.query('x')); });\nfs.writeFileSync(path.join(__dirname, 'uploads', `${rest.A}`), eval('1'));\nprocess.on('SIGTERM', () => {});\napp.listen(PORT);\n",
  'src/routes.js':
    "const router = require('express').Router();\nlet count = 0;\nrouter.route('/a').get((req, res) => res.send(`${++count}`)).post(f);\nfunction f(req, res) { setInterval(() => res.write('x'), 5); }\nmodule.exports = router;\n",
  'src/a.ts':
    "import type { X } from './b';\nimport { z } from 'zod';\nexport enum E { A }\nnamespace N { export const x = 1; }\n@dec() class C { constructor(private readonly a: string) {} get [z]() { return this; } }\nexport const env = z.object({ A: z.string() }).parse(process.env);\nexport const runtime = 'edge';\n",
  'src/b.tsx':
    "import React from 'react';\nexport default function B<T>({ a }: { a: T }) { return <a.b {...a}>{a as never}</a.b>; }\n",
  'src/c.mjs':
    "import fs, { promises as p } from 'node:fs';\nexport * from './d.js';\nfor await (const x of p.opendir('.')) label: { if (x) break label; }\nawait import(`./${fs}.js`);\n",
  'test/a.test.js': "const test = require('node:test');\ntest('x', () => require('../src/server'));\n",
  'index.html': '<script type="module" src="/src/b.tsx"></script>\n',
};
