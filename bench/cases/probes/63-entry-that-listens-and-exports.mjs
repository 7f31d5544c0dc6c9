import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** How many sockets a process listens on: those of /proc/net/tcp* in state 0A that it holds. */
function listeners(pid) {
  const held = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`)));
  const rows = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1),
  );
  const listening = rows.map((row) => row.trim().split(/\s+/)).filter(([, , , state]) => state === '0A');
  return listening.filter((columns) => held.has(`socket:[${columns[9]}]`)).length;
}

export default async (port, side) => ({
  home: await (await fetch(`http://127.0.0.1:${port}/`)).text(),
  listeners: listeners(side.child.pid),
});
