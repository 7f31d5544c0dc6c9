import { child, isFunction, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { constantOf } from '../state/constants.ts';
import type { FileWork } from '../state/conversion.ts';
import { writtenOptions } from '../state/written-options.ts';
import { functionAt } from './_connect.ts';
import type { OnContext, Use } from './_contract.ts';
import { asksForLent, REQUEST, RESPONSE } from './_lent-members.ts';
import { givenOptions } from './_options.ts';
import { words } from './_words.ts';

/** What pino's own serializer makes of a request. */
const SERIALIZED = words('id method url query params headers remoteAddress remotePort');
const SERIALIZED_ANSWER = words('statusCode headers');

/** Options that are functions, by what each is handed. */
const FUNCTIONS: Readonly<Record<string, readonly (ReadonlySet<string> | null)[]>> = {
  genReqId: [REQUEST, RESPONSE],
  customLogLevel: [REQUEST, RESPONSE],
  customProps: [REQUEST, RESPONSE],
  customReceivedMessage: [REQUEST, RESPONSE],
  customReceivedObject: [REQUEST, RESPONSE],
  customSuccessMessage: [REQUEST, RESPONSE],
  customErrorMessage: [REQUEST, RESPONSE],
  ignore: [REQUEST],
};
const SERIALIZERS: typeof FUNCTIONS = { req: [SERIALIZED], res: [SERIALIZED_ANSWER], err: [null] };

/** Options that say how lines are written, and ask nothing of a request. */
const VALUES =
  /^(logger|level|useLevel|stream|transport|quietReqLogger|quietResLogger|redact|customAttributeKeys|name|enabled|timestamp|messageKey|formatters)$/;

/**
 * Runs a logger of pino on Hono's context. Source: pino-http 5 to 11 and pino-std-serializers 7: they ask for the method, the
 * URL, headers, `socket`, and for the status and headers of the answer once it is there.
 */
export function logger(use: Use): OnContext | string {
  const [given, ...more] = use.args;
  const found = givenOptions(use, given);
  if (found === null) return 'its options are not written out';
  for (const [key, value] of found.options) {
    const why = whyNot(found.work, key, value);
    if (why !== null) return why;
  }
  if (more.some((each) => isFunction(unwrap(each)))) return 'its stream was not compared';
  return { leavesOut: [], remark: REMARK };
}

const REMARK =
  'a line of the log is written once the answer is made, before all of it has gone out; it names no `remotePort`, and not the headers that the server adds';

function whyNot(work: FileWork, key: string, value: SyntaxNode): string | null {
  const own = constantOf(work, value);
  if (key === 'serializers' || key === 'autoLogging') {
    const options = own.type === 'Literal' ? new Map<string, SyntaxNode>() : writtenOptions(own);
    const known = key === 'serializers' ? SERIALIZERS : FUNCTIONS;
    const isKnown = (name: string, each: SyntaxNode) =>
      known[name] !== undefined && asks(work, each, known[name]);
    return options !== null && [...options].every(([name, each]) => isKnown(name, each))
      ? null
      : `its option \`${key}\` may ask more of the request`;
  }
  const lent = FUNCTIONS[key];
  if (lent === undefined) return VALUES.test(key) ? null : `its option \`${key}\` was not compared`;
  return own.type === 'ObjectExpression' || asks(work, value, lent)
    ? null
    : `its option \`${key}\` may ask more of the request`;
}

function asks(work: FileWork, value: SyntaxNode, lent: readonly (ReadonlySet<string> | null)[]): boolean {
  const fn = functionAt({ work, value });
  return fn !== null && child(fn, 'body') !== null && asksForLent(work, fn, lent);
}
