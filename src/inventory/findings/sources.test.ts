import { beforeAll, expect, it } from 'vitest';
import { parseFile } from '../../workspace/syntax/parse.ts';
import { repositoryRules } from './index.ts';
import type { SourceRule } from './rule.ts';
import { sourceRules } from './rules.ts';
import { activeRules, seenBy } from './seen-in.ts';
import { readFindingTable } from './table.ts';

let rules: readonly SourceRule[];
beforeAll(async () => {
  rules = await sourceRules();
});

/** `line kind name` of everything that the rules see in a source. */
function seen(text: string, path = 'src/a.js'): string[] {
  const { seen: all, broken } = seenBy(parseFile(path, text), activeRules(path, text, rules));
  expect(broken).toEqual([]);
  return all.map(({ kind, name, location }) => `${location?.line} ${kind} ${name}`);
}

/** What each line says stands behind `//=`: lines without it show nothing. */
function table(text: string, path?: string): void {
  const lines = text.split('\n');
  const wanted = lines.flatMap((line, at) =>
    (line.split('//=')[1] ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean)
      .map((each) => `${at + 1} ${each}`),
  );
  expect(wanted.length).toBeGreaterThan(0);
  expect(seen(text, path)).toEqual(wanted);
}

it('clients that are shared, and pools of more than a Worker opens', () => {
  table(`
import pg, { Pool as P } from 'pg';
import { createClient } from 'redis';
const max = 20;
export const a = new P(); //= client-shared pg
export const b = new pg.Client({ max: 5 }); //= client-shared pg
const c = createClient(); //= client-shared redis
const knex = require('knex');
module.exports = knex({ client: 'pg', pool: { max } }); //= client-shared-unmeasured knex, pool-size max: 20
export const perRequest = (req, res) => { new P({ max: 2 }); };
class Pool {}
new Pool({ max: 50 });
{ const P = class {}; new P(); }
import { createPool } from './ours.js';
createPool();
let mysql;
mysql = require('mysql2/promise');
mysql.createPool({ connectionLimit: 7 }); //= client-shared mysql2, pool-size connectionLimit: 7
let either = require('pg'); either = {}; new either.Pool();
const AWS = require('aws-sdk');
const S3 = require('aws-sdk/clients/s3');
new AWS.S3(); //= s3-client aws-sdk
export const store = () => new S3({ region }); //= s3-client aws-sdk
new AWS.DynamoDB.DocumentClient();
`);
});

it('sessions, limits and rooms in memory, unless a store is given', () => {
  table(`
const session = require('express-session');
const { rateLimit } = require('express-rate-limit');
const { Server } = require('socket.io');
const fastifySession = require('@fastify/session');
app.use(session({ secret: 'x' })); //= session-memory express-session
app.use(session({ secret: 'x', store: new Store() }));
app.use(session({ ...settings }));
app.use(session(settings));
const given = { secret: 'x' };
given.store = new Store();
app.use(session(given));
const plain = { secret: 'x' };
app.use(session(plain)); //= session-memory express-session
app.use(rateLimit()); //= limiter-memory express-rate-limit
app.use(rateLimit({ store }));
const io = new Server(server); //= rooms-memory socket.io, websocket-server socket.io
new Server(server, { adapter: make() }); //= websocket-server socket.io
fastify.register(fastifySession, { secret }); //= session-memory @fastify/session
fastify.register(fastifySession, { secret, store });
const { LRUCache } = require('lru-cache');
const cache = new LRUCache({ max: 5 }); //= cache-memory lru-cache
const perCall = () => new LRUCache({ max: 5 });
const Keyv = require('keyv');
new Keyv('redis://x');
new Keyv(); //= cache-memory keyv
`);
});

it('code that is made from text', () => {
  table(`
eval('1'); //= dynamic-code eval
new Function('return 1'); //= dynamic-code new Function
globalThis.Function('x'); //= dynamic-code new Function
function own(eval_, Function) { return new Function('x'); }
x instanceof Function;
setTimeout('tick()', 5); //= timer-text setTimeout
setTimeout(tick, 5);
WebAssembly.instantiate(bytes); //= wasm-bytes WebAssembly.instantiate
import Ajv from 'ajv';
import ejs from 'ejs';
import _ from 'lodash';
const ajv = new Ajv();
ajv.compile(schema); //= template-compiler ajv
ajv.addFormat('x', y);
ejs.render(text); //= template-compiler ejs
_.template(text); //= template-compiler lodash
_.map([]);
`);
});

