import { calleeOf, child, isCall, isIdentifier } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { argument, type Look, valueIn } from '../look.ts';
import type { SourceRule } from '../rule.ts';

const rule: SourceRule = {
  id: 'uploads',
  kinds: ['upload-disk', 'upload-memory'],
  words: /["'`](?:multer|formidable|express-fileupload|busboy|multiparty|@koa\/multer|koa-body)["'`]/,
  visit: { CallExpression: taken, NewExpression: taken },
};

function taken(node: SyntaxNode, look: Look): void {
  const named = look.named(node);
  if (named === null) return;
  const { from, path } = named;
  const options = argument(node, 0);
  if (/^(?:@koa\/)?multer$/.test(from)) {
    if (path === 'diskStorage.()') look.note('upload-disk', from, node);
    if (path === 'memoryStorage.()') look.note('upload-memory', from, node);
    if (path === '()') {
      const isDisk = look.property(options, 'dest') !== null;
      if (isDisk) look.note('upload-disk', from, node);
      // Without a place multer keeps files in memory.
      else if (
        look.property(options, 'storage') === null &&
        (options === null || look.isWhole(options)) &&
        takesFiles(node, look)
      )
        look.note('upload-memory', from, node);
    }
  }
  if (from === 'formidable' && /^(?:\(\)|new|formidable\.\(\)|IncomingForm\.new)$/.test(path))
    look.note('upload-disk', from, node);
  if (from === 'multiparty' && path === 'Form.new') look.note('upload-disk', from, node);
  if (from === 'express-fileupload' && path === '()') {
    const isDisk = valueIn(look.property(options, 'useTempFiles'))?.value === true;
    look.note(isDisk ? 'upload-disk' : 'upload-memory', from, node);
  }
  if (
    from === 'koa-body' &&
    /^(?:\(\)|koaBody\.\(\))$/.test(path) &&
    valueIn(look.property(options, 'multipart'))?.value === true
  )
    look.note('upload-disk', from, node);
}

/** Whether an instance may be asked for its middleware: `upload.single('file')`. As a function it is none. */
function takesFiles(made: SyntaxNode, look: Look): boolean {
  const up = look.parentOf(made);
  const id = up?.type === 'VariableDeclarator' ? child(up, 'id') : null;
  const binding = isIdentifier(id) ? look.bindingOf(id) : null;
  if (binding === null) return true;
  return binding.references.some(({ node, write }) => {
    const parent = look.parentOf(node);
    return !write && !(isCall(parent) && calleeOf(parent) === node);
  });
}

export default rule;
