import { describe, expect, it } from 'vitest';
import { MigrateError } from '../model/errors.ts';
import { reasonOf } from './reason.ts';

const crash = (...lines: string[]) =>
  new MigrateError('APP_CRASHED', '/tmp/x/app/server.js on Node.js 22.1.0 ended with exit code 1.', {
    hint: `Its last output:\n  ${lines.join('\n  ')}`,
  });
const said = (error: MigrateError, variables: string[] = []) =>
  reasonOf(error, ['/tmp/x/app'], new Set(variables));

describe('the reason why a row does not start', () => {
  it.each([
    [
      'a database that is not there',
      [
        'MongooseServerSelectionError: connect ECONNREFUSED 127.0.0.1:27017',
        '    at f (/tmp/x/app/db.js:3:1)',
      ],
      'needs MongoDB at 127.0.0.1:27017, where nothing answers',
    ],
    [
      'Prisma’s words for it',
      ["PrismaClientInitializationError: Can't reach database server at `localhost:5432`"],
      'needs PostgreSQL at localhost:5432, where nothing answers',
    ],
    [
      'a port nobody knows',
      ['Error: connect ECONNREFUSED 127.0.0.1:7001'],
      'needs a server at 127.0.0.1:7001, where nothing answers',
    ],
    [
      'a host without an address',
      ['Error: getaddrinfo ENOTFOUND mysql'],
      'needs the server mysql, whose address is not known here',
    ],
    [
      'a server that takes no TLS',
      ['TypeORM connection error:  Error: The server does not support SSL connections'],
      'needs PostgreSQL over TLS, which the server there does not take',
    ],
    [
      'the same of another driver',
      ['Error: Server does not support secure connnection'],
      'needs MySQL or MariaDB over TLS, which the server there does not take',
    ],
    [
      'an environment file of the start script',
      ['/cache/node/bin/node: .env: not found'],
      'needs the file .env, which is not there',
    ],
  ])('is %s', (_, lines, sentence) => {
    expect(said(crash(...lines))).toMatchObject({ sentence, needs: true });
  });

  it('names the variables that the application reads and lacks, and no other word in capitals', () => {
    const lines = ['Error: Config validation error: "JWT_SECRET" is required, "API_KEY" is required'];
    expect(said(crash(...lines), ['JWT_SECRET', 'PORT'])).toMatchObject({
      sentence: 'needs the environment variable JWT_SECRET',
      needs: true,
    });
    expect(said(crash(...lines), []).needs).toBe(false);
  });

  it.each([
    [
      'an addon without a build for this runtime',
      [
        "Error: Cannot find module '/tmp/x/app/node_modules/sqlite3/lib/binding/node-v137-linux-x64/node_sqlite3.node'",
      ],
      'sqlite3 is compiled for one version of Node, and there is no build of it for this runtime (node-v137)',
    ],
    [
      'a list of errors',
      [
        'error: Uncaught (in promise) TSError: ⨯ Unable to compile TypeScript:',
        'src/a.ts(2,1): error TS2539: No.',
      ],
      'Uncaught (in promise) TSError: ⨯ Unable to compile TypeScript: src/a.ts(2,1): error TS2539: No',
    ],
    [
      'a package that is missing',
      ["Error: Cannot find module 'left-pad'", 'Require stack:'],
      'cannot find left-pad',
    ],
    [
      'a module, and who loads it',
      ["Error: Cannot find module '/tmp/x/app/src/routes' imported from /tmp/x/app/src/main.ts"],
      'cannot find src/routes, which src/main.ts loads',
    ],
    [
      'an error, with the place of the application’s own code',
      [
        'TypeError: x is not a function',
        '    at m (/tmp/x/app/node_modules/a/i.js:1:1)',
        '    at n (/tmp/x/app/src/a.js:7:3)',
      ],
      'TypeError: x is not a function (in a, from src/a.js:7)',
    ],
    [
      'what ended it, not what it logged before',
      [
        'ValidationError: only a warning',
        '    at v (/tmp/x/app/node_modules/a/i.js:1:1)',
        '/tmp/x/app/src/b.js:3',
        'throw new RangeError(1)',
        '      ^',
        'RangeError: 1',
        '    at n (/tmp/x/app/src/b.js:3:3)',
      ],
      'RangeError: 1 (src/b.js:3)',
    ],
    [
      'an error in a Worker, with the package that was being loaded',
      [
        'service core:user:: Uncaught Error: Could not find module root',
        '  at file:///bundle/worker.mjs:24:52 in ../node_modules/sqlite3/lib/sqlite3.js',
        '  at file:///bundle/worker.mjs:42745:19 in src/persistence/sqlite.js',
      ],
      'Error: Could not find module root (src/persistence/sqlite.js loads sqlite3)',
    ],
    [
      'what a Worker may not do while it loads',
      [
        'service core:user:: Uncaught Error: Disallowed operation called within global scope. Asynchronous I/O',
      ],
      'it sets a timer, makes a request or asks for random values while it loads, which a Worker cannot',
    ],
  ])('is %s', (_, lines, sentence) => {
    expect(said(crash(...lines))).toMatchObject({ sentence, needs: false });
  });

  it('is what the error says where the application said nothing, with the user’s own paths', () => {
    expect(said(new MigrateError('NO_ENTRY', 'There is no file /tmp/x/app/a.js.')).sentence).toBe(
      'There is no file a.js',
    );
  });

  it('of a command that sets up is its own error', () => {
    const error = new MigrateError('STATE_COMMAND_FAILED', '--setup: npm run build: exit code 2.', {
      hint: '> build | src/a.ts(1,1): error TS2344: no | ',
    });
    expect(said(error).sentence).toBe('--setup: npm run build: exit code 2: src/a.ts(1,1): error TS2344: no');
  });

  it('is a defect of ours where it is no such error', () => {
    expect(() => reasonOf(new TypeError('ours'), [])).toThrow('ours');
  });
});