it('what CommonJS alone has', () => {
  table(`
delete require.cache[require.resolve('./a')]; //= require-internals require.cache
if (!module.parent) start(); //= require-internals module.parent
if (require.main === module) start();
const name = './a';
require(name);
require(\`./a\`);
require(process.argv[2]); //= require-computed require
import(name);
import(other); //= import-computed import()
function own(require) { require(x); }
const Module = require('module');
Module._resolveFilename = f; //= module-hook Module._resolveFilename
Module.prototype._compile = f; //= module-hook Module._compile
Module.builtinModules;
`);
});

it('the process, its figures and globals that one runtime has', () => {
  table(`
import os from 'node:os';
import { on } from 'node:process';
process.on('SIGTERM', stop); //= process-event SIGTERM
process.once('uncaughtException', stop); //= process-event uncaughtException
process.on('message', f);
on('exit', f); //= process-event exit
emitter.on('SIGTERM', f);
process.exit(1);
app.get('/', (req, res) => { process.exit(1); }); //= process-exit process.exit
http.get('x', (res) => { process.exit(1); });
process.setuid(1); //= process-system process.setuid
os.cpus().length; //= figures-zero os.cpus
os.platform();
process.memoryUsage().rss; //= figures-zero process.memoryUsage
{ const process = {}; process.memoryUsage(); }
if (global.gc) global.gc(); //= gc-global gc, gc-global gc
const gcc = { gc: 1 };
localStorage.getItem('a'); //= storage-global localStorage
window.localStorage;
if (process.versions.bun) start(); //= runtime-branch process.versions.bun
console.log(process.versions.node);
`);
});

it('TypeScript that leaves code behind', () => {
  table(
    `
export enum A { B } //= ts-enum enum
declare enum C { D }
const enum E { F } //= ts-enum enum
namespace G { export const x = 1; } //= ts-namespace namespace
namespace H { export interface I { a: 1 } export namespace J { export type K = 1; } }
declare module 'x' { export const y: number; enum Z { A } }
class J { constructor(private readonly k: string) {} } //= ts-parameter-property parameter property
class L { constructor(m: string) {} }
@injectable() class N {} //= ts-decorator decorator
import o = require('o'); //= ts-import-equals import =
import type p = require('p');
type Q = typeof import('q');
`,
    'src/a.ts',
  );
  expect(seen('const enum_ = 1; class A { constructor(b) {} }\n')).toEqual([]);
});

it('programs, threads and clusters that are started', () => {
  table(`
const { spawn, exec, fork, execFile } = require('child_process');
const cluster = require('node:cluster');
const { Worker } = require('node:worker_threads');
const Piscina = require('piscina');
spawn('ffmpeg', ['-i']); //= child-program ffmpeg
spawn(process.execPath, ['a.js']); //= child-of-node process.execPath
exec('git log | head && node a.js'); //= child-program git, child-program head, child-of-node node
exec(\`git show \${ref}\`); //= child-program git
execFile(tool); //= child-program a program that is not written out
fork('./a.js'); //= child-of-node fork
cluster.fork(); //= cluster-fork cluster.fork
if (cluster.isPrimary) start();
new Worker('./a.js');
new Worker('./a.js', { resourceLimits: {} }); //= worker-limits resourceLimits
new Piscina(); //= worker-pool piscina
/a/.exec('git log');
const { exec: run } = regex; run('node a.js');
`);
});

it('files, by what their path is', () => {
  table(`
const fs = require('fs');
const os = require('os');
const path = require('path');
const { promises: { writeFile } } = require('fs');
import { readFile } from 'node:fs/promises';
const uploads = path.join(__dirname, '..', 'uploads');
fs.createWriteStream(path.join(uploads, name)); //= file-upload ../uploads
fs.mkdtempSync(os.tmpdir() + '/x'); //= file-temp /x
writeFile('/tmp/a', b); //= file-temp /tmp/a
fs.appendFileSync('./logs/app.log', l); //= file-log ./logs/app.log
fs.readFileSync('certs/server.key'); //= file-config certs/server.key
fs.readFileSync(path.resolve(__dirname, 'views/a.html')); //= file-asset views/a.html
readFile(new URL('./mail.txt', import.meta.url)); //= file-asset mail.txt
fs.writeFileSync('data/db.json', x); //= file-data data/db.json
fs.writeFileSync(given, x); //= file-written a path that is made at run time
fs.readFileSync(given);
fs.existsSync(path.join(__dirname, name));
fs.watch('.', f); //= file-watch fs.watch
{ const fs = memory(); fs.writeFileSync('a.log', x); }
fs.writeFileSync(process.env.OUT, x); //= file-written a path of the environment
fs.writeFileSync(\`out/\${name}.ts\`, x); //= file-written out/….ts
fs.writeFileSync('out/' + stem + '-thumb-' + width + '.webp', x); //= file-written out/…-thumb-….webp
fs.writeFileSync(\`\${folder}/a.bin\`, x); //= file-written /a.bin
fs.writeFileSync(path.join(folder, \`\${name}.bin\`), x); //= file-written ….bin
fs.writeFileSync(\`out/\${name}\`, x); //= file-written out/
`);
});

