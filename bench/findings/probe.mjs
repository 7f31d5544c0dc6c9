// Asks one runtime what rows of playbooks/data/findings.yaml say, and prints the answers as JSON. Runs on Node, Bun and Deno.
import { AsyncLocalStorage } from 'node:async_hooks';
import { fork, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import { PerformanceObserver } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';
import { Worker } from 'node:worker_threads';

const found = {};
const ask = async (name, question) => {
  try {
    const late = new Promise((resolve) => setTimeout(resolve, 9000, 'no answer in 9 s'));
    found[name] = await Promise.race([question(), late]);
  } catch (error) {
    found[name] = `throws ${String(error?.code ?? '')} ${String(error?.message).split('\n')[0]}`.slice(
      0,
      160,
    );
  }
};

if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    process.send({ map: message?.map instanceof Map, date: message?.date instanceof Date });
    process.disconnect();
  });
} else {
  const require = createRequire(import.meta.url);
  const self = fileURLToPath(import.meta.url);
  const listen = async (server) => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server.address().port;
  };
  const raw = (port, text, wait = 4000) =>
    new Promise((resolve) => {
      let answer = '';
      const started = Date.now();
      const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
      const done = (how) => {
        socket.destroy();
        resolve({ answer, how, ms: Date.now() - started });
      };
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('error', () => done('error'));
      socket.on('close', () => done('closed'));
      setTimeout(() => done('open'), wait);
    });

  await ask('keepAliveTimeout 500 closes an idle connection', async () => {
    const server = http.createServer((_, res) => res.end('x'));
    server.keepAliveTimeout = 500;
    const { how } = await raw(await listen(server), 'GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    server.close();
    return how;
  });
  await ask('headersTimeout 500 ends a slow request', async () => {
    const server = http.createServer({ connectionsCheckingInterval: 200 }, (_, res) => res.end('x'));
    server.headersTimeout = 500;
    server.requestTimeout = 600;
    const { how, answer } = await raw(await listen(server), 'GET / HTTP/1.1\r\nhost: a\r\n');
    server.close();
    return `${how} ${answer.split('\r\n')[0]}`;
  });
  await ask('maxHeaderSize of createServer', async () => {
    const server = http.createServer({ maxHeaderSize: 1024 }, (_, res) => res.end('x'));
    const { answer } = await raw(
      await listen(server),
      `GET / HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(4000)}\r\n\r\n`,
      800,
    );
    server.close();
    return answer.split('\r\n')[0];
  });
  await ask('insecureHTTPParser takes a header with a control character', async () => {
    const server = http.createServer({ insecureHTTPParser: true }, (_, res) => res.end('x'));
    const { answer } = await raw(await listen(server), 'GET / HTTP/1.1\r\nhost: a\r\nx: a\x01b\r\n\r\n', 800);
    server.close();
    return answer.split('\r\n')[0];
  });
  await ask('trailers sent', async () => {
    const server = http.createServer((_, res) => {
      res.writeHead(200, { Trailer: 'x-end' });
      res.write('a');
      res.addTrailers({ 'x-end': '1' });
      res.end();
    });
    const { answer } = await raw(await listen(server), 'GET / HTTP/1.1\r\nhost: a\r\n\r\n', 800);
    server.close();
    return /x-end: 1/i.test(answer);
  });
  await ask('trailers received', async () => {
    let seen = null;
    const server = http.createServer((req, res) => {
      req.resume();
      req.on('end', () => {
        seen = req.trailers['x-end'] ?? null;
        res.end('x');
      });
    });
    await raw(
      await listen(server),
      'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\ntrailer: x-end\r\n\r\n1\r\na\r\n0\r\nx-end: 1\r\n\r\n',
      800,
    );
    server.close();
    return seen;
  });
  await ask('checkContinue event', async () => {
    let seen = 0;
    const server = http.createServer((_, res) => res.end('x'));
    server.on('checkContinue', (_, res) => {
      seen++;
      res.writeContinue();
      res.end('y');
    });
    await raw(
      await listen(server),
      'POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 0\r\n\r\n',
      800,
    );
    server.close();
    return seen;
  });
  await ask('early hints', async () => {
    const server = http.createServer((_, res) => {
      res.writeEarlyHints({ link: '</a.css>; rel=preload' });
      res.end('x');
    });
    const { answer } = await raw(await listen(server), 'GET / HTTP/1.1\r\nhost: a\r\n\r\n', 800);
    server.close();
    return answer.split('\r\n')[0];
  });
  await ask('clientError event on garbage', async () => {
    let seen = 0;
    const server = http.createServer((_, res) => res.end('x'));
    server.on('clientError', (_, socket) => {
      seen++;
      socket.destroy();
    });
    await raw(await listen(server), 'garbage\r\n\r\n', 800);
    server.close();
    return seen;
  });
  await ask('connection event and maxConnections', async () => {
    let seen = 0;
    const server = http.createServer((_, res) => res.end('x'));
    server.on('connection', () => seen++);
    await raw(await listen(server), 'GET / HTTP/1.1\r\nhost: a\r\n\r\n', 500);
    server.close();
    return seen;
  });
  await ask('upgrade event', async () => {
    let seen = 0;
    const server = http.createServer((_, res) => res.end('x'));
    server.on('upgrade', (_, socket) => {
      seen++;
      socket.destroy();
    });
    await raw(
      await listen(server),
      'GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
      800,
    );
    server.close();
    return seen;
  });
  await ask('http.Agent maxSockets 1 makes requests wait', async () => {
    let now = 0;
    let most = 0;
    const server = http.createServer((_, res) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        res.end('x');
      }, 100);
    });
    const port = await listen(server);
    const agent = new http.Agent({ maxSockets: 1, keepAlive: true });
    await Promise.all(
      [1, 2, 3].map(
        () =>
          new Promise((resolve, reject) =>
            http
              .get({ port, host: '127.0.0.1', agent }, (res) => res.resume().on('end', resolve))
              .on('error', reject),
          ),
      ),
    );
    agent.destroy();
    server.close();
    return most;
  });
  await ask('an Agent with createConnection of its own is used', async () => {
    const server = http.createServer((_, res) => res.end('x'));
    const port = await listen(server);
    let seen = 0;
    const agent = new http.Agent();
    agent.createConnection = (options, callback) => {
      seen++;
      return net.createConnection(options, callback);
    };
    await new Promise((resolve, reject) =>
      http
        .get({ port, host: '127.0.0.1', agent }, (res) => res.resume().on('end', resolve))
        .on('error', reject),
    );
    server.close();
    return seen;
  });
  await ask('http2 cleartext server', async () => {
    const server = http2.createServer();
    server.on('stream', (stream) => {
      stream.respond({ ':status': 200 });
      stream.end('x');
    });
    const port = await listen(server);
    const client = http2.connect(`http://127.0.0.1:${port}`);
    const request = client.request({ ':path': '/' });
    const [headers] = await once(request, 'response');
    client.destroy();
    server.close();
    return headers[':status'];
  });
  await ask('http diagnostics channel', async () => {
    let seen = 0;
    diagnostics.subscribe('http.server.request.start', () => seen++);
    const server = http.createServer((_, res) => res.end('x'));
    await raw(await listen(server), 'GET / HTTP/1.1\r\nhost: a\r\n\r\n', 400);
    server.close();
    return seen;
  });
  await ask('gc performance entries', async () => PerformanceObserver.supportedEntryTypes.includes('gc'));
  await ask('enterWith', async () => {
    const storage = new AsyncLocalStorage();
    storage.enterWith(7);
    return storage.getStore();
  });
  await ask('fork with serialization advanced', async () => {
    const child = fork(self, ['child'], { serialization: 'advanced' });
    child.send({ map: new Map(), date: new Date() });
    const [answer] = await once(child, 'message');
    return answer;
  });
  await ask('fork runs the same runtime', async () => {
    const { stdout } = spawnSync(process.execPath, ['--version'], { encoding: 'utf8' });
    return stdout.split('\n')[0];
  });
  await ask('execArgv of a fork', async () => process.execArgv);
  await ask('Worker resourceLimits', async () => {
    const worker = new Worker('const a=[];for(;;)a.push(new Array(1e5).fill(1.5))', {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: 16 },
    });
    worker.on('error', () => {});
    const [code] = await Promise.race([
      once(worker, 'exit'),
      new Promise((r) => setTimeout(r, 2500, ['still runs'])),
    ]);
    await worker.terminate();
    return code;
  });
  await ask('Worker eval', async () => {
    const worker = new Worker("require('node:worker_threads').parentPort.postMessage(1)", { eval: true });
    const [answer] = await once(worker, 'message');
    return answer;
  });
  await ask('require.cache delete loads again', async () => {
    const { mkdtempSync, writeFileSync } = require('node:fs');
    const folder = mkdtempSync(`${os.tmpdir()}/probe-`);
    const file = `${folder}/a.cjs`;
    writeFileSync(file, 'module.exports = 1');
    require(file);
    writeFileSync(file, 'module.exports = 2');
    delete require.cache[require.resolve(file)];
    return require(file);
  });
  await ask('require.extensions hook', async () => {
    const { mkdtempSync, writeFileSync } = require('node:fs');
    const folder = mkdtempSync(`${os.tmpdir()}/probe-`);
    writeFileSync(`${folder}/a.txt`, 'hello');
    require.extensions['.txt'] = (module, name) => {
      module.exports = require('node:fs').readFileSync(name, 'utf8');
    };
    return require(`${folder}/a.txt`);
  });
  await ask('require.main', async () => typeof require.main);
  await ask('process.binding', async () => typeof process.binding('natives'));
  await ask('process.report', async () => typeof process.report?.getReport());
  await ask('process.setuid', async () => typeof process.setuid);
  await ask('process.memoryUsage', async () => process.memoryUsage().rss > 0);
  await ask('v8.getHeapStatistics', async () => v8.getHeapStatistics().heap_size_limit > 0);
  await ask('gc', async () => typeof globalThis.gc);
  await ask('localStorage', async () => typeof globalThis.localStorage);
  await ask('navigator.userAgent', async () => globalThis.navigator?.userAgent ?? null);
  await ask('cpus', async () => os.cpus().length > 0);
  await ask('Error.prepareStackTrace', async () => {
    const before = Error.prepareStackTrace;
    Error.prepareStackTrace = (_, sites) => sites.length;
    const value = new Error('x').stack;
    Error.prepareStackTrace = before;
    return typeof value;
  });
  await ask('stack frame', async () => new Error('x').stack.split('\n')[1]?.trim().slice(0, 60));
  await ask('messages', async () => {
    const texts = {};
    for (const [name, run] of Object.entries({
      member: () => undefined.x,
      json: () => JSON.parse('{a'),
      end: () => JSON.parse('{'),
      call: () => ({}).x(),
      cyclic: () => {
        const a = {};
        a.a = a;
        JSON.stringify(a);
      },
    }))
      try {
        run();
      } catch (error) {
        texts[name] = error.message.split('\n')[0];
      }
    return texts;
  });
  await ask('Date parse', async () =>
    Object.fromEntries(
      [
        '2020-1-5',
        '2020-01-05 10:00',
        '1/5/2020',
        '5 Jan 2020',
        'Jan 5, 2020',
        '2020/01/05',
        '05-01-2020',
        '2020-13-01',
        '20200105',
      ].map((text) => [text, String(new Date(text).getTime())]),
    ),
  );
  await ask('toLocaleString without a locale, LANG=de_DE.UTF-8', async () => {
    const { stdout } = spawnSync(
      process.execPath,
      [
        ...(process.versions.deno ? ['eval'] : ['-e']),
        'console.log((1234.5).toLocaleString(), new Date(0).toLocaleDateString())',
      ],
      { encoding: 'utf8', env: { ...process.env, LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', TZ: 'UTC' } },
    );
    return stdout.trim();
  });
  await ask('missing ciphers', async () => {
    const names = JSON.parse(process.env.CIPHERS ?? '[]');
    const own = new Set(crypto.getCiphers());
    return names.length === 0 ? [...own] : names.filter((name) => !own.has(name));
  });
  await ask('ciphers that cannot be made', async () =>
    [
      'aes-128-cbc',
      'aes-256-cbc',
      'aes-256-gcm',
      'aes-128-gcm',
      'aes-192-cbc',
      'aes-256-ctr',
      'aes-128-ctr',
      'aes-256-ecb',
      'aes-128-ecb',
      'aes-256-cfb',
      'aes-256-ofb',
      'aes-256-ccm',
      'aes-256-ocb',
      'chacha20-poly1305',
      'des-ede3-cbc',
      'des-cbc',
      'bf-cbc',
      'rc4',
      'camellia-256-cbc',
      'aria-256-cbc',
      'aes-256-cfb8',
      'aes-256-xts',
      'id-aes256-gcm',
      'aes256',
    ].filter((name) => {
      try {
        const info = crypto.getCipherInfo(name);
        const size = info ?? { keyLength: Number(/\d{3}/.exec(name)?.[0] ?? 256) / 8, ivLength: 16 };
        crypto.createCipheriv(
          name,
          Buffer.alloc(size.keyLength),
          size.ivLength ? Buffer.alloc(size.ivLength) : null,
          { authTagLength: 16 },
        );
        return false;
      } catch {
        return true;
      }
    }),
  );
  await ask('hashes that cannot be made', async () =>
    [
      'md4',
      'md5',
      'sha1',
      'sha224',
      'sha256',
      'sha384',
      'sha512',
      'sha512-256',
      'sha512-224',
      'sha3-256',
      'sha3-512',
      'ripemd160',
      'rmd160',
      'whirlpool',
      'blake2b512',
      'blake2s256',
      'shake128',
      'shake256',
      'sm3',
      'md5-sha1',
      'RSA-SHA256',
      'SHA256',
      'SHA1',
      'sha-256',
      'DSA-SHA1',
    ].filter((name) => {
      try {
        crypto.createHash(name).update('x').digest('hex');
        return false;
      } catch {
        return true;
      }
    }),
  );
  await ask('curves that cannot be made', async () =>
    [
      'prime256v1',
      'secp256k1',
      'secp384r1',
      'secp521r1',
      'secp224r1',
      'brainpoolP256r1',
      'secp256r1',
      'P-256',
    ].filter((name) => {
      try {
        crypto.createECDH(name).generateKeys();
        return false;
      } catch {
        return true;
      }
    }),
  );
  await ask('key pairs that cannot be made', async () =>
    [
      ['ec', { namedCurve: 'secp256k1' }],
      ['ec', { namedCurve: 'prime256v1' }],
      ['ed25519', {}],
      ['ed448', {}],
      ['x25519', {}],
      ['x448', {}],
      ['dsa', { modulusLength: 1024 }],
      ['dh', { group: 'modp14' }],
      ['rsa-pss', { modulusLength: 1024 }],
    ]
      .filter(([type, options]) => {
        try {
          crypto.generateKeyPairSync(type, options);
          return false;
        } catch {
          return true;
        }
      })
      .map(([type, { namedCurve }]) => namedCurve ?? type),
  );
  await ask('setFips', async () => {
    crypto.setFips(false);
    return crypto.getFips();
  });
  await ask('setEngine', async () => typeof crypto.setEngine);
  await ask('unix socket server', async () => {
    const path = `${os.tmpdir()}/probe-${process.pid}.sock`;
    const server = http.createServer((_, res) => res.end('x'));
    server.listen(path);
    await once(server, 'listening');
    server.close();
    return true;
  });
  await ask('process events', async () => {
    const script =
      "process.on('exit',()=>console.log('exit'));process.on('beforeExit',()=>console.log('beforeExit'))";
    const args = process.versions.deno
      ? ['eval', `import process from 'node:process';${script}`]
      : ['-e', script];
    return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout.trim().split('\n');
  });
  console.log(JSON.stringify(found));
  process.exit(0);
}
