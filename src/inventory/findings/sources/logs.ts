import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { argument, type Look } from '../look.ts';
import type { SourceRule } from '../rule.ts';

/** Loggers' ways to write into a file. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  winston: ['transports.File.new', 'transports.DailyRotateFile.new'],
  'winston-daily-rotate-file': ['new', 'DailyRotateFile.new'],
  'rotating-file-stream': ['createStream.()', '()'],
  'file-stream-rotator': ['getStream.()'],
  log4js: ['configure.()'],
  'simple-node-logger': ['createSimpleFileLogger.()', 'createRollingFileLogger.()'],
};

const rule: SourceRule = {
  id: 'logs',
  kinds: ['log-file'],
  words: new RegExp(`["'\`](?:${Object.keys(FILES).join('|')}|pino)["'\`]`),
  visit: { CallExpression: made, NewExpression: made },
};

function made(node: SyntaxNode, look: Look): void {
  const named = look.named(node);
  if (named === null) return;
  if (named.from === 'pino' && named.path === 'destination.()' && look.textOf(argument(node, 0)) !== null)
    look.note('log-file', 'pino.destination', node);
  if (named.from === 'log4js' && look.property(argument(node, 0), 'appenders') === null) return;
  if (FILES[named.from]?.includes(named.path)) look.note('log-file', named.from, node);
}

export default rule;