it('uploads, by where they go', () => {
  table(`
const multer = require('multer');
multer({ dest: 'x/' }); //= upload-disk multer
multer({ storage: multer.memoryStorage() }); //= upload-memory multer
multer({ storage: s3 });
multer(); //= upload-memory multer
multer({ ...settings });
const called = multer(); called(req, res, next);
const asked = multer(); asked.single('file'); //= upload-memory multer
const handed = multer(); use(handed); //= upload-memory multer
const fileUpload = require('express-fileupload');
fileUpload({ useTempFiles: true }); //= upload-disk express-fileupload
fileUpload(); //= upload-memory express-fileupload
`);
});

it('work that starts by itself', () => {
  table(`
const cron = require('node-cron');
const { Worker, Queue } = require('bullmq');
cron.schedule('* * * * *', f); //= job-scheduled node-cron
cron.validate('* * * * *');
new Worker('mail', f); //= job-consumer bullmq
new Queue('mail');
setInterval(f, 5); //= interval-at-start setInterval
const kept = new Map();
setInterval(() => { kept.forEach((v, k) => { if (v < Date.now()) kept.delete(k); }); }, 5); //= interval-at-start setInterval: of what this process keeps
setInterval(() => { kept.forEach((v) => v.send()); }, 5); //= interval-at-start setInterval
setInterval(async () => { await kept.get('a'); }, 5); //= interval-at-start setInterval
setInterval(() => { kept.clear(); fetch(url); }, 5); //= interval-at-start setInterval
function start() { setInterval(f, 5); }
function own(setInterval) { setInterval(f, 5); }
import { Cron } from '@nestjs/schedule';
class A { @Cron('* * * * *') run() {} } //= job-scheduled @nestjs/schedule Cron
`);
});

it('streams of events, and handlers that do not hear of their end', () => {
  table(`
app.get('/a', (req, res) => { res.setHeader('Content-Type', 'text/event-stream'); res.write('x'); }); //= event-stream text/event-stream, event-stream-abort text/event-stream
app.get('/b', (req, res) => { res.writeHead(200, { 'content-type': 'text/event-stream' }); req.on('close', stop); }); //= event-stream text/event-stream
fetch(url, { headers: { Accept: 'text/event-stream' } });
if (req.headers.accept === 'text/event-stream') next();
const headers = { 'Content-Type': 'text/event-stream' }; //= event-stream text/event-stream
import { streamSSE } from 'hono/streaming';
streamSSE(c, f); //= event-stream hono/streaming
`);
});

it('sockets', () => {
  table(`
import http from 'http';
import net from 'node:net';
import dgram from 'dgram';
import { WebSocketServer } from 'ws';
import WebSocket from 'ws';
new WebSocketServer({ port: 1, perMessageDeflate: {} }); //= websocket-server ws, websocket-deflate ws
new WebSocket.Server({ perMessageDeflate: false }); //= websocket-server ws
new WebSocket('ws://x');
const server = http.createServer(f);
server.on('upgrade', f); //= upgrade-handler http.Server upgrade
client.on('upgrade', f);
server.listen('/run/a.sock'); //= unix-socket http
server.listen(3000);
net.createServer(f); //= tcp-server net.createServer
net.connect(1);
dgram.createSocket('udp4'); //= udp-socket dgram.createSocket
`);
});

