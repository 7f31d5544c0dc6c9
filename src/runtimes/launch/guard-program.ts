// Runs in a process of its own, outside every process group. Its stdin is a pipe from migrate: `+<group>` and
// `-<group>` lines say which process groups run. When the pipe ends, migrate is gone (SIGKILL included) and what
// still runs is stopped. Node built-ins only.

const groups = new Set<number>();
let rest = '';

const signal = (group: number, name: NodeJS.Signals): boolean => {
  try {
    return process.kill(-group, name);
  } catch {
    return false;
  }
};

process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    const group = Number(line.slice(1));
    if (!Number.isInteger(group) || group <= 1) continue;
    if (line.startsWith('+')) groups.add(group);
    else groups.delete(group);
  }
});

process.stdin.on('error', () => process.stdin.emit('end'));

process.stdin.on('end', () => {
  for (const group of groups) signal(group, 'SIGTERM');
  const deadline = Date.now() + 2_000;
  const timer = setInterval(() => {
    const alive = [...groups].filter((group) => signal(group, 0 as unknown as NodeJS.Signals));
    if (alive.length > 0 && Date.now() < deadline) return;
    for (const group of alive) signal(group, 'SIGKILL');
    clearInterval(timer);
    process.exit(0);
  }, 50);
});
