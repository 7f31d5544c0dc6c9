import type { ASTNode, ASTPath, CallExpression, Identifier } from 'jscodeshift';
import { type Finding, refuse } from '../shared/transform/global.ts';
import { type Use, useAt } from '../shared/transform/uses.ts';
import type { Work } from '../shared/transform/work.ts';

const READS = new Set(['readyState', 'url', 'protocol', 'bufferedAmount']);
const EVENTS = new Set(['open', 'message', 'close', 'error']);

/** What one use of a socket listens to, and what speaks against it. */
interface Heard {
  event: string | null;
  /** Sets what binary messages are given as. */
  isArrayBuffer: boolean;
  edits: Finding['edits'];
  why: string | null;
}

const same: Heard = { event: null, isArrayBuffer: false, edits: [], why: null };
const other = (why: string): Heard => ({ ...same, why });

/** All uses of a socket that is given a name where it is made. */
export function socketOf(work: Work, made: ASTPath): Finding {
  const declarator = made.parent as ASTPath;
  const { node } = declarator;
  if (node.type !== 'VariableDeclarator' || node.init !== made.node || node.id.type !== 'Identifier')
    return refuse(made.node, 'the socket is handed on, and what is used of it is not known');
  const binding = work.bindingOf(node.id);
  if (
    binding === null ||
    binding.references.some(({ write, node: at }) => write && !binding.declarations.includes(at))
  )
    return refuse(node.id, `\`${node.id.name}\` is assigned again`);
  const heard = work.usesOf(binding).map((path) => ({ path, ...hear(useAt(path)) }));
  const problems = heard.flatMap(({ path, why }) =>
    why === null ? [] : [{ node: path.node as object, why }],
  );
  if (problems.length > 0) return { edits: [], problems };
  const events = new Set(heard.map(({ event }) => event));
  if (!events.has('error')) {
    const why =
      'nothing hears its errors: with ws such an error ends the process, with the one of Node.js it does not';
    return refuse(node.id, why, "Listen to 'error'.");
  }
  if (events.has('message') && !heard.some(({ isArrayBuffer }) => isArrayBuffer)) {
    const why = 'a binary message is a Buffer with ws and a Blob with the one of Node.js';
    return refuse(
      node.id,
      why,
      `Set \`${node.id.name}.binaryType = 'arraybuffer'\`, which is the same in both.`,
    );
  }
  return { edits: heard.flatMap(({ edits }) => edits), problems: [] };
}

function hear({ members, whole, call }: Use<Identifier>): Heard {
  const [member, more] = members;
  if (member === undefined || more !== undefined) return other('the socket is handed on');
  const above = whole.parent as ASTPath;
  const assigned =
    above.node.type === 'AssignmentExpression' && above.node.left === whole.node ? above.node.right : null;
  if (assigned !== null) {
    const event = /^on(open|message|close|error)$/.exec(member)?.[1];
    if (event !== undefined) return { ...same, event };
    const isArrayBuffer = assigned.type === 'StringLiteral' && assigned.value === 'arraybuffer';
    return member === 'binaryType' && isArrayBuffer
      ? { ...same, isArrayBuffer }
      : other(`\`${member}\` is set`);
  }
  if (call === null) return READS.has(member) ? same : other(`\`${member}\` is not in Node.js`);
  const given = call.node.arguments;
  if (member === 'close')
    return given[0] === undefined || isOwnCode(given[0])
      ? same
      : other('the one of Node.js closes with 1000 and 3000 to 4999 only');
  if (member === 'send')
    return given.length === 1 && isText(given[0])
      ? same
      : other('what is sent is not written out as text, or its end is waited for');
  if (member === 'addEventListener') return { ...same, event: eventOf(given[0]) };
  if (member === 'on' || member === 'once') return listened(member, whole, call);
  return other(`\`${member}()\` is not in Node.js`);
}

const isOwnCode = (node: ASTNode): boolean =>
  node.type === 'NumericLiteral' && (node.value === 1000 || (node.value >= 3000 && node.value <= 4999));

const eventOf = (node: ASTNode | undefined): string | null =>
  node?.type === 'StringLiteral' ? node.value : null;

/** `on('open', () => …)`: a listener that reads nothing it is given. */
function listened(member: string, whole: ASTPath, call: ASTPath<CallExpression>): Heard {
  const [name, listener, more] = call.node.arguments;
  const event = eventOf(name);
  if (event === null || !EVENTS.has(event))
    return other('it listens to what the one of Node.js does not tell');
  const isInline = listener?.type === 'ArrowFunctionExpression' || listener?.type === 'FunctionExpression';
  if (!isInline || more !== undefined || listener.params.length > 0)
    return other(`what \`${member}('${event}')\` gives is not an event`);
  if (listener.type === 'FunctionExpression') return other('its listener may read `this` or `arguments`');
  if ((call.parent as ASTPath).node.type !== 'ExpressionStatement') return other('calls of `on` are chained');
  const { node } = whole;
  const property = node.type === 'MemberExpression' ? node.property : node;
  const edits = [{ node: property, text: 'addEventListener' }];
  if (member === 'on') return { ...same, event, edits };
  return other('`once` is written with `addEventListener(…, { once: true })`');
}

/** Text is sent alike; other data is read at another time. */
function isText(node: ASTNode | undefined): boolean {
  if (node?.type === 'StringLiteral' || node?.type === 'TemplateLiteral') return true;
  if (node?.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object, property } = node.callee;
  return (
    object.type === 'Identifier' &&
    object.name === 'JSON' &&
    property.type === 'Identifier' &&
    property.name === 'stringify'
  );
}
