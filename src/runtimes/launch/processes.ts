import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { execa } from 'execa';

/** One live process. */
interface ProcessRow {
  pid: number;
  ppid: number;
  group: number;
  /** Its resident memory now, in bytes. */
  rss(): number;
}

/** Files of /proc that are read before others have their turn: each takes some 20 µs at once, and ten times that by promises. */
const AT_ONCE = 100;

/**
 * Every live process of a group and every descendant of its leader, the leader included. Zombies are not alive.
 * Read from /proc on Linux, from `ps` elsewhere; empty where neither exists.
 */
export async function processesOf(leader: number): Promise<ProcessRow[]> {
  const all = await (process.platform === 'linux' ? fromProc() : fromPs());
  const members = new Set(
    all.filter(({ pid, group }) => pid === leader || group === leader).map(({ pid }) => pid),
  );
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, ppid } of all) {
      if (!members.has(pid) && members.has(ppid)) grown = Boolean(members.add(pid));
    }
  }
  return all.filter(({ pid }) => members.has(pid));
}

/** Resident memory of `processesOf` a leader, in bytes; null where there are none. */
export async function memoryOf(leader: number): Promise<number | null> {
  const rows = await processesOf(leader);
  return rows.length > 0 ? rows.reduce((sum, { rss }) => sum + rss(), 0) : null;
}

/** The given processes that still run. */
export async function stillRunning(pids: number[]): Promise<number[]> {
  if (process.platform === 'linux') return pids.filter((pid) => row(pid) !== null);
  const all = await fromPs();
  return all.map(({ pid }) => pid).filter((pid) => pids.includes(pid));
}

/** Sends a signal to a whole group. False when there is no such group any more. */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  return signalProcess(process.platform === 'win32' ? leader : -leader, signal);
}

export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** TCP ports the processes listen on, `null` where the platform does not tell (anything but Linux). */
export async function listeningPorts(pids: number[]): Promise<number[] | null> {
  if (process.platform !== 'linux') return null;
  const sockets = new Set((await Promise.all(pids.map(socketsOf))).flat());
  const ports = new Set<number>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      // sl local_address rem_address st … inode; state 0A is LISTEN. Source: Linux Documentation/networking/proc_net_tcp.
      const fields = line.trim().split(/\s+/);
      const [, local, , state] = fields;
      const inode = fields[9];
      if (state !== '0A' || !local || !inode || !sockets.has(inode)) continue;
      ports.add(Number.parseInt(local.split(':')[1] ?? '', 16));
    }
  }
  return [...ports];
}

async function socketsOf(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const links = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
}

async function fromProc(): Promise<ProcessRow[]> {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  const rows: ProcessRow[] = [];
  for (const [index, pid] of pids.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await turn();
    const found = row(pid);
    if (found) rows.push(found);
  }
  return rows;
}

/** Null for a process that is gone, or a zombie. */
function row(pid: number): ProcessRow | null {
  const stat = textOf(`/proc/${pid}/stat`);
  // The command is in parentheses and may contain anything; the fields start after the last one. See proc(5).
  const [state, ppid, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === '' || state === 'Z' || state === 'X') return null;
  const rss = () => 1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0);
  return { pid, ppid: Number(ppid), group: Number(group), rss };
}

/** Empty for a file of /proc whose process is gone. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function fromPs(): Promise<ProcessRow[]> {
  if (process.platform === 'win32') return [];
  const { stdout } = await execa('ps', ['-axo', 'pid=,ppid=,pgid=,rss=,stat='], { reject: false });
  return stdout.split('\n').flatMap((line) => {
    const [pid, ppid, group, kilobytes, state] = line.trim().split(/\s+/);
    if (!pid || state?.startsWith('Z')) return [];
    const rss = () => Number(kilobytes) * 1024;
    return [{ pid: Number(pid), ppid: Number(ppid), group: Number(group), rss }];
  });
}
