import { child } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import type { Look } from '../look.ts';
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
    look.note('interval-at-start', 'setInterval', node);
}

export default rule;
