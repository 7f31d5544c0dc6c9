import { child, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { importsOf } from '../edit/imports-of.ts';
import { REPLACED_PACKAGES } from '../packages/_known.ts';
import { type Home, holds, type Target } from '../state/worlds.ts';
import { constantOf } from './targets.ts';

/** Constants that a declaration is made of and that a replaced package makes: `storage` of `multer({ storage })`. */
export function packageConstants(target: Target, home: Home, seen: readonly Target[] = []): Target[] {
  const { work, value } = target;
  const packages = importsOf(work)
    .filter(({ module }) => REPLACED_PACKAGES.has(module))
    .flatMap(({ bindings }) => bindings);
  return findAll(value, 'Identifier').flatMap((node) => {
    const made = constantOf(work, node, home.block);
    // The application itself is one, in both worlds.
    if (made === null || made.statement === target.statement || made.statement === home.statement) return [];
    if (seen.some(({ statement }) => statement === made.statement)) return [];
    const isMade = findAll(made.value, 'Identifier').some((each) => {
      const binding = isIdentifier(each) ? work.bindings.bindingOf(each) : null;
      return binding !== null && packages.includes(binding) && isCalled(each, made);
    });
    return isMade ? [made, ...packageConstants(made, home, [...seen, target])] : [];
  });
}

/** `multer.diskStorage(…)` makes something; a function that names the package does not. */
const isCalled = (node: { start: number; end: number }, { value }: Target): boolean => {
  const callee = child(value, 'callee');
  return callee !== null && holds(callee, node);
};
