import semver from 'semver';
import { helmetHeaders, oneHeader } from '../../shared/to-hono/helmet-headers.ts';
import { literalValue, Unknown, type Written } from '../../shared/to-hono/written.ts';
import { want } from '../state/conversion.ts';
import type { PackageRule, PackageUse } from './contract.ts';
import { NOT_WRITTEN, notCompared } from './options.ts';

/** Releases of `helmet` that those of `koa-helmet` bring; later ones take the project's. Source: their package.json. */
const BRINGS: Readonly<Record<number, string>> = { 5: '3.21.1', 6: '4.4.1' };

function helmetOf({ cv }: PackageUse): string | null {
  const own = cv.releases.get('koa-helmet') ?? null;
  if (own === null) return null;
  return (
    BRINGS[semver.major(own)] ?? (semver.lt(own, '7.1.0') ? '6.0.1' : (cv.releases.get('helmet') ?? null))
  );
}

/**
 * Not `hono/secure-headers`: it sets its headers when the handler has answered, over what that has set or taken out, and on answers to
 * errors, from which Koa takes them.
 */
function native(use: PackageUse): readonly string[] | string {
  const { cv, work, call, args, member } = use;
  const [given, ...more] = args;
  const release = helmetOf(use);
  if (release === null || semver.lt(release, '4.0.0') || semver.gte(release, '9.0.0'))
    return `what \`helmet\` ${release ?? 'of no known release'} sends was not compared`;
  const options: Written | undefined = given === undefined ? new Map() : literalValue(given);
  if (!(options instanceof Map) || more.length > 0) return NOT_WRITTEN;
  try {
    const headers =
      member === '' || member === 'helmet'
        ? helmetHeaders(options, release)
        : oneHeader(member, options, release);
    const { newline, unit, indentAt, string } = work.layout;
    const indent = indentAt(call.start);
    // A policy quotes its words: it stands in the other quotes.
    const text = (value: string) => (value.includes("'") ? JSON.stringify(value) : string(value));
    const lines = [...headers].map(
      ([name, value]) =>
        `${newline}${indent}${unit}${/^\w+$/.test(name) ? name : string(name)}: ${text(value)},`,
    );
    return [`${want(cv, work, 'support', 'fixedHeaders')}({${lines.join('')}${newline}${indent}})`];
  } catch (error) {
    if (error instanceof Unknown) return notCompared(error.message);
    throw error;
  }
}

const rule: PackageRule = { name: 'koa-helmet', native };
export default rule;
