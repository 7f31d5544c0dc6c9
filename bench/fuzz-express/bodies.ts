import { answer, effect, handOn } from './answers.ts';
import { any, condition, data, fault, text } from './expressions.ts';
import { fresh, indent, loose, type Making, type Scope, variable } from './making.ts';
import { callback, chain, deeper, later, plain } from './waiting.ts';

/** Where a block stands: whether what follows it must be kept from running, and what its paths do at their end. */
interface Place {
  /** More code follows on the same path: each end must leave the function. */
  must: boolean;
  /** A middleware's paths mostly hand on, a handler's mostly answer. */
  hands: boolean;
}

/** The statements of a function whose every path ends: in an answer, in `next`, in an error. */
export function body(making: Making, scope: Scope, hands: boolean): string[] {
  return block(making, scope, { must: false, hands });
}

function block(making: Making, scope: Scope, place: Place): string[] {
  const { random } = making;
  const lines: string[] = [];
  let known = scope;
  const count = random.weighted([
    [5, 0],
    [5, 1],
    [3, 2],
    [1, 3],
  ]);
  for (let step = 0; step < count; step++) {
    const made = before(making, known, place);
    lines.push(...made.lines);
    if (made.value !== null) known = { ...known, values: [...known.values, made.value] };
  }
  lines.push(...end(making, known, place));
  return lines;
}

/** Statements before the end of a path. */
function before(making: Making, scope: Scope, place: Place): { lines: string[]; value: string | null } {
  const { random } = making;
  const { req } = scope;
  const declare = (expression: string) => {
    const value = variable(making, scope);
    return { lines: [`const ${value} = ${expression};`], value };
  };
  const none = (...lines: string[]) => ({ lines, value: null });
  const leave = () => block(making, deeper(scope), { ...place, must: true });
  const deep = scope.depth > 0 ? 1 : 0;
  return random.weighted<() => { lines: string[]; value: string | null }>([
    [9, () => none(effect(making, scope))],
    [5, () => declare(any(making, scope))],
    [2, () => declare(data(making, scope))],
    [scope.async ? 5 : 0, () => declare(`await loadRow(${text(making, scope)})`)],
    [scope.async ? 2 : 0, () => none('await pause(1);')],
    [1, () => declare(`store.items.filter((${random.pick(['c', 'item', 'res'])}) => true).length`)],
    [
      deep,
      () => {
        const [one, other] = [fresh(making, 'part'), fresh(making, 'rest')];
        const from = random.pick([`${req}.query`, `${req}.params`, `(${req}.body || {})`, `${req}.query`]);
        const lines = [`const { ${random.pick(['a', 'name', 'id'])}: ${one}, ...${other} } = ${from};`];
        return { lines, value: random.pick([one, other]) };
      },
    ],
    [deep * 5, () => none(`if (${condition(making, scope)}) {`, ...indent(leave()), '}')],
    [deep * 2, () => none(`if (${condition(making, scope)}) ${oneLine(answer(making, scope), 'return ')}`)],
    [
      scope.uncaught ? 0 : deep,
      () => none(`if (${condition(making, scope)}) throw ${fault(making, scope)};`),
    ],
    [
      scope.next === null ? 0 : deep * 1.5,
      () => none(`if (${condition(making, scope)}) return ${scope.next}(${fault(making, scope)});`),
    ],
    [
      deep,
      () =>
        none(
          `if (${condition(making, scope)}) ${effect(making, scope)}`,
          ...(random.chance(0.5) ? [`else ${effect(making, scope)}`] : []),
        ),
    ],
    [
      deep * 0.7,
      () => {
        const key = random.pick(['key', 'c', 'res1', 'body1']);
        return none(
          `for (const ${key} of Object.keys(${req}.query)) {`,
          `  ${scope.res}.append('X-Key', encodeURIComponent(${key}));`,
          '}',
        );
      },
    ],
    [
      deep * 0.8,
      () => {
        const value = fresh(making, 'parsed');
        return {
          lines: [
            `let ${value};`,
            `try { ${value} = JSON.parse(String(${any(making, scope)})); } catch { ${value} = null; }`,
          ],
          value,
        };
      },
    ],
    [
      deep * 0.6,
      () => {
        const name = fresh(making, 'local');
        const use = scope.next !== null && random.chance(0.5);
        const inner = use
          ? `if (!${any(making, scope)}) ${scope.next}(); else ${answer(making, scope)};`
          : `return ${answer(making, scope)};`;
        return none(
          `const ${name} = () => { ${inner} };`,
          `if (${condition(making, scope)}) return ${name}();`,
        );
      },
    ],
  ])();
}

