import { calleeOf, child, isFunction, isMember } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { findAll } from '../../../workspace/syntax/walk.ts';
import { argument, type Look } from '../look.ts';
import type { SourceRule } from '../rule.ts';

/** Calls that start work at a time of their own. */
const SCHEDULES: Readonly<Record<string, readonly string[]>> = {
  'node-cron': ['schedule.()', 'createTask.()'],
  cron: ['CronJob.new', 'CronJob.from.()', 'job.()'],
  croner: ['new', 'Cron.new', '()', 'Cron.()'],
  'node-schedule': ['scheduleJob.()'],
  'toad-scheduler': ['ToadScheduler.new'],
  bree: ['new'],
  later: ['setInterval.()'],
};
/** Calls that take work from a queue for as long as the process lives. */
const CONSUMERS: Readonly<Record<string, readonly string[]>> = {
  bullmq: ['Worker.new'],
  bull: ['new.process.()', '().process.()'],
  agenda: ['new', 'Agenda.new'],
  'bee-queue': ['new.process.()'],
  kue: ['createQueue.().process.()'],
  'pg-boss': ['new', 'PgBoss.new'],
  kafkajs: ['Kafka.new.consumer.()'],
  amqplib: ['connect.().createChannel.().consume.()'],
  'graphile-worker': ['run.()'],
};
/** Decorators of Nest that schedule a method. */
const DECORATORS: Readonly<Record<string, readonly string[]>> = {
  '@nestjs/schedule': ['Cron.()', 'Interval.()', 'Timeout.()'],
  '@nestjs/bull': ['Process.()', 'Processor.()'],
  '@nestjs/bullmq': ['Processor.()'],
};

const rule: SourceRule = {
  id: 'jobs',
  kinds: ['job-scheduled', 'job-consumer', 'interval-at-start'],
  words: new RegExp(
    `\\bsetInterval\\b|["'\`](?:${[...Object.keys(SCHEDULES), ...Object.keys(CONSUMERS), ...Object.keys(DECORATORS)].join('|')})["'\`]`,
  ),
  visit: {
    CallExpression: started,
    NewExpression: started,
    Decorator(node, look) {
      const named = look.named(child(node, 'expression'));
      if (named && DECORATORS[named.from]?.includes(named.path))
        look.note(
          named.from === '@nestjs/schedule' ? 'job-scheduled' : 'job-consumer',
          `${named.from} ${named.path.replace('.()', '')}`,
          node,
        );
    },
  },
};

function started(node: SyntaxNode, look: Look): void {
  const named = look.named(node);
  if (named === null) return;
  if (SCHEDULES[named.from]?.includes(named.path)) look.note('job-scheduled', named.from, node);
  if (CONSUMERS[named.from]?.includes(named.path)) look.note('job-consumer', named.from, node);
  if (/^(?:globalThis|timers)$/.test(named.from) && named.path === 'setInterval.()' && look.atLoad(node))
    look.note('interval-at-start', tidiesOwn(node, look) ? TIDIES : 'setInterval', node);
}

/** An interval that only tidies what this process keeps: two of them do no work twice. */
const TIDIES = 'setInterval: of what this process keeps';
const HARMLESS = /^(?:Date|Math|Object|Array|Number|console)\./;

/** Whether all that an interval's function calls are collections of this module, and what reads the clock or counts. */
function tidiesOwn(call: SyntaxNode, look: Look): boolean {
  const run = look.heldBy(argument(call, 0));
  if (!isFunction(run) || findAll(run, 'AwaitExpression', 'NewExpression', 'ImportExpression').length > 0)
    return false;
  const calls = findAll(run, 'CallExpression');
  return calls.length > 0 && calls.every((each) => isOwnCollection(each, look) || isHarmless(each, look));
}

const isHarmless = (call: SyntaxNode, look: Look): boolean => {
  const named = look.named(call);
  return named?.from === 'globalThis' && HARMLESS.test(named.path);
};

/** `sessions.delete(key)` where this module makes `sessions` as a Map, Set, list or object. */
function isOwnCollection(call: SyntaxNode, look: Look): boolean {
  const callee = calleeOf(call);
  const made = isMember(callee) ? look.heldBy(child(callee, 'object')) : null;
  if (made?.type === 'ArrayExpression') return true;
  const maker = made?.type === 'NewExpression' ? calleeOf(made) : null;
  return look.isGlobal(maker, 'Map') || look.isGlobal(maker, 'Set');
}

export default rule;
