import { child, children, parametersOf, propertyKeyName } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { walk } from '../../../src/workspace/syntax/walk.ts';
import type { Conversion } from '../state/conversion.ts';

/** Whether an interface adds nothing to Express's response but what the application answers by: `success(data): void`. */
export function isOfAnswers({ customAnswers }: Conversion, declared: SyntaxNode): boolean {
  const body = child(declared, 'body');
  const members = body === null ? [] : children(body, 'body');
  const isAnswer = (member: SyntaxNode) => customAnswers.has(propertyKeyName(member) ?? '');
  return child(declared, 'id')?.name === 'Response' && members.length > 0 && members.every(isAnswer);
}

/**
 * The type of such a member, with the parameters it is declared with: Hono's answer is what it gives back. Null for a member
 * of another kind.
 */
export function answerText(
  { customAnswers }: Conversion,
  { text, program }: ParsedFile,
  member: SyntaxNode,
): string | null {
  const name = propertyKeyName(member);
  const answer = name === null ? undefined : customAnswers.get(name);
  if (name === null || answer === undefined) return null;
  const annotation = child(member, 'typeAnnotation');
  const type = annotation === null ? null : (child(annotation, 'typeAnnotation') ?? annotation);
  const signature =
    member.type === 'TSMethodSignature' ? member : type?.type === 'TSFunctionType' ? type : null;
  if (signature === null || namesUnseen(program, signature)) return `${name}: any;`;
  const written = (part: SyntaxNode | null) => (part === null ? '' : text.slice(part.start, part.end));
  const parameters = parametersOf(signature).map(written).join(', ');
  const given = answer.isAsync ? 'Promise<Response>' : 'Response';
  return `${name}: ${written(child(signature, 'typeParameters'))}(${parameters}) => ${given};`;
}

/** Whether a type is named that its file keeps to itself. */
function namesUnseen(program: SyntaxNode, signature: SyntaxNode): boolean {
  const own = new Set(children(program, 'body').map((statement) => child(statement, 'id')?.name));
  let isUnseen = false;
  walk(
    signature,
    {
      enter(node) {
        if (node.type === 'Identifier' && own.has(String(node.name))) isUnseen = true;
      },
    },
    { types: true },
  );
  return isUnseen;
}
