import { isMap, isScalar, isSeq, type Node, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { type Become, type Bun, type Change, listOnBun, shellOnBun } from './command.ts';
import { imageOnBun, userOnBun } from './image.ts';

/** A service that starts Node: its changes, or why it stays. */
export interface Service {
  name: string;
  at: number;
  become: { changes: Change[] } | { reason: string };
}

/**
 * The services of a Compose file that run on Node's image, or on one that is built here.
 *
 * @param built whether the images that are built here have Bun
 */
export function composeOnBun(text: string, runtime: Bun, built: boolean): Service[] {
  const document = parseDocument(text);
  const services = document.errors.length > 0 ? null : document.get('services');
  if (!isMap(services)) return [];
  return services.items.flatMap(({ key, value }): Service[] => {
    if (!isMap(value) || !isScalar(key)) return [];
    const place = { name: String(key.value), at: (key as Node).range?.[0] ?? 0 };
    const image = value.get('image', true);
    const isBuilt = value.has('build');
    const bun = isScalar(image) ? imageOnBun(String(image.value), runtime.version) : null;
    if (bun === null && !isBuilt) return [];
    const own = serviceOnBun(value, runtime);
    if (own && 'reason' in own) return [{ ...place, become: own }];
    const changes = [...(own?.changes ?? [])];
    if (isBuilt && changes.length > 0 && !built)
      return [{ ...place, become: { reason: 'the image it is built from stays with Node' } }];
    if (!isBuilt && bun !== null) {
      if (!value.has('command') && !value.has('entrypoint'))
        return [{ ...place, become: { reason: 'it names no command' } }];
      changes.push(...replaced(image as Scalar, bun, text));
    }
    return changes.length > 0 ? [{ ...place, become: { changes } }] : [];
  });
}

function serviceOnBun(service: YAMLMap, bun: Bun): Become {
  const check = service.get('healthcheck');
  const commands = [
    service.get('command', true),
    service.get('entrypoint', true),
    ...(isMap(check) ? [check.get('test', true)] : []),
  ];
  const changes: Change[] = [];
  for (const command of commands) {
    const become = commandOnBun(command as Node | undefined, bun);
    if (become && 'reason' in become) return become;
    changes.push(...(become?.changes ?? []));
  }
  const user = service.get('user', true);
  if (isScalar(user) && user.range && userOnBun(String(user.value)) !== String(user.value))
    changes.push({ start: user.range[0], end: user.range[1], text: userOnBun(String(user.value)) });
  return changes.length > 0 ? { changes } : null;
}

function commandOnBun(node: Node | undefined, bun: Bun): Become {
  if (isSeq(node)) {
    const words = node.items.flatMap((item) => {
      if (!isScalar(item) || !item.range) return [];
      const quoted = item.type === 'PLAIN' ? 0 : 1;
      return [{ text: String(item.value), start: item.range[0] + quoted, end: item.range[1] - quoted }];
    });
    return /^CMD(?:-SHELL)?$/.test(words[0]?.text ?? '') ? afterCmd(words, bun) : listOnBun(words, bun);
  }
  if (!isScalar(node) || !node.range) return null;
  const become = shellOnBun(String(node.value), bun);
  if (!become || 'reason' in become) return become;
  // Only in a plain text does a character stand for itself.
  if (node.type !== 'PLAIN' || node.range[1] - node.range[0] !== String(node.value).length)
    return { reason: 'its command is written in quotes or over several lines' };
  const [start] = node.range;
  return {
    changes: become.changes.map((one) => ({ ...one, start: one.start + start, end: one.end + start })),
  };
}

/** `[CMD, node, …]` is a list, `[CMD-SHELL, …]` a line for the shell. */
function afterCmd(words: { text: string; start: number; end: number }[], bun: Bun): Become {
  const [first, ...rest] = words;
  if (first?.text === 'CMD') return listOnBun(rest, bun);
  const become = shellOnBun(rest[0]?.text ?? '', bun);
  return become === null ? null : { reason: 'a shell that is given as a list starts it' };
}

function replaced({ range }: Scalar, text: string, file: string): Change[] {
  if (!range) return [];
  const written = file.slice(range[0], range[1]);
  const quote = /^["']/.exec(written)?.[0] ?? '';
  return [{ start: range[0], end: range[1], text: `${quote}${text}${quote}` }];
}
