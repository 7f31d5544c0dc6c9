import { child, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { type Conversion, refuse } from '../state/conversion.ts';

/** Names that a CommonJS module is given. */
const GIVEN = new Set(['exports', 'module', 'require', '__filename', '__dirname']);

/** A Worker is an ES module: giving a value to a name that nobody declared throws there, and the Worker does not start. */
export function refuseUndeclared(conversion: Conversion): void {
  if (conversion.options.target !== 'workers') return;
  for (const work of conversion.program.files.map((file) => conversion.workOf(file))) {
    for (const assignment of findAll(work.file.program, 'AssignmentExpression')) {
      const left = child(assignment, 'left');
      if (!isIdentifier(left) || GIVEN.has(String(left.name)) || work.bindings.bindingOf(left) !== null)
        continue;
      const name = String(left.name);
      refuse(
        conversion,
        work,
        left,
        'workers/undeclared',
        `\`${name}\` is declared nowhere: a Worker is an ES module and does not start with it (\`const ${name} = …\` here is enough where only this file uses it)`,
      );
    }
  }
}
