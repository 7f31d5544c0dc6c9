import type { InPlace } from '../../../src/workspace/express/program.ts';
import { argumentsOf, calleeOf, isFunction } from '../../../src/workspace/syntax/nodes.ts';
import { convertPackage } from '../bridge/replaced-packages.ts';
import { parityName } from '../edit/imports.ts';
import { type Conversion, claim, replace, spanOf } from '../state/conversion.ts';
import { readCallback } from './callbacks.ts';
import type { Form } from './form.ts';
import type { Frame } from './frame.ts';

/**
 * `upload.single('file')(req, res, (error) => { … })`: the function is told how it went, and answers or goes on. For multer, which
 * never answers by itself; null for any other package, and where the function does neither.
 */
export function readTold(conversion: Conversion, frame: Frame, { node, middleware }: InPlace): Form | null {
  const { unit } = frame;
  const { work, context: c } = unit;
  const callee = calleeOf(node);
  const [req, res, told] = argumentsOf(node);
  if (middleware.package !== 'multer' || callee === null || told === undefined || !isFunction(told))
    return null;
  const isOwn = [req, res].every((each) => each !== undefined && conversion.roles.get(each)?.unit === unit);
  if (req === undefined || res === undefined || !isOwn || !unit.answering.has(told)) return null;
  claim(conversion, req);
  claim(conversion, res);
  convertPackage(conversion, middleware);
  const tell = parityName(conversion, work, 'tell');
  const parts = [`${tell}(${c}, `, spanOf(callee), ', ', spanOf(told), ')'];
  replace(conversion, work, node, parts, 'packages/told');
  return readCallback(conversion, frame, node);
}