const oneLine = (expression: string, lead: string): string => `${lead}${expression};`;

/** An expression that ends the path, as statements. */
function ending({ random }: Making, { must }: Place, expression: string): string[] {
  const left = must || random.chance(0.45);
  if (!left) return [`${expression};`];
  return random.chance(0.75) ? [`return ${expression};`] : [`${expression};`, 'return;'];
}

/** The end of a path. */
function end(making: Making, scope: Scope, place: Place): string[] {
  const { random } = making;
  const { next } = scope;
  const deep = scope.depth > 0 ? 1 : 0;
  const finish = (expression: string) => ending(making, place, expression);
  const inner = (within: Scope) => block(making, within, place);
  /** A block in a function of its own: nothing follows it there. */
  const own = (within: Scope) => block(making, within, { ...place, must: false });
  const onward = next === null ? 0 : place.hands ? 40 : 4;
  return random.weighted<() => string[]>([
    [22, () => finish(answer(making, scope))],
    [onward, () => finish(place.hands && next !== null ? `${next}()` : handOn(making, scope, next ?? ''))],
    [scope.uncaught ? 0 : 1.5, () => [`throw ${fault(making, scope)};`]],
    [
      deep * 4,
      () => [
        `if (${condition(making, scope)}) {`,
        ...indent(inner(deeper(scope))),
        '} else {',
        ...indent(inner(deeper(scope))),
        '}',
      ],
    ],
    [
      deep * 1.5,
      () =>
        finish(
          `${condition(making, scope)} ? ${answer(making, scope)} : ${next === null ? answer(making, scope) : `${next}()`}`.replace(
            /^(.*?) \? /,
            '($1) ? ',
          ),
        ),
    ],
    [
      deep * 1.5,
      () => [
        `switch (${text(making, scope)}) {`,
        ...["case '1':", "case 'GET': {", 'default: {'].flatMap((label) => [
          `  ${label}`,
          ...(label.endsWith('{')
            ? [...indent(indent(block(making, deeper(scope), { ...place, must: true }))), '  }']
            : []),
        ]),
        '}',
      ],
    ],
    [deep * 4, () => callback(making, scope, own, finish)],
    [deep * 3.5, () => chain(making, scope, own, finish)],
    [deep * 2.5, () => later(making, scope, own)],
    [deep * 2.5, () => attempt(making, scope, place, inner)],
    [
      1.2,
      () => [
        `${answer(making, scope)};`,
        random.pick(['store.hits += 1;', "store.items.push({ id: 'late' });", 'return;']),
      ],
    ],
    [1, () => written(making, scope)],
    [0.4, () => finish(`Readable.from(['one ', ${text(making, scope)}]).pipe(${scope.res})`)],
    [deep, () => finish(delegated(making, scope, place))],
  ])();
}

function attempt(making: Making, scope: Scope, place: Place, inner: (within: Scope) => string[]): string[] {
  const { random } = making;
  const error = random.pick(['err', 'e', 'error', 'c']);
  const within = deeper(scope);
  const tried = inner({ ...within, uncaught: false });
  const call = scope.async && random.chance(0.6) ? [`  await loadRow(${text(making, scope)});`] : [];
  const caught =
    scope.next !== null && random.chance(0.6)
      ? ending(making, place, `${scope.next}(${error})`)
      : ending(making, place, answer(making, within));
  return ['try {', ...call, ...indent(tried), `} catch (${error}) {`, ...indent(caught), '}'];
}

function written(making: Making, scope: Scope): string[] {
  const { res } = scope;
  const more = making.random.chance(0.4) ? [`${res}.write(${text(making, scope)} + '.');`] : [];
  return [`${res}.write('first ');`, ...more, `${res}.end(${making.random.pick(["'last'", ''])});`];
}

/** A function of the program's own that ends the path. */
function delegated(making: Making, scope: Scope, place: Place): string {
  const { random } = making;
  const name = fresh(making, 'finish');
  const next = scope.next !== null && random.chance(0.6);
  const within: Scope = {
    ...plain(scope),
    ...{
      req: 'req',
      res: 'res',
      next: next ? 'next' : null,
      values: [],
      uncaught: scope.uncaught || scope.async,
    },
  };
  const lines = body(making, within, place.hands && next);
  const names = ['req', 'res', ...(next ? ['next'] : [])].map((each) => loose(making, each));
  making.open.body.push(`function ${name}(${names.join(', ')}) {`, ...indent(lines), '}');
  return `${name}(${[scope.req, scope.res, ...(next ? [scope.next] : [])].join(', ')})`;
}
