import type { Part } from '../../shared/edit/draft.ts';
import { importName } from '../edit/imports.ts';
import type { Conversion, Unit } from '../state/conversion.ts';

/** What only Node's own request tells: its socket, its headers as they were sent. */
export function ofServer(
  conversion: Conversion,
  { context: c, work, fn }: Unit,
  name: string,
): Part[] | string {
  const isSocket = /^(socket|connection)$/.test(name);
  if (conversion.options.target === 'workers')
    return `\`req.${name}\` has no rule: a Worker has no ${isSocket ? 'socket' : 'request of Node’s'}`;
  if (conversion.dry === 0) {
    const reason = `this reads Node’s ${isSocket ? 'socket' : 'request'}`;
    conversion.nodeNeeds.push({ location: fn.location, reason });
  }
  const member = `incoming.${isSocket ? 'socket' : name}`;
  if (!work.file.typescript) return [`${c}.env.${member}`];
  const bindings = importName(conversion, work, '@hono/node-server', 'HttpBindings', { type: true });
  return [`(${c}.env as ${bindings}).${member}`];
}
