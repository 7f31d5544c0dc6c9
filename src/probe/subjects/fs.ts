import { subject, type TwoParts } from '../contract.ts';
import { event, first, happens, otherwise, pause, read, same, thrown } from '../inside/seen.ts';

type Fs = typeof import('node:fs') & { globSync?: (pattern: string, options: object) => string[] };

/** A file is written, and read again: in a Worker by the next request. */
const kept: TwoParts<Fs> = {
  first: ({ writeFileSync }, { scratch }) => void writeFileSync(`${scratch}/kept.txt`, 'kept'),
  // biome-ignore lint/suspicious/noThenProperty: the second part, of an object nobody awaits
  then: ({ existsSync, readFileSync }, { scratch }) =>
    existsSync(`${scratch}/kept.txt`)
      ? same(readFileSync(`${scratch}/kept.txt`, 'utf8'), 'kept')
      : otherwise('a file that was written is gone in the next request'),
};

export default subject<Fs>('fs', {
  readFileSync: ({ readFileSync, writeFileSync }, { scratch }) => {
    writeFileSync(`${scratch}/read.txt`, 'a€');
    return first(
      same(readFileSync(`${scratch}/read.txt`, 'utf8'), 'a€'),
      same(readFileSync(`${scratch}/read.txt`).length, 4),
    );
  },
  readFile: async ({ readFile, writeFileSync }, { scratch }) => {
    writeFileSync(`${scratch}/read2.txt`, 'b');
    return same(
      await new Promise((done, fail) =>
        readFile(`${scratch}/read2.txt`, 'utf8', (error, text) => (error ? fail(error) : done(text))),
      ),
      'b',
    );
  },
  'readFileSync error': async ({ readFileSync }, { scratch }) => {
    const error = (await thrown(() => readFileSync(`${scratch}/none`))) as NodeJS.ErrnoException | null;
    return same([error?.code, error?.syscall], ['ENOENT', 'open']);
  },
  'readFileSync outside': ({ readFileSync }) => same(readFileSync('/etc/passwd', 'utf8').length > 0, true),
  writeFileSync: kept,
  appendFileSync: ({ appendFileSync, readFileSync }, { scratch }) => {
    appendFileSync(`${scratch}/add.txt`, 'a');
    appendFileSync(`${scratch}/add.txt`, 'b');
    return same(readFileSync(`${scratch}/add.txt`, 'utf8'), 'ab');
  },
  mkdirSync: ({ mkdirSync, readdirSync }, { scratch }) => {
    mkdirSync(`${scratch}/a/b`, { recursive: true });
    return same(readdirSync(`${scratch}/a`), ['b']);
  },
  'readdirSync recursive': ({ mkdirSync, writeFileSync, readdirSync }, { scratch }) => {
    mkdirSync(`${scratch}/deep/er`, { recursive: true });
    writeFileSync(`${scratch}/deep/er/x`, '');
    return same((readdirSync(`${scratch}/deep`, { recursive: true }) as string[]).sort(), ['er', 'er/x']);
  },
  mkdtempSync: ({ mkdtempSync, existsSync }, { scratch }) =>
    same(existsSync(mkdtempSync(`${scratch}/own-`)), true),
  rmSync: ({ mkdirSync, rmSync, existsSync }, { scratch }) => {
    mkdirSync(`${scratch}/gone/deep`, { recursive: true });
    rmSync(`${scratch}/gone`, { recursive: true });
    return happens(!existsSync(`${scratch}/gone`), 'the folder is still there');
  },
  unlinkSync: ({ writeFileSync, unlinkSync, existsSync }, { scratch }) => {
    writeFileSync(`${scratch}/un`, '');
    unlinkSync(`${scratch}/un`);
    return happens(!existsSync(`${scratch}/un`), 'the file is still there');
  },
  renameSync: ({ writeFileSync, renameSync, readFileSync }, { scratch }) => {
    writeFileSync(`${scratch}/old`, 'x');
    renameSync(`${scratch}/old`, `${scratch}/new`);
    return same(readFileSync(`${scratch}/new`, 'utf8'), 'x');
  },
  copyFileSync: ({ writeFileSync, copyFileSync, readFileSync }, { scratch }) => {
    writeFileSync(`${scratch}/from`, 'x');
    copyFileSync(`${scratch}/from`, `${scratch}/to`);
    return same(readFileSync(`${scratch}/to`, 'utf8'), 'x');
  },
  cpSync: ({ mkdirSync, writeFileSync, cpSync, readFileSync }, { scratch }) => {
    mkdirSync(`${scratch}/tree`, { recursive: true });
    writeFileSync(`${scratch}/tree/x`, 'x');
    cpSync(`${scratch}/tree`, `${scratch}/tree2`, { recursive: true });
    return same(readFileSync(`${scratch}/tree2/x`, 'utf8'), 'x');
  },
  symlinkSync: ({ symlinkSync, writeFileSync, readFileSync, lstatSync }, { scratch }) => {
    writeFileSync(`${scratch}/aim`, 'x');
    symlinkSync(`${scratch}/aim`, `${scratch}/link`);
    return first(
      same(readFileSync(`${scratch}/link`, 'utf8'), 'x'),
      same(lstatSync(`${scratch}/link`).isSymbolicLink(), true),
    );
  },
  chmodSync: ({ writeFileSync, chmodSync, statSync }, { scratch }) => {
    writeFileSync(`${scratch}/mode`, '');
    chmodSync(`${scratch}/mode`, 0o600);
    return same(statSync(`${scratch}/mode`).mode & 0o777, 0o600);
  },
  statSync: ({ writeFileSync, statSync }, { scratch }) => {
    writeFileSync(`${scratch}/stat`, 'abc');
    const stat = statSync(`${scratch}/stat`);
    return first(
      same(stat.size, 3),
      happens(Math.abs(Date.now() - stat.mtimeMs) < 60_000, 'the time of the change is not now'),
    );
  },
  'statSync mtime': ({ writeFileSync, utimesSync, statSync }, { scratch }) => {
    writeFileSync(`${scratch}/time`, '');
    utimesSync(`${scratch}/time`, 1_700_000_000, 1_700_000_000.0017);
    const { mtime, mtimeMs } = statSync(`${scratch}/time`);
    return same([Math.round(mtimeMs * 10) / 10, mtime.getTime()], [1_700_000_000_001.7, 1_700_000_000_002]);
  },
  existsSync: ({ existsSync }, { scratch }) =>
    same([existsSync(scratch), existsSync(`${scratch}/none`)], [true, false]),
  accessSync: async ({ accessSync, constants }, { scratch }) => {
    accessSync(scratch, constants.W_OK);
    return same((await thrown(() => accessSync(`${scratch}/none`)))?.code, 'ENOENT');
  },
  openSync: ({ openSync, writeSync, readSync, closeSync }, { scratch }) => {
    const file = openSync(`${scratch}/open`, 'w+');
    writeSync(file, 'hello');
    const into = new Uint8Array(2);
    readSync(file, into, 0, 2, 3);
    closeSync(file);
    return same([...into], [108, 111]);
  },
  opendirSync: ({ mkdirSync, opendirSync }, { scratch }) => {
    mkdirSync(`${scratch}/dir/in`, { recursive: true });
    const dir = opendirSync(`${scratch}/dir`);
    const name = dir.readSync()?.name;
    dir.closeSync();
    return same(name, 'in');
  },
  truncateSync: ({ writeFileSync, truncateSync, readFileSync }, { scratch }) => {
    writeFileSync(`${scratch}/cut`, 'abc');
    truncateSync(`${scratch}/cut`, 1);
    return same(readFileSync(`${scratch}/cut`, 'utf8'), 'a');
  },
  realpathSync: ({ realpathSync, mkdirSync }, { scratch }) => {
    mkdirSync(`${scratch}/real`, { recursive: true });
    return same(realpathSync(`${scratch}/real/../real`).endsWith('/real'), true);
  },
  createReadStream: async ({ createReadStream, writeFileSync }, { scratch }) => {
    writeFileSync(`${scratch}/long`, 'x'.repeat(100_000));
    return same((await read(createReadStream(`${scratch}/long`, { start: 10 }))).length, 99_990);
  },
  createWriteStream: async ({ createWriteStream, readFileSync }, { scratch }) => {
    const stream = createWriteStream(`${scratch}/stream`);
    stream.write('a');
    stream.end('b');
    await event(stream, 'close');
    return same(readFileSync(`${scratch}/stream`, 'utf8'), 'ab');
  },
  watch: async ({ watch, mkdirSync, writeFileSync }, { scratch }) => {
    mkdirSync(`${scratch}/watched`, { recursive: true });
    const watcher = watch(`${scratch}/watched`);
    const change = event(watcher, 'change');
    await pause(100);
    writeFileSync(`${scratch}/watched/x`, 'x');
    const [, name] = await change;
    watcher.close();
    return same(name, 'x');
  },
  watchFile: async ({ watchFile, unwatchFile, writeFileSync }, { scratch }) => {
    const file = `${scratch}/polled`;
    writeFileSync(file, 'a');
    const seen = new Promise((done) => watchFile(file, { interval: 20 }, (now) => done(now.size)));
    await pause(100);
    writeFileSync(file, 'abc');
    const size = await seen;
    unwatchFile(file);
    return same(size, 3);
  },
  globSync: ({ globSync, mkdirSync, writeFileSync }, { scratch }) => {
    mkdirSync(`${scratch}/globbed`, { recursive: true });
    writeFileSync(`${scratch}/globbed/x.txt`, '');
    return happens(
      (globSync?.('*.txt', { cwd: `${scratch}/globbed` }) ?? []).length === 1,
      'nothing is found',
    );
  },
  'promises.readFile': async ({ promises }, { scratch }) => {
    await promises.writeFile(`${scratch}/promised`, 'p');
    return same(await promises.readFile(`${scratch}/promised`, 'utf8'), 'p');
  },
  F_OK: (module) => same((module as unknown as { default: { F_OK: number } }).default.F_OK, 0),
});
