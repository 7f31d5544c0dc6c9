import type {
  ExpressFunction,
  ExpressProgram,
  HandlerArgument,
  Registration,
} from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { holds } from '../state/worlds.ts';

/** All that a registration is known to register: lists opened, and what was followed of what is not known whole. */
export function itemsOf({ handlers, rows = [] }: Pick<Registration, 'handlers' | 'rows'>): HandlerArgument[] {
  const open = (argument: HandlerArgument): HandlerArgument[] => {
    if (argument.kind === 'array') return argument.items.flatMap(open);
    return argument.kind === 'unknown' ? (argument.held ?? []).flatMap(open) : [argument];
  };
  return [...handlers, ...rows.flatMap((row) => row.handlers)].flatMap(open);
}

/** What Express still registers. */
const stayingRegistrations = (
  { registrations }: ExpressProgram,
  inside: ReadonlySet<Registration>,
  both: ReadonlySet<Registration>,
): Registration[] => registrations.filter((each) => !inside.has(each) || both.has(each));

/** Where each item is written that Express still registers. */
export const stayingItems = (
  program: ExpressProgram,
  inside: ReadonlySet<Registration>,
  both: ReadonlySet<Registration>,
): Set<SyntaxNode> =>
  new Set(
    stayingRegistrations(program, inside, both).flatMap((each) => itemsOf(each).map(({ node }) => node)),
  );

/** Functions that Express still calls: what stays registers them, tests use them, or something that stays calls them. */
export function staying(
  program: ExpressProgram,
  ours: ReadonlySet<ExpressFunction>,
  {
    inside,
    both,
    tested,
  }: {
    inside: ReadonlySet<Registration>;
    both: ReadonlySet<Registration>;
    tested: ReadonlyMap<SyntaxNode, string>;
  },
): Set<ExpressFunction> {
  const held = new Set(
    stayingRegistrations(program, inside, both).flatMap((each) =>
      itemsOf(each).flatMap((item) => [...functionsIn(item)]),
    ),
  );
  const found = new Set<ExpressFunction>();
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const fn of program.functions) {
      const stays =
        tested.has(fn.node) ||
        held.has(fn) ||
        fn.uses.some((use) => {
          if (use.kind === 'registered') return !inside.has(use.registration) || both.has(use.registration);
          if (use.kind === 'returned') return false;
          if (use.kind === 'option') {
            const at = program.registrations.find(
              ({ file, call }) => file === use.file && holds(call, use.call),
            );
            return at === undefined || !inside.has(at) || both.has(at);
          }
          const callers = [...ours].filter(
            (each) => each === use.by || (each.file === use.file && holds(each.node, use.call)),
          );
          return callers.length === 0 || callers.some((each) => found.has(each));
        });
      if (stays) found.add(fn);
    }
  }
  return found;
}
