import type { ASTNode, ObjectProperty } from 'jscodeshift';
import { constantOf } from '../shared/transform/constant.ts';
import type { Work } from '../shared/transform/work.ts';

const SAME = new Set(['method', 'headers', 'body', 'redirect', 'signal']);

/** Options of node-fetch that `fetch` of Node.js does not have, and what stands for each. */
const OWN: Readonly<Record<string, string>> = {
  timeout: 'Use `signal: AbortSignal.timeout(ms)`, which fails with a TimeoutError.',
  agent: 'Use `dispatcher` with an Agent of the package undici.',
  compress: 'It always unpacks answers.',
  size: 'Count the bytes of the body while reading it.',
  follow: 'It follows 20 redirects.',
};

/** Headers that `fetch` of Node.js sets by itself, or refuses. */
const REFUSED =
  /^(?:connection|keep-alive|transfer-encoding|upgrade|expect|te|trailer|content-length|host)$/i;

type Problem = { node: object; why: string; advice?: string } | null;

/** Why options of a request are not the same for `fetch` of Node.js; null where they are. */
export function optionsProblem(work: Work, given: ASTNode): Problem {
  const options = constantOf(work, given);
  if (options.type !== 'ObjectExpression')
    return { node: given, why: 'its options are not written out here' };
  for (const property of options.properties) {
    const name = keyOf(property);
    if (name === null) return { node: property, why: 'its options are not written out here' };
    if (name in OWN) return { node: property, why: `\`fetch\` has no option \`${name}\``, advice: OWN[name] };
    if (!SAME.has(name)) return { node: property, why: `\`${name}\` is no option that both have` };
    const value = (property as ObjectProperty).value as ASTNode;
    const problem =
      name === 'body' ? bodyProblem(work, value) : name === 'headers' ? headersProblem(work, value) : null;
    if (problem !== null) return { node: property, why: problem };
  }
  return null;
}

function keyOf(property: ASTNode): string | null {
  if (property.type !== 'ObjectProperty' || property.computed) return null;
  const { key } = property;
  return key.type === 'Identifier' ? key.name : key.type === 'StringLiteral' ? key.value : null;
}

/** Text and form fields are sent alike; a stream is not taken, and form data of a package becomes the text `[object FormData]`. */
function bodyProblem(work: Work, given: ASTNode): string | null {
  const body = constantOf(work, given);
  const isText =
    body.type === 'StringLiteral' ||
    body.type === 'TemplateLiteral' ||
    (body.type === 'CallExpression' && isGlobalMember(work, body.callee, 'JSON', 'stringify')) ||
    (body.type === 'CallExpression' && isGlobalMember(work, body.callee, 'Buffer', 'from')) ||
    (body.type === 'NewExpression' &&
      body.callee.type === 'Identifier' &&
      body.callee.name === 'URLSearchParams' &&
      work.isGlobal(body.callee));
  return isText
    ? null
    : 'what its body is, is not known: a stream of Node.js and form data of a package are sent otherwise';
}

function isGlobalMember(work: Work, callee: ASTNode, object: string, member: string): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === object &&
    work.isGlobal(callee.object) &&
    callee.property.type === 'Identifier' &&
    callee.property.name === member
  );
}

function headersProblem(work: Work, given: ASTNode): string | null {
  const headers = constantOf(work, given);
  if (headers.type !== 'ObjectExpression') return 'which headers it sends is not written out here';
  for (const property of headers.properties) {
    const name = keyOf(property);
    if (name === null) return 'which headers it sends is not written out here';
    if (REFUSED.test(name)) return `\`fetch\` sets the header \`${name}\` by itself`;
  }
  return null;
}
