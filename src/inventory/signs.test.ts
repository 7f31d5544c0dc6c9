import { expect, it } from 'vitest';
import { project } from '../testing/project.ts';
import { collectInventory } from './index.ts';

async function signsOf(files: Record<string, string>): Promise<string[]> {
  const root = project({ 'package.json': '{"name":"a","main":"app.js"}', 'app.js': '', ...files });
  const { signs, notChecked } = await collectInventory(root);
  expect(notChecked.filter(({ reason }) => reason.includes('failed'))).toEqual([]);
  return signs.map(({ kind, name, location }) => `${kind} ${name} ${location?.file}:${location?.line}`);
}

it('a platform is known by its own file, its fields and its commands', async () => {
  const found = await signsOf({
    'package.json': JSON.stringify({
      ...{ name: 'a', main: 'app.js', devDependencies: { autocannon: '^8' } },
      scripts: { deploy: 'deployctl deploy', load: 'k6 run load.js' },
    }),
    'vercel.json': '{\n  "functions": { "api/*.ts": { "maxDuration": 60 } }\n}',
    'fastly.toml': '',
    'deno.json': '{ "deploy": { "org": "o", "app": "a" } }',
    'old/deno.json': '{ "deploy": { "project": "x" } }',
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "*": ["./types/*"] } } }',
    'nginx.conf': 'location / {\n  # proxy_buffering off;\n  proxy_pass http://app;\n}\n',
    'quiet/nginx.conf': 'location / {\n  proxy_pass http://app;\n  proxy_buffering off;\n}\n',
    'template.yaml': 'Resources:\n  A:\n    Type: AWS::Serverless::Api\n  F:\n    Timeout: 29\n',
    '.github/workflows/ci.yml':
      'on: push\njobs:\n  a:\n    steps:\n      - run: |\n          npm ci\n          npx tsc --noEmit\n      - uses: denoland/deployctl@v1\n',
    'views/page.tsx': '',
    'requirements.txt': '',
    '.pnp.cjs': '',
  });
  expect(found.toSorted()).toEqual(
    [
      'platform vercel vercel.json:1',
      'time-limit maxDuration 60 vercel.json:2',
      'platform fastly fastly.toml:1',
      'platform deno-deploy deno.json:1',
      'platform deno-deploy-classic old/deno.json:1',
      'platform deno-deploy-classic package.json:1',
      'platform deno-deploy-classic .github/workflows/ci.yml:8',
      'load-script k6 package.json:1',
      'load-script autocannon package.json:1',
      'path-alias @/* tsconfig.json:1',
      'buffering nginx with proxy_buffering on nginx.conf:3',
      'buffering API Gateway with a REST API template.yaml:3',
      'time-limit timeout 29 template.yaml:5',
      'ci-command npm ci .github/workflows/ci.yml:5',
      'ci-command npx tsc --noEmit .github/workflows/ci.yml:5',
      'jsx page.tsx views/page.tsx:1',
      'python Python requirements.txt:1',
      'pnp Plug’n’Play .pnp.cjs:1',
    ].toSorted(),
  );
});

it('sources show one runtime’s own API and an edge runtime by binding and syntax, not by text', async () => {
  const found = await signsOf({
    'package.json': '{"name":"a","type":"module","main":"app.js"}',
    'app.js': [
      "import x from 'npm:lodash';",
      "import './other';",
      "import './fine.js';",
      "await import('jsr:@std/path');",
      'Bun.serve({}); Deno.env.get("A"); // Bun.file',
      'const text = "Deno.openKv";',
      'console.log(text);',
      'function f(Bun) { Bun.serve(); }',
    ].join('\n'),
    'other.js': "export const runtime = 'edge';\nexport const maxDuration = 300;\n",
    'config.js': "export const config = { runtime: 'experimental-edge' };\n",
    'fine.js': "const runtime = 'edge';\nexport { runtime as other };\n",
    'test/app.test.js': 'Bun.serve({}); console.log(1);\n',
  });
  expect(found.toSorted()).toEqual(
    [
      'runtime-api npm:lodash app.js:1',
      'bare-import ./other app.js:2',
      'runtime-api jsr:@std/path app.js:4',
      'runtime-api Bun.serve app.js:5',
      'runtime-api Deno.env app.js:5',
      'log-call console.log app.js:7',
      'edge-runtime edge other.js:1',
      'time-limit maxDuration 300 other.js:2',
      'edge-runtime experimental-edge config.js:1',
    ].toSorted(),
  );
});

it('what a framework bundles, what browsers load and what tests hold is not written for a server', async () => {
  const of = async (fields: Record<string, unknown>) => {
    const found = await signsOf({
      'package.json': JSON.stringify({ name: 'a', type: 'module', workspaces: ['web'], ...fields }),
      ...{ 'server.js': "import './part';\n// import './app/page';\n", 'part.js': '' },
      ...{ 'app/page.tsx': "import './other';\n", 'app/other.ts': '', 'view.test.tsx': '' },
      'web/package.json': '{"name":"web","dependencies":{"vue":"3"}}',
      ...{ 'web/index.html': '', 'web/main.tsx': "import './vue';\n", 'web/vue.ts': '' },
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
      'web/tsconfig.json': '{ "compilerOptions": { "paths": { "#/*": ["./src/*"] } } }',
    });
    return found.filter((sign) => /^(jsx|bare-import|path-alias)/.test(sign)).toSorted();
  };
  const started = ['bare-import ./part server.js:1', 'path-alias @/* tsconfig.json:1'];
  const page = ['bare-import ./other app/page.tsx:1', 'jsx page.tsx app/page.tsx:1'];
  const express = { dependencies: { express: '5' } };
  const next = { dependencies: { next: '16' } };
  const scripts = { start: 'node server.js' };
  // A view that is not imported may be rendered.
  expect(await of({ ...express, scripts })).toEqual([...started, page[1]].toSorted());
  expect(await of(express)).toEqual([...started, ...page].toSorted());
  expect(await of({ ...next, scripts })).toEqual(started);
  expect(await of(next)).toEqual([]);
});
