import { type ParserOptions, parseSync } from 'oxc-parser';
import { position } from '../workspace/text.ts';

/** Where and why a text does not parse. Line and column from 1. */
export interface ParseProblem {
  line: number;
  column: number;
  message: string;
}

/**
 * Whether what a codemod wrote parses with the parser of its extension. Duplicate declarations and the like count as
 * well, unless the file had such errors before. Extensions without a parser here always pass.
 *
 * @param before the file's text before the edits, or null for a created file
 */
export function gate(path: string, before: string | null, after: string): ParseProblem | null {
  const problem = parseProblem(path, after, true);
  if (!problem || before === null) return problem;
  if (/\.json$/.test(path) && parseProblem(path, before)) return jsonWithComments(after);
  const syntax = parseProblem(path, after);
  if (syntax) return syntax;
  return parseProblem(path, before, true) ? null : problem;
}

/** The first syntax error of a text, by the parser of its extension; null when it parses or has no parser. */
export function parseProblem(path: string, text: string, semantic = false): ParseProblem | null {
  if (/\.json$/.test(path)) return json(text);
  const modes = modesOf(path);
  if (!modes) return null;
  const bom = text.startsWith('\ufeff') ? 1 : 0;
  let furthest: { offset: number; message: string } | null = null;
  for (const mode of modes) {
    const { errors } = parseSync(path, text.slice(bom), { ...mode, showSemanticErrors: semantic });
    const error = errors.find((one) => one.severity === 'Error');
    if (!error) return null;
    // Of several ways to read a file, the one that gets furthest is the one its author meant.
    // A duplicate declaration is labelled at both places; the later one is what is new.
    const offset = Math.max(0, ...error.labels.map((label) => label.start));
    if (!furthest || offset > furthest.offset) furthest = { offset, message: error.message };
  }
  return furthest && { ...position(text, furthest.offset + bom), message: furthest.message };
}

/** Files without an extension that are no JavaScript. */
const NO_SOURCE = /(?:^|\/)(?:Dockerfile|Containerfile|Procfile)$/;

function modesOf(path: string): ParserOptions[] | null {
  const extension = /\.([cm]?)(js|jsx|ts|tsx)$/.exec(path);
  // A program without an extension, `bin/www`: a codemod that edits it took it for JavaScript.
  if (!extension && (/\.[^/]*$/.test(path) || NO_SOURCE.test(path))) return null;
  const [, kind, language] = extension ?? [];
  const lang = language === 'tsx' ? 'tsx' : language === 'ts' ? 'ts' : 'jsx';
  if (kind === 'm') return [{ lang, sourceType: 'module' }];
  if (kind === 'c') return [{ lang, sourceType: 'commonjs' }];
  return [
    { lang, sourceType: 'module' },
    { lang, sourceType: 'commonjs' },
  ];
}

function json(text: string): ParseProblem | null {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return null;
  } catch (error) {
    return jsonWithComments(text) ?? { line: 1, column: 1, message: (error as Error).message };
  }
}

// tsconfig.json and its kind hold comments and trailing commas.
function jsonWithComments(text: string): ParseProblem | null {
  const bom = text.startsWith('\ufeff') ? 1 : 0;
  const [error] = parseSync('data.js', `(${text.slice(bom)})`, { lang: 'js' }).errors;
  return error
    ? { ...position(text, (error.labels[0]?.start ?? 1) - 1 + bom), message: error.message }
    : null;
}
