import { argumentsOf, children, literalText, unwrap } from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { useAppState } from './app-state.ts';
import { type Conversion, type FileWork, refuse, textOf } from './conversion.ts';
import { deleteStatement } from './emit.ts';
import { isUnconditional } from './error-handlers.ts';
import { calledMember, FOR_ALL, OWN_SETTINGS, useExpressApp } from './handler-bridges.ts';

/** Reads `app.set`, `app.disable` and the like; the calls go, what they ask for reaches the parity functions. */
export function readSettings(conversion: Conversion) {
  for (const call of conversion.program.appCalls) {
    const work = conversion.workOf(call.file);
    const [name, value] = argumentsOf(call.call);
    const setting = literalText(name) ?? '';
    const on =
      call.member === 'enable'
        ? 'true'
        : call.member === 'disable'
          ? 'false'
          : value === undefined
            ? null
            : textOf(work, value);
    if (!/^(set|enable|disable)$/.test(call.member) || on === null) continue;
    const statement = work.parents.get(call.call);
    if (conversion.bridging && !OWN_SETTINGS.has(setting)) {
      const known = applySetting(conversion, work, setting, on, value) && isUnconditional(work, call.call);
      if ((known || !FOR_ALL.test(setting)) && useExpressApp(conversion, work, calledMember(call.call)))
        continue;
    }
    if (statement?.type !== 'ExpressionStatement') {
      refuse(conversion, work, call.call, 'settings', 'this setting is part of a larger expression');
      continue;
    }
    if (!conversion.bridging && useAppState(conversion, work, calledMember(call.call))) continue;
    if (applySetting(conversion, work, setting, on, value)) {
      if (!isUnconditional(work, call.call))
        refuse(conversion, work, call.call, 'settings', `the setting \`${setting}\` is not always made`);
      deleteStatement(conversion, work, statement, 'settings');
    } else refuse(conversion, work, call.call, 'settings', `the setting \`${setting}\` has no rule`);
  }
}

function applySetting(
  conversion: Conversion,
  work: FileWork,
  name: string,
  on: string,
  value: SyntaxNode | undefined,
): boolean {
  const { settings } = conversion;
  const literal = value === undefined || /^(Literal|ArrayExpression)$/.test(unwrap(value).type);
  switch (name) {
    case 'x-powered-by':
      settings.poweredBy = on !== 'false';
      return literal;
    case 'etag':
      settings.etag = on === 'false' ? 'off' : /strong/.test(on) ? 'strong' : 'weak';
      return /^(true|false|['"](weak|strong)['"])$/.test(on);
    case 'case sensitive routing':
      if (on === 'true') settings.routing.push('caseSensitive: true');
      return literal;
    case 'strict routing':
      if (on === 'true') settings.routing.push('strict: true');
      return literal;
    case 'query parser': {
      const kind = /['"](simple|extended)['"]/.exec(on)?.[1];
      if (kind === undefined) return false;
      settings.query = [`{ parser: ${work.layout.string(kind)} }`];
      return true;
    }
    case 'trust proxy':
      if (!literal) return false;
      settings.trust = on === 'false' ? [] : [on];
      return true;
    case 'json spaces':
    case 'json replacer': {
      const isPlain = name === 'json spaces' ? isPlainValue(value) : isPlainList(value);
      const option = `${name.slice('json '.length)}: `;
      settings.json = [...settings.json.filter((each) => !each.startsWith(option)), `${option}${on}`];
      return isPlain;
    }
    default:
      return false;
  }
}

/** A number or a text written out. */
const isPlainValue = (node: SyntaxNode | undefined): boolean =>
  node !== undefined && /^(number|string)$/.test(typeof unwrap(node).value);

const isPlainList = (node: SyntaxNode | undefined): boolean =>
  node !== undefined &&
  unwrap(node).type === 'ArrayExpression' &&
  children(unwrap(node), 'elements').every(isPlainValue);
