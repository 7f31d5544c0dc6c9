import { calleeOf, child, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { functionsOf } from '../facts/routes/registrations.ts';
import { convertMountPath } from '../facts/routes/sub-apps.ts';
import { useAppState } from '../members/app-state.ts';
import { type Conversion, type FileWork, refuse } from '../state/conversion.ts';

/** Members of an application that are data, not calls: `app.locals`, `app.mountpath`, `app.router`. */
export function refuseAppMembers(conversion: Conversion): void {
  for (const router of conversion.program.routers) {
    for (const { file, node } of router.references) {
      const work = conversion.workOf(file);
      const member = work.parents.get(node);
      if (!isMember(member) || child(member, 'object') !== node || isCalled(work, member)) continue;
      if (!work.draft.keeps(member) || useAppState(conversion, work, member)) continue;
      if (convertMountPath(conversion, work, router, member)) continue;
      const name = memberName(member);
      const reason = name === null ? 'a computed member of it has no rule' : `\`${name}\` of it has no rule`;
      refuse(conversion, work, member, 'routing/member', `this is an Express ${router.kind}: ${reason}`);
    }
  }
}

const isCalled = (work: FileWork, member: SyntaxNode): boolean => {
  const up = work.parents.get(member);
  return up?.type === 'CallExpression' && calleeOf(up) === member;
};

/** Express calls a handler without `this`, Hono as an element of an array: a method that reads it must be bound. */
export function refuseLostThis(conversion: Conversion): void {
  for (const { handlers } of conversion.program.registrations) {
    for (const argument of handlers) {
      if (argument.kind !== 'function' || !isMember(argument.node)) continue;
      for (const fn of functionsOf(argument)) {
        const unit = conversion.units.get(fn.node);
        if (unit === undefined || fn.node.type === 'ArrowFunctionExpression') continue;
        if (isBoundElsewhere(unit.work, fn.name)) continue;
        const uses = findAll(fn.node, 'ThisExpression').find((node) => ownThis(unit.work, fn.node, node));
        if (uses !== undefined)
          refuse(conversion, unit.work, uses, 'flow/this', '`this` is not set when Express calls this', unit);
      }
    }
  }
}

/** `this.show = this.show.bind(this)` anywhere in the file. */
const isBoundElsewhere = (work: FileWork, name: string): boolean =>
  new RegExp(`\\.${name.replace(/\W/g, '\\$&')}\\s*\\.bind\\(`).test(work.file.text) ||
  /autoBind|bindAll|boundMethod|@bound|@autobind/i.test(work.file.text);

function ownThis(work: FileWork, fn: SyntaxNode, node: SyntaxNode): boolean {
  for (let up = work.parents.get(node); up !== undefined; up = work.parents.get(up)) {
    if (up === fn) return true;
    if (/^(FunctionExpression|FunctionDeclaration|Class\w*)$/.test(up.type)) return false;
  }
  return false;
}
