import { describe, expect, it } from 'vitest';
import { Plan } from '../model/plan.ts';
import { APP, manifest, project, run, shop } from './__fixtures__/express-project.ts';

async function planned(root: string, target: string): Promise<Plan> {
  return Plan.parse((await run(root, ['plan', '--target', target, '--json'])).documents[0]);
}

describe('what a plan says of Workers', () => {
  it('calls a file that is read a file to bundle, and only a written one gone', async () => {
    const reads =
      "exports.help = () => JSON.parse(require('node:fs').readFileSync('package.json', 'utf8'));\n";
    const writes = "require('node:fs').writeFileSync('log.txt', '');\n";
    const { blockers } = await planned(shop({ 'app.js': reads + APP }), 'workers');
    expect(blockers.map(({ id, sentence }) => [id, sentence])).toEqual([
      ['fs-read-workers', 'node:fs readFileSync finds only files that are in the bundle on Workers'],
    ]);
    const both = await planned(shop({ 'app.js': reads + writes + APP }), 'workers');
    expect(both.blockers.map(({ id }) => id)).toEqual(['fs-workers', 'fs-read-workers']);
  });

  it('names a file read while the modules load once, by what is said of that moment', async () => {
    const reads =
      "const { version } = JSON.parse(require('node:fs').readFileSync('package.json', 'utf8'));\n";
    const { blockers } = await planned(shop({ 'app.js': reads + APP }), 'workers');
    expect(blockers.map(({ id }) => id)).toEqual(['disk-at-load-workers']);
  });
});

describe('the reasons of a verdict', () => {
  it('begin with this application: its routes, its compiled code; a small server comes last and is called one', async () => {
    const root = shop({ 'package.json': manifest({ dependencies: { express: '4.22.3', sharp: '0.35.5' } }) });
    const { verdict } = await planned(root, 'bun');
    expect(verdict.because.map(({ sentence }) => sentence)).toEqual([
      '1 route of this application was read.',
      'It loads compiled code of sharp.',
      expect.stringMatching(/^A small server of Express, not this application, gave the same 31 of 31/),
      expect.stringMatching(/^Keeping Express/),
      expect.stringMatching(/^Of a small server, not of this application/),
    ]);
  });

  it('say which routes were not read, and why', async () => {
    const root = project({
      'package.json': manifest({ dependencies: { fastify: '5' } }),
      'app.js': "require('fastify')().listen({ port: 3000 });\n",
    });
    const { verdict, notChecked } = await planned(root, 'bun');
    expect(verdict.because[0]).toMatchObject({
      sentence:
        'The routes of Fastify were not read: no registration on an application of Fastify could be followed.',
      location: { file: 'package.json', line: 1 },
    });
    expect(notChecked.map(({ what }) => what)).toContain('the routes of Fastify');
    const { out } = await run(root, ['inventory']);
    expect(out).toMatch(/Routes {2}not read\n {2}not read {2}Fastify: no registration/);
  });

  it('say of paths that are made while the program runs that they were read in part', async () => {
    const root = project({
      'package.json': manifest({ dependencies: { express: '4' } }),
      'app.js':
        "const app = require('express')();\napp.get(process.env.BASE + '/notes', (req, res) => res.send('x'));\napp.listen(3000);\n",
    });
    const { verdict } = await planned(root, 'bun');
    expect(verdict.because.slice(0, 2).map(({ sentence }) => sentence)).toEqual([
      '1 route of this application was read.',
      'The paths of Express were read in part: 1 of 1 paths are made while the program runs.',
    ]);
    const { out } = await run(root, ['inventory']);
    expect(out).toMatch(/Routes {2}1\n[\s\S]*\n {2}in part {2}Express: 1 of 1 paths/);
  });

  it('say that a server without a framework answers by hand, and that functions run on Lambda', async () => {
    const byHand = project({
      'package.json': manifest({ dependencies: {} }),
      'app.js': "require('node:http').createServer((req, res) => res.end('x')).listen(3000);\n",
    });
    const { recommended } = Plan.parse((await run(byHand, ['plan', '--yes', '--json'])).documents[0]);
    expect(recommended).toMatchObject({
      name: 'node',
      reason: 'it serves by http.createServer without a framework, which was not measured',
    });
    const functions = project({
      'package.json': manifest({ dependencies: {}, main: undefined }),
      'serverless.yml':
        'functions:\n  a:\n    handler: src/a.run\n    events: [{ httpApi: GET /a }]\n  b: { handler: src/a.other }\n',
      'src/a.js': 'exports.run = () => {};\n',
    });
    const { out } = await run(functions, ['plan', '--yes']);
    expect(out).toContain("The managed runtimes of AWS Lambda for JavaScript are Node's.");
    expect(out).toContain('It runs as 2 functions of AWS Lambda (Serverless).');
    expect((await run(functions, ['inventory'])).out).toMatch(/a +GET \/a +serverless +serverless\.yml:2:3/);
  });
});