it('settings of HTTP', () => {
  table(`
import http from 'http';
import https from 'https';
import http2 from 'node:http2';
import express from 'express';
import { HttpsProxyAgent } from 'https-proxy-agent';
const server = http.createServer({ insecureHTTPParser: true }, f); //= insecure-parser insecureHTTPParser
server.keepAliveTimeout = 5; //= server-timeouts keepAliveTimeout
settings.keepAliveTimeout = 5;
https.createServer({ key, SNICallback: f }, f); //= server-tls https.createServer, server-tls SNICallback
http2.createSecureServer({}); //= http2-server http2.createSecureServer
new https.Agent({ keepAlive: true }); //= agent https.Agent
new https.Agent({ rejectUnauthorized: false }); //= agent-trust https.Agent
new https.Agent({ ca }); //= client-certificate https.Agent
new HttpsProxyAgent(url); //= proxy-agent https-proxy-agent
const app = express();
app.set('trust proxy', 1); //= trust-proxy express trust proxy
app.set('view engine', 'pug');
app.use(express.json({ limit: '1gb' })); //= body-limit express limit
const limited = { limit: 5 };
app.get('/', (req, res) => { res.addTrailers({}); res.writeEarlyHints({}); }); //= trailers addTrailers, early-hints writeEarlyHints
server.on('checkContinue', f); //= continue-handler checkContinue
`);
  expect(seen("const bodyParser = require('body-parser');\nbodyParser({ limit: '1gb' });\n")).toEqual([
    '2 body-limit body-parser limit',
  ]);
});

it('names of cryptography', () => {
  table(`
import crypto, { createHash } from 'node:crypto';
crypto.createCipheriv('AES-256-CCM', k, i); //= cipher-name aes-256-ccm
crypto.createDecipheriv(name, k, i); //= cipher-unnamed crypto.createDecipheriv
createHash('sm3'); //= hash-name sm3
crypto.pbkdf2Sync(p, s, 1, 32, 'sha512'); //= hash-name sha512
crypto.createECDH('secp256k1'); //= curve-name secp256k1
crypto.generateKeyPairSync('ec', { namedCurve: 'secp256k1' }); //= key-pair secp256k1
crypto.setFips(true); //= fips crypto.setFips
other.createECDH('secp256k1');
`);
});

it('monitoring that hooks into the runtime', () => {
  table(`
import pino from 'pino';
import client from 'prom-client';
import dc from 'node:diagnostics_channel';
import { PerformanceObserver } from 'node:perf_hooks';
import { AsyncLocalStorage } from 'node:async_hooks';
const storage = new AsyncLocalStorage();
pino({ transport: { target: 'pino-pretty' } }); //= log-thread pino transport
pino({ level: 'info' });
client.collectDefaultMetrics(); //= default-metrics prom-client
dc.subscribe('http.server.request.start', f); //= http-channel http.server.request.start
dc.subscribe('ours', f);
new PerformanceObserver(f).observe({ entryTypes: ['gc'] }); //= gc-entries gc
new PerformanceObserver(f).observe({ entryTypes: ['measure'] });
storage.enterWith(1); //= context-entered AsyncLocalStorage.enterWith
storage.run(1, f);
`);
});

it('texts and habits of one engine', () => {
  table(`
if (e.message.includes('Unexpected token')) f(); //= engine-message message
if (e.message === 'Cannot read properties of undefined') f(); //= engine-message message
if (/is not a function/.test(e?.message)) f(); //= engine-message message
if (e.message.includes('duplicate key')) f();
e.stack.split('\\n'); //= stack-read stack
log(e.stack);
if (process.env.NODE_ENV !== 'production' && e.stack) body.stack = e.stack.split('x'); //= node-env NODE_ENV
if (process.env.NODE_ENV !== 'development') e.stack.split('x'); //= stack-read stack
if (process.env.MODE !== 'production') e.stack.split('x'); //= stack-read stack
Error.prepareStackTrace = f; //= stack-read Error.prepareStackTrace
(5).toLocaleString(); //= locale-default toLocaleString
d.toLocaleDateString(undefined, {}); //= locale-default toLocaleDateString
d.toLocaleDateString('de-DE');
`);
});

it('variables of the environment as a whole', () => {
  table(`
const all = { ...process.env, A: 1 }; //= environment-whole process.env
process.env[name]; //= environment-computed process.env
process.env[name] = 1;
process.env['PORT'];
if (process.env.NODE_ENV === 'production') f(); //= node-env NODE_ENV
if (process.env.NODE_ENV === 'test') f();
process.env.NODE_ENV;
{ const process = {}; process.env[name]; }
`);
});

it('logs that go into files', () => {
  table(`
import winston from 'winston';
import rfs from 'rotating-file-stream';
new winston.transports.File({ filename: 'a' }); //= log-file winston
new winston.transports.Console();
rfs.createStream('a'); //= log-file rotating-file-stream
`);
});

