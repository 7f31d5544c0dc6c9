import {
  child,
  children,
  isFunction,
  isIdentifier,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { importsOf, type PackageImport } from '../../shared/edit/imports-of.ts';
import { constantOf } from '../state/constants.ts';
import { type FileWork, spanOf } from '../state/conversion.ts';
import { functionAt } from './_connect.ts';
import type { Native, PackageRule, Use } from './_contract.ts';
import { asksForLent } from './_lent-members.ts';
import { words } from './_words.ts';

const ASKED = words('url headers method httpVersion originalUrl query');
const ANSWERED = words('statusCode responseTime');
/** Before the answer: `req.url` is what mounts leave of it then, which the log does not tell. */
const EARLY = words('headers method httpVersion originalUrl query');

/** Options that are handed the request and the response, by what is there of them. */
const FUNCTIONS: Readonly<Record<string, readonly ReadonlySet<string>[]>> = {
  ...{ msg: [ASKED, ANSWERED], level: [ASKED, ANSWERED], skip: [ASKED, ANSWERED] },
  ...{ dynamicMeta: [ASKED, ANSWERED], ignoreRoute: [EARLY, words('')] },
};
/** Options that say what a line is, and ask nothing of a request. */
const VALUES = /^(meta|metaField|baseMeta|headerBlacklist|ignoredRoutes)$/;

const REMARK =
  'a line of the log is written once the answer is made, before all of it has gone out; it names the headers in the order of their names, and the query as it is written, with no objects in it';

interface Option {
  value: SyntaxNode;
  /** `skip() {}`: a function without its keyword. */
  isMethod: boolean;
}

function native(use: Use): Native | string {
  const { args, work, member, files } = use;
  const [given, ...more] = args;
  if (member !== 'logger') return 'it is no logger of answers';
  if (!files.every(asksOnlyLoggers)) return 'what its loggers have in common is changed';
  const options = given === undefined || more.length > 0 ? null : optionsOf(given);
  if (options === null) return 'its options are not written in its call';
  const logger = loggerOf(work, options);
  if (logger === null) return 'the logger of winston that it writes to is not known';
  const items: Part[][] = [];
  for (const [key, option] of options) {
    const part = convertOption(work, options, key, option);
    if (typeof part === 'string') return part;
    if (part !== null) items.push(part);
  }
  const list = items.flatMap((each, index): Part[] => (index === 0 ? each : [', ', ...each]));
  return {
    ...{ from: 'parity', name: 'answerLog', remark: REMARK },
    why: '`hono/logger` writes lines of text, to the console',
    args: () => (items.length === 0 ? logger : [...logger, ', { ', ...list, ' }']),
  };
}

function optionsOf(given: SyntaxNode): Map<string, Option> | null {
  const object = unwrap(given);
  if (object.type !== 'ObjectExpression') return null;
  const found = new Map<string, Option>();
  for (const property of children(object, 'properties')) {
    const key = property.type === 'Property' ? propertyKeyName(property) : null;
    const value = child(property, 'value');
    if (key === null || value === null || property.kind !== 'init' || value.generator === true) return null;
    if (property.method === true && value.async === true) return null;
    found.set(key, { value: unwrap(value), isMethod: property.method === true });
  }
  return found;
}

/** The logger that lines are written to: the one that is given, or one of what it was to be made of. */
function loggerOf(work: FileWork, options: ReadonlyMap<string, Option>): Part[] | null {
  const [instance, transports, format] = ['winstonInstance', 'transports', 'format'].map((key) =>
    options.get(key),
  );
  if (instance !== undefined) return instance.isMethod ? null : [spanOf(instance.value)];
  if (transports === undefined || transports.isMethod || format?.isMethod) return null;
  const winston = importsOf(work)
    .map(wholeModule)
    .find((name) => name !== undefined);
  if (winston === undefined) return null;
  return [
    `${winston}.createLogger({ transports: `,
    spanOf(transports.value),
    ...(format === undefined ? [] : [', format: ', spanOf(format.value)]),
    ' })',
  ];
}

/** The name of all of winston: `import winston`, `import * as winston`, `const winston = require('winston')`. */
function wholeModule({ module, statement, declarator }: PackageImport): string | undefined {
  if (module !== 'winston') return undefined;
  const whole = children(statement, 'specifiers').find(({ type }) =>
    /^Import(Default|Namespace)Specifier$/.test(type),
  );
  const made = declarator === statement ? null : child(declarator, 'init');
  const name =
    whole === undefined ? made?.type === 'CallExpression' && child(declarator, 'id') : child(whole, 'local');
  return name && isIdentifier(name) ? String(name.name) : undefined;
}

/** An option as the log takes it; null for one that is nothing there, a sentence for one that is not known. */
function convertOption(
  work: FileWork,
  options: ReadonlyMap<string, Option>,
  key: string,
  { value, isMethod }: Option,
): Part[] | string | null {
  if (/^(winstonInstance|transports|format)$/.test(key)) return null;
  const written = constantOf(work, value);
  const flag = written.type === 'Literal' && typeof written.value === 'boolean' ? written.value : null;
  if (key === 'colorize') return flag === false ? null : 'its option `colorize` was not compared';
  if (key === 'expressFormat') {
    if (flag === null) return 'its option `expressFormat` is known only when it runs';
    return flag ? [`message: ${messageOf(EXPRESS_FORMAT)}`] : null;
  }
  if (key === 'statusLevels') return levelsOf(work, written, flag);
  const isFormatted = options.has('expressFormat') && expressFormat(work, options);
  const isLevelled = options.has('statusLevels') && key === 'level';
  if (isLevelled || (key === 'msg' && isFormatted)) return null;
  const text = literalText(written);
  if (key === 'msg' && text !== null) {
    const message = messageOf(text);
    return message === null
      ? `its option \`msg\` asks for more than was compared: \`${text}\``
      : [`message: ${message}`];
  }
  if (key === 'level' && text !== null) return ['level: ', spanOf(value)];
  const lent = FUNCTIONS[key];
  if (lent === undefined) {
    if (!VALUES.test(key) || isMethod) return `its option \`${key}\` was not compared`;
    const isField = key === 'metaField' && !(text !== null && !/\.|^null$/.test(text));
    return isField && written.value !== null
      ? 'its option `metaField` was not compared'
      : [`${key}: `, spanOf(value)];
  }
  const fn = functionAt({ work, value });
  if (fn === null || !isFunction(fn) || !asksForLent(work, fn, lent))
    return `its option \`${key}\` may ask more of the request`;
  const isTemplate = findAll(fn, 'Literal', 'TemplateElement').some((each) =>
    work.file.text.slice(each.start, each.end).includes('{{'),
  );
  if (key === 'msg' && isTemplate) return 'its option `msg` makes a template';
  const name = key === 'msg' ? 'message' : key;
  return isMethod ? [`${name}: function `, spanOf(value)] : [`${name}: `, spanOf(value)];
}

function expressFormat(work: FileWork, options: ReadonlyMap<string, Option>): boolean {
  const given = options.get('expressFormat');
  return given !== undefined && constantOf(work, given.value).value === true;
}

const EXPRESS_FORMAT = '{{req.method}} {{req.url}} {{res.statusCode}} {{res.responseTime}}ms';

/** A message of its templates as a function; null where it asks for more than is there. */
function messageOf(text: string): string | null {
  const used = new Set<string>();
  let isKnown = !/<%/.test(text);
  const parts = text.split(/\{\{(.+?)\}\}/).map((part, index) => {
    if (index % 2 === 0) return part.replace(/[\\`]|\$(?=\{)/g, '\\$&');
    const [, of = '', name = ''] = /^\s*(req|res)\.(\w+)\s*$/.exec(part) ?? [];
    isKnown &&= TEXTS[of]?.has(name) === true;
    used.add(of);
    return `\${${of}.${name}}`;
  });
  const parameters = used.has('res') ? '(req, res)' : used.has('req') ? '(req)' : '()';
  const unused = used.has('res') && !used.has('req') ? '(_req, res)' : parameters;
  return isKnown ? `${unused} => \`${parts.join('')}\`` : null;
}

const TEXTS: Readonly<Record<string, ReadonlySet<string>>> = {
  ...{ req: words('url method originalUrl httpVersion'), res: ANSWERED },
};

/** The level by the status of the answer: `statusLevels`. */
function levelsOf(work: FileWork, written: SyntaxNode, flag: boolean | null): Part[] | string | null {
  const unknown = 'its option `statusLevels` was not compared';
  if (flag === false) return null;
  const names: Record<string, string> = { success: 'info', warn: 'warn', error: 'error' };
  if (flag === null) {
    if (written.type !== 'ObjectExpression') return unknown;
    for (const property of children(written, 'properties')) {
      const key = property.type === 'Property' ? propertyKeyName(property) : null;
      const name = literalText(child(property, 'value'));
      if (key === null || !name) return unknown;
      names[key] = name;
    }
  }
  const { success = '', warn = '', error = '' } = names;
  const [made, asked, failed] = [success, warn, error].map((name) => work.layout.string(name));
  return [
    `level: (_req, res) => (res.statusCode >= 500 ? ${failed} : res.statusCode >= 400 ? ${asked} : ${made})`,
  ];
}

/** Whether a file takes only loggers of the package, and no list that all of them go by. */
const asksOnlyLoggers = (work: FileWork): boolean =>
  !findAll(work.file.program, 'Identifier').some(({ name }) => name === '_routeWhitelists') &&
  findAll(work.file.program, 'AssignmentExpression', 'CallExpression').every((each) => {
    const changed =
      each.type === 'AssignmentExpression'
        ? child(each, 'left')
        : child(child(each, 'callee') ?? each, 'object');
    return !/^(?:request|body|response)(?:White|Black)list$|^ignoredRoutes$/.test(
      String(child(changed ?? each, 'property')?.name ?? ''),
    );
  });

const expressWinston: PackageRule = {
  name: 'express-winston',
  bridge: ({ member }) => (/^errorLogger\b/.test(member) ? { by: 'bridgeError', passesOn: true } : {}),
  native,
};
export default expressWinston;
