import { UNKNOWN_SEGMENT } from '../../../express/text.ts';
import type { Value } from '../../../syntax/flow/values.ts';
import { argumentsOf, calleeOf, isCall, literalText, memberName, unwrap } from '../../../syntax/nodes.ts';
import type { Place } from '../../model.ts';
import type { Reading } from '../../reader.ts';
import { isExternal, wayTo } from '../../values.ts';

/**
 * A text that may stand in a configuration: `config.get('app.prefix')` is what `registerAs('app', () => ({ prefix }))` gives,
 * or else the default that is given with it. What is not known of it is `<expression>`.
 */
export function configuredText(reading: Reading, place: Place): string {
  const [text = UNKNOWN_SEGMENT] = reading.arguments.texts(place);
  const node = unwrap(place.node);
  if (
    !text.includes(UNKNOWN_SEGMENT) ||
    !isCall(node) ||
    !/^get(OrThrow)?$/.test(memberName(calleeOf(node)) ?? '')
  )
    return text;
  const [key, fallback] = argumentsOf(node);
  const [space = '', ...names] = (literalText(key) ?? '').split('.');
  for (const object of spaces(reading, space)) {
    let values: readonly Value[] = [object];
    let found: ReturnType<typeof reading.arguments.property> = null;
    for (const name of names) {
      found = values.flatMap((value) => reading.arguments.property(value, name) ?? [])[0] ?? null;
      values = found?.values ?? [];
    }
    const [said] = found === null ? [] : reading.arguments.texts(found);
    if (said !== undefined && !said.includes(UNKNOWN_SEGMENT)) return said;
  }
  return (fallback === undefined ? null : literalText(fallback)) ?? text;
}

/** What the functions give that are registered under a name of the configuration. */
function spaces({ flow }: Reading, name: string): Value[] {
  return flow.externalCalls.flatMap(({ callee, node, arguments: args }) => {
    if (!isExternal(callee) || callee.module !== '@nestjs/config' || wayTo(callee) !== 'registerAs')
      return [];
    if (literalText(argumentsOf(node)[0]) !== name) return [];
    return [...(args[1]?.values ?? [])].flatMap((value) =>
      value.kind === 'function' ? [...value.returns.values] : [],
    );
  });
}
