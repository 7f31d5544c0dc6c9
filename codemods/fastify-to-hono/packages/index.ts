import type { PackageRule } from './contract.ts';
import { cookie, cookie9 } from './list/cookie.ts';
import { cors, cors10 } from './list/cors.ts';
import env from './list/env.ts';
import formbody from './list/formbody.ts';
import helmet from './list/helmet.ts';
import jwt from './list/jwt.ts';
import mongodb from './list/mongodb.ts';
import mysql from './list/mysql.ts';
import postgres from './list/postgres.ts';
import redis from './list/redis.ts';
import sensible from './list/sensible.ts';
import { swagger, swaggerUi } from './list/swagger.ts';
import { majorIn } from './majors.ts';

/** Plugins of packages that something here stands for. */
export const RULES: readonly PackageRule[] = [
  ...[cookie, cookie9, cors, cors10, env, formbody, helmet, jwt, mongodb, mysql, postgres, redis],
  ...[sensible, swagger, swaggerUi],
];

/** Whether a package has a rule in some release. */
export const isRuled = (module: string): boolean => RULES.some((rule) => isNamed(rule, module));

const isNamed = ({ name, formerly = [] }: PackageRule, module: string): boolean =>
  name === module || formerly.includes(module);

/**
 * The rule of a package, by the name it has or had, in the release that a package.json asks for.
 *
 * @returns a sentence where that release was not looked at; undefined where no rule names the package
 */
export function ruleOf(manifest: string, module: string): PackageRule | string | undefined {
  const own = RULES.filter((rule) => isNamed(rule, module));
  if (own.length === 0) return undefined;
  const major = majorIn(manifest, module);
  const found = own.find(
    ({ majors: [first, last] = [0, 999] }) => major !== null && first <= major && major <= last,
  );
  return found ?? `what \`${module}\` ${major ?? 'of no known release'} answers was not compared`;
}
