import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isIdentifier,
  parametersOf,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { convertPackage } from '../bridge/replaced-packages.ts';
import { bodyOf } from '../facts/answers/shapes.ts';
import { bridgingOf, outcomeCallback } from '../packages/_known.ts';
import { type Conversion, claim, replace, spanOf } from '../state/conversion.ts';
import type { Frame } from './frame.ts';

/**
 * `new Promise((resolve, reject) => { passport.authenticate('jwt', settle(resolve, reject))(req, res, next); })`: middleware of a
 * package that tells a function its outcome, which settles the promise. Returns false for any other promise.
 */
export function convertOutcomePromise(conversion: Conversion, frame: Frame, made: SyntaxNode): boolean {
  const { unit } = frame;
  const { work, context: c } = unit;
  const [executor, ...more] = made.type === 'NewExpression' ? argumentsOf(made) : [];
  const isPromise = isIdentifier(child(made, 'callee'), 'Promise');
  if (!isPromise || executor === undefined || more.length > 0 || !isFunction(executor)) return false;
  const [resolve, reject] = parametersOf(executor);
  const body = bodyOf(executor);
  if (!isIdentifier(resolve) || !isIdentifier(reject) || body === null) return false;
  const answering = ('statements' in body ? body.statements : [body.expression]).filter((each) =>
    unit.answering.has(each),
  );
  const [only] = answering;
  if (only === undefined || answering.length > 1) return false;
  const call = unwrap(only.type === 'ExpressionStatement' ? (child(only, 'expression') ?? only) : only);
  const inPlace = conversion.program.inPlace.find(({ node }) => node === call);
  const callee = calleeOf(call);
  if (inPlace === undefined || callee === null) return false;
  const { middleware } = inPlace;
  const callback = outcomeCallback(conversion.program, middleware);
  const bridging = bridgingOf(middleware);
  if (callback === null || unit.answering.has(callback) || typeof bridging !== 'object') return false;
  if (bridging.by !== undefined || bridging.changesParams) return false;
  const args = argumentsOf(call);
  if (args.some((each) => conversion.roles.get(unwrap(each))?.unit !== unit)) return false;
  for (const each of args) claim(conversion, unwrap(each));
  convertPackage(conversion, middleware);
  const [settle, fail] = [String(resolve.name), String(reject.name)];
  const isTyped = work.file.typescript && resolve.typeAnnotation == null;
  // Middleware that goes on by itself has the rest of the chain go on.
  const goOn = `async () => ${settle}(${isTyped ? 'undefined as never' : ''})`;
  replace(
    conversion,
    work,
    call,
    [spanOf(callee), `(${c}, ${goOn}).catch(${fail})`],
    'packages/outcome-promise',
  );
  return true;
}
