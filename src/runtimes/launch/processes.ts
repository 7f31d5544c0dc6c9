import { readdir, readFile, readlink } from 'node:fs/promises';
import { execa } from 'execa';

/** One live process. `rss` in bytes. */
interface ProcessRow {
  pid: number;
  ppid: number;
  group: number;
  rss: number;
}

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

/** The given processes that still run. */
export async function stillRunning(pids: number[]): Promise<number[]> {
  const all = await (process.platform === 'linux' ? fromProc() : fromPs());
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
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const rows = await Promise.all(names.map((name) => row(Number(name))));
  return rows.filter((one): one is ProcessRow => one !== null);
}

async function row(pid: number): Promise<ProcessRow | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The command is in parentheses and may contain anything; the fields start after the last one. See proc(5).
    const [state, ppid, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return null;
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    return { pid, ppid: Number(ppid), group: Number(group), rss: kilobytes * 1024 };
  } catch {
    return null;
  }
}

async function fromPs(): Promise<ProcessRow[]> {
  if (process.platform === 'win32') return [];
  const { stdout } = await execa('ps', ['-axo', 'pid=,ppid=,pgid=,rss=,stat='], { reject: false });
  return stdout.split('\n').flatMap((line) => {
    const [pid, ppid, group, kilobytes, state] = line.trim().split(/\s+/);
    if (!pid || state?.startsWith('Z')) return [];
    return [{ pid: Number(pid), ppid: Number(ppid), group: Number(group), rss: Number(kilobytes) * 1024 }];
  });
}
