import type { Inventory } from '../../model/inventory.ts';
import type { Decision, Plan, PlanTarget } from '../../model/plan.ts';
import type { TryFigures } from '../../model/try.ts';
import { withProbes } from '../../rules/probed.ts';
import type { Rule } from '../../rules/rule.ts';
import { applicationSubjects } from '../../rules/subjects.ts';
import { defaultSpec, titleOf } from '../../rules/targets.ts';
import type { TryNow } from '../../workspace/evidence/tries.ts';
import { incompatibilities } from '../incompatibilities.ts';
import type { Said } from './said.ts';

/** Below this part of a request, a runtime is not what takes the time. */
const LITTLE = 0.2;
/** Packages of work on models and data, which is Python's ground. */
const MODELS = [
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs',
  'onnxruntime-node',
  '@xenova/transformers',
  '@huggingface/transformers',
  'brain.js',
  'danfojs-node',
];
/** Databases and stores at one place, which an edge far from it waits for. */
const ONE_PLACE = [
  'pg',
  'postgres',
  'mysql2',
  'mysql',
  'mongodb',
  'mongoose',
  '@prisma/client',
  'knex',
  'typeorm',
  'sequelize',
  'better-sqlite3',
  'sqlite3',
  'redis',
  'ioredis',
];

interface Known {
  inventory: Inventory;
  recommended: Plan['recommended'];
  target: PlanTarget;
  tried: TryNow | null;
  /** What is known of the targets. */
  rules: readonly Rule[];
  /** What people answered, by the question's word. */
  said: Said;
}

/**
 * The questions of the decision, in their order, each with the fact it was answered by; the first that is answered with yes
 * decides, and what was not answered is said.
 */
export function decisionTree(known: Known): Decision[] {
  const asked = [latency(known), raw(known), team(known), models(known)];
  const decided = asked.some(({ answer, leadsTo }) => answer === 'yes' && leadsTo !== null);
  return [...asked, { ...otherwise(known), answer: decided ? 'no' : 'yes' }];
}

function latency({ inventory, said }: Known): Decision {
  const question = 'Must it answer within a few milliseconds all around the world?';
  const one = inventory.dependencies.find(
    ({ name, kind }) => kind === 'production' && ONE_PLACE.includes(name),
  );
  const state = inventory.routes.flatMap(({ needs }) => needs).find(({ kind }) => kind === 'state');
  const answer = yesOrNo(said.latency);
  const near = one
    ? `${one.name} asks a database at one place, so an edge near its users is far from it: only routes without it gain`
    : state
      ? `it keeps ${state.name} in memory, which is one place`
      : 'no database of one place was found';
  const place = one?.location ?? state?.location ?? null;
  if (answer === null)
    return {
      ...{ question, answer: 'unknown', location: place },
      fact: `nobody said: migrate checklist --answer latency="no, all users are in one country"; besides, ${near}`,
      leadsTo: null,
    };
  return {
    ...{ question, answer, location: place },
    fact: `said: ${said.latency}; ${near}`,
    leadsTo:
      answer === 'yes'
        ? 'Cloudflare Workers, by the edge layer first (Deno Deploy is judged by rules; Vercel’s edge functions have ended)'
        : null,
  };
}

function raw({ tried, said }: Known): Decision {
  const question = 'Is raw speed or memory what is missing?';
  const none = { question, location: null };
  const profile =
    tried?.stale === null && tried.found.profile && 'measured' in tried.found.profile
      ? tried.found.profile.measured
      : null;
  if (profile?.verdict === 'not-javascript')
    return {
      ...none,
      answer: 'yes',
      fact: profile.sentence,
      leadsTo: 'Go or Rust for those functions; the rest stays in JavaScript',
    };
  const part = runtimePart(tried);
  if (profile && profile.verdict !== 'too-little')
    return { ...none, answer: 'no', fact: profile.sentence, leadsTo: null };
  if (part !== null && part < LITTLE)
    return {
      ...{ ...none, answer: 'no', leadsTo: null },
      fact: `tried here, the application and its runtime take at most ${Math.round(100 * part)}% of a request; the rest waits for others, which no runtime changes`,
    };
  const asked = yesOrNo(said.speed);
  return {
    ...{
      ...none,
      answer: asked ?? 'unknown',
      leadsTo: asked === 'yes' ? 'profile it first: migrate try --profile' : null,
    },
    fact:
      asked === null
        ? 'not measured: `migrate try --profile` names the functions that take the time'
        : `said: ${said.speed}; not measured`,
  };
}

/** The upper end of what a request is the runtime's and the application's own; null where that was not measured. */
export function runtimePart(tried: TryNow | null): number | null {
  if (tried?.stale !== null) return null;
  const figures: TryFigures | null | undefined = tried.found.ways.find(({ baseline }) => baseline)?.figures;
  return figures && 'measured' in figures.share ? Math.min(1, figures.share.measured.share.high) : null;
}

function team({ inventory, rules, said }: Known): Decision {
  const { typescript } = inventory.moduleSystem.files;
  const [bun, node] = (['bun', 'node'] as const).map((name) => {
    const on = { name, spec: defaultSpec(name) };
    const found = incompatibilities(withProbes(rules, on), on, applicationSubjects(inventory));
    return found.filter(({ severity }) => severity === 'blocks').length;
  });
  const isTyped = typescript > 0 || inventory.dependencies.some(({ name }) => name === 'typescript');
  const told = said.team ? ` (the team: ${said.team})` : ' (what the team knows was not said)';
  return {
    question: 'Is it written in TypeScript, by a team that wants one modern tool for all?',
    ...{ answer: isTyped ? 'yes' : 'no', location: inventory.moduleSystem.evidence?.location ?? null },
    fact: `${typescript} TypeScript files${told}; known blockers: Bun ${bun}, Node ${node}`,
    leadsTo: isTyped
      ? bun === 0
        ? 'Bun with Hono or Elysia, or Node with Hono or Fastify: nothing known decides between them, and a tie is no reason to move'
        : 'Node with Hono or Fastify: Bun has blockers here'
      : null,
  };
}

function models({ inventory }: Known): Decision {
  const python = inventory.signs.find(({ kind }) => kind === 'python');
  const model = inventory.dependencies.find(({ name }) => MODELS.includes(name));
  const found = python ?? model ?? null;
  return {
    question: 'Does it stand beside Python, data or models?',
    ...{ answer: found ? 'yes' : 'no', location: found?.location ?? null },
    fact: python
      ? 'a file of Python is here'
      : model
        ? `it loads ${model.name}`
        : 'no file of Python, no package for models',
    leadsTo: found
      ? 'that work in a service of its own (FastAPI, async all the way); this one stays what it is'
      : null,
  };
}

const otherwise = ({ recommended, target }: Known): Decision => ({
  ...{ question: 'Else', answer: 'yes', location: null },
  fact: `${recommended.reason}${target.answeredBy === 'recommendation' ? '' : `; asked for was ${target.spec}`}`,
  leadsTo:
    recommended.name === 'node' ? 'stay on Node, its newest long-term release' : titleOf(recommended.name),
});

/** What an answer in words comes to; null where it is neither. */
function yesOrNo(text: string | undefined): 'yes' | 'no' | null {
  if (text === undefined) return null;
  if (/^\s*(y|yes|true)\b/i.test(text)) return 'yes';
  return /^\s*(n|no|not|none|false)\b/i.test(text) ? 'no' : null;
}
