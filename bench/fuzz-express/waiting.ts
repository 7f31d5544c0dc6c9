import { answer } from './answers.ts';
import { text } from './expressions.ts';
import { fresh, indent, loose, type Making, type Scope } from './making.ts';

/** What the program itself does there, as lines. */
type Own = (within: Scope) => string[];
/** Makes an expression a statement, or what else its place asks for. */
type Finish = (expression: string) => string[];

/** One level further in. */
export const deeper = (scope: Scope): Scope => ({ ...scope, depth: scope.depth - 1 });
/** In a callback that something else calls: nothing there can wait, and nobody catches. */
export const plain = (scope: Scope): Scope => ({ ...deeper(scope), async: false, uncaught: true });

/** An answer in the callback of an asynchronous function. */
export function callback(making: Making, scope: Scope, own: Own, finish: Finish): string[] {
  const { random } = making;
  const [error, row] = [random.pick(['err', 'error', 'e']), fresh(making, 'row')];
  const within = { ...plain(scope), error, values: [...scope.values, row] };
  const failed =
    scope.next === null
      ? `return ${answer(making, scope)};`
      : random.pick([
          `return ${scope.next}(${error});`,
          `return void ${scope.next}(${error});`,
          `{ ${scope.next}(${error}); return; }`,
        ]);
  const types = [loose(making, error), loose(making, row)];
  const head = random.chance(0.6) ? `(${types.join(', ')}) => {` : `function (${types.join(', ')}) {`;
  const call = [
    `lookUp(${text(making, scope)}, ${head}`,
    `  if (${error}) ${failed}`,
    ...indent(own(within)),
    '})',
  ];
  return spliced(call, finish);
}

/** A call of several lines, ended as one expression is. */
function spliced(call: readonly string[], finish: Finish): string[] {
  return finish(call.join('\n')).flatMap((text) => text.split('\n'));
}

/** An answer in a chain of promises. */
export function chain(making: Making, scope: Scope, own: Own, finish: Finish): string[] {
  const { random } = making;
  const row = fresh(making, 'row');
  const isCaught = random.chance(0.8);
  const within = { ...plain(scope), uncaught: !isCaught, values: [...scope.values, row] };
  const start = `loadRow(${text(making, scope)})`;
  const taking = `(${loose(making, 'e')}) =>`;
  const caught =
    scope.next !== null && random.chance(0.75)
      ? random.pick([scope.next, `${taking} ${scope.next}(e)`])
      : `${taking} ${answer(making, { ...within, values: scope.values })}`;
  const then = random.chance(0.4)
    ? [`(${row}) => ${answer(making, within)}`]
    : [`(${row}) => {`, ...indent(own(within)), '}'];
  const [first = '', ...rest] = then;
  const tail = isCaught ? `).catch(${caught})` : `, ${caught})`;
  const call = [`${start}.then(${first}`, ...rest];
  call[call.length - 1] += tail;
  return spliced(call, finish);
}

/** An answer some time later, in a function that cannot throw to Express. */
export function later(making: Making, scope: Scope, own: Own): string[] {
  const { random } = making;
  const inside = own(plain({ ...scope, depth: 1 }));
  return random.pick([
    ['setTimeout(() => {', ...indent(inside), '}, 1);'],
    ['setImmediate(() => {', ...indent(inside), '});'],
    ['process.nextTick(() => {', ...indent(inside), '});'],
    ['queueMicrotask(() => {', ...indent(inside), '});'],
  ]);
}