describe('a claim of a plan', () => {
  const sorts = (comparator: string) => `exports.sorted = (list) => list.sort(${comparator});\n`;

  it('stands on a line of the code: a comparator that answers true or false, and none that answers a number', async () => {
    const ids = async (text: string) =>
      (await planned(shop({ 'app.js': text + APP }), 'bun')).differences
        .filter(({ id }) => id === 'sort-boolean-bun')
        .map(({ location }) => location?.line);
    expect(await ids(sorts('(a, b) => a > b'))).toEqual([1]);
    expect(await ids(sorts('function (a, b) { return !(a < b); }'))).toEqual([1]);
    expect(await ids(sorts('(a, b) => (a > b ? 1 : -1)'))).toEqual([]);
    expect(await ids('')).toEqual([]);
  });

  it('counts a folder of static files as one thing to resolve', async () => {
    const app = APP.replace(
      'const app = express();',
      "const app = express();\napp.use(express.static('public'));",
    );
    const { blockers } = await planned(shop({ 'app.js': app }), 'workers');
    expect(blockers.map(({ id }) => id)).toEqual(['static-workers']);
  });

  it('says of a package that nothing imports that it is declared only, where another package may load it', async () => {
    const of = async (name: string) => {
      const root = shop({
        'package.json': manifest({ dependencies: { express: '4.22.3', [name]: '8.0.0' } }),
      });
      return (await planned(root, 'workers')).blockers.map(({ sentence }) => sentence);
    };
    expect(await of('pg')).toEqual([
      expect.stringMatching(
        /^a client of pg .* no file of the application that is loaded imports it itself\)$/,
      ),
    ]);
    expect(await of('mongoose')).toEqual([]);
  });

  it('says no such thing where files outside the folder are imported: what they import is not known', async () => {
    const root = shop({
      'package.json': manifest({ dependencies: { express: '4.22.3', mongoose: '8.0.0' } }),
      'app.js': `require('../src/store');\n${APP}`,
    });
    const { blockers } = await planned(root, 'workers');
    expect(blockers.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^mongoose was not measured .* all requests$/),
    ]);
  });

  it('leaves out compiled code that a package brings which nothing imports', async () => {
    const lock =
      '# yarn lockfile v1\n\n\nplain@1:\n  version "1.0.0"\n  dependencies:\n    deep "1"\n\ndeep@1:\n  version "2.0.0"\n  dependencies:\n    nan "2"\n';
    const of = async (app: string) => {
      const root = shop({
        'package.json': manifest({ dependencies: { express: '4.22.3', plain: '1' } }),
        ...{ 'yarn.lock': lock, 'app.js': app },
      });
      return (await planned(root, 'workers')).blockers.map(({ id }) => id);
    };
    expect(await of(APP)).toEqual([]);
    expect(await of(`require('plain');\n${APP}`)).toEqual(['addons-workers']);
  });

  it('names the middleware that was followed where there is no route, and a file that is there where main is not', async () => {
    const root = project({
      'package.json': manifest({ main: 'index.js', scripts: { dev: 'node --watch src/start.js' } }),
      'src/start.js':
        "const express = require('express');\nconst app = express();\napp.use(express.static('public'));\napp.listen(3000);\n",
    });
    const { verdict, stages } = await planned(root, 'bun');
    expect(verdict.because[0]).toMatchObject({
      sentence: expect.stringContaining('are middleware, express.static the first'),
      location: { file: 'src/start.js', line: 3 },
    });
    expect(JSON.stringify(stages)).toContain('src/start.js');
    expect(JSON.stringify(stages)).not.toContain('index.js');
  });
});