it('texts of whatever was thrown that are answered', () => {
  table(`
import createError from 'http-errors';
import { NextResponse } from 'next/server';
import { BadRequestException } from '@nestjs/common';
const shown = process.env.NODE_ENV !== 'production'; //= node-env NODE_ENV
app.get('/', (req, res) => {
  try { f(); } catch (error) {
    res.status(500).json({ error: error.message }); //= error-answered message
    res.send(\`failed: \${error.message}\`); //= error-answered message
    res.end(JSON.stringify({ error: (error).message, at: error.code })); //= error-answered message
    res.end(JSON.stringify({ text: error instanceof Error ? error.message : 'unknown' })); //= error-answered message
    const text = error.message || 'unknown'; //= error-answered message
    res.json({ text });
    const logged = error.message;
    log.error(logged.trim());
    console.error(error.message);
    logger.send(error.message);
    res.json(error.message.length);
    res.json({ ok: error.message === 'x' });
    if (error instanceof OurError) res.json(error.message);
    if (error.code === 'ENOENT') { res.json(error.message); }
    if (isAxiosError(error)) res.json(error.message);
    if (error.message === 'gone') res.status(404).json({ error: error.message });
    if (error.message) res.json(error.message); //= error-answered message
    if (error instanceof SyntaxError) res.json(error.message); //= error-answered message
    res.json(shown ? error.message : 'failed');
    res.json({ error: process.env.NODE_ENV === 'production' ? 'failed' : error.message }); //= node-env NODE_ENV
    if (req.app.get('env') === 'development') res.json(error.message);
    res.json({ error: process.env.NODE_ENV === 'production' ? error.message : 'x' }); //= node-env NODE_ENV, error-answered message
    throw createError(400, error.message); //= error-answered message
  }
  try { f(); } catch (error) {
    if (!(error instanceof OurError)) throw error;
    res.json(error.message);
  }
});
app.use((err, req, res, next) => { res.status(500).send(err.message); }); //= error-answered message
app.use((err, req, res) => { res.status(500).send(err.message); });
const told = (message, res) => res.json(message.message);
app.onError((err, c) => c.json({ message: err.message }, 500)); //= error-answered message
load().catch((err) => reply.send(err.message));
app.get('/', (request, reply) => load().catch((err) => reply.send(err.message))); //= error-answered message
export const koa = async (ctx) => {
  try { await f(); } catch (e) { ctx.status = 500; ctx.body = { error: e.message }; } //= error-answered message
  try { await f(); } catch (e) { ctx.throw(400, e.message); } //= error-answered message
  try { await f(); } catch (e) { ctx.state.error = e.message; }
};
export async function GET() {
  try { await f(); } catch (e) { return NextResponse.json({ error: e.message }); } //= error-answered message
  try { await f(); } catch (e) { throw new BadRequestException(e.message); } //= error-answered message
  try { await f(); } catch (e) { return new Response(e.message, { status: 500 }); } //= error-answered message
  try { await f(); } catch (e) { throw new Error(e.message); }
}
`);
});

it('a transport of pino that production does not give', () => {
  table(`
import { pino } from 'pino';
import { cleanEnv } from 'envalid';
const env = cleanEnv(process.env, {});
const isProduction = process.env.NODE_ENV === 'production'; //= node-env NODE_ENV
pino({ transport: isProduction ? undefined : { target: 'pino-pretty' } });
pino({ transport: env.isDev ? { target: 'pino-pretty' } : undefined });
pino({ transport: env.isProduction ? { target: 'x' } : undefined }); //= log-thread pino transport
pino({ transport: settings.pretty ? { target: 'pino-pretty' } : undefined }); //= log-thread pino transport
pino({ transport: process.env.NODE_ENV !== 'test' ? { target: 'x' } : undefined }); //= log-thread pino transport
`);
});

it('every kind has a row, and every row a rule', async () => {
  const kinds = [...rules, ...(await repositoryRules())].flatMap((rule) => rule.kinds);
  const { rows } = readFindingTable();
  expect(kinds.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
  expect(new Set(kinds).size).toBe(kinds.length);
  const silent = rows.filter(({ targets }) => Object.keys(targets).length === 0);
  expect(silent).toEqual([]);
});

it('a rule that breaks on a file leaves the others', () => {
  const broken: SourceRule = {
    id: 'broken',
    kinds: [],
    words: /./,
    visit: {
      CallExpression: () => {
        throw new Error('no\nmore');
      },
    },
  };
  const text = "eval('1');\n";
  const found = seenBy(parseFile('a.js', text), activeRules('a.js', text, [broken, ...rules]));
  expect(found.broken).toEqual([{ rule: 'broken', reason: 'no' }]);
  expect(found.seen.map(({ kind }) => kind)).toEqual(['dynamic-code']);
});
