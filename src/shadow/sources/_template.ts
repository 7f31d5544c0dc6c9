import { asWritten, compile } from '../traffic/routes.ts';

/** A concrete path of a route. */
export interface Filled {
  path: string;
  /** The value that stands for the last parameter; null when there is none. */
  lastParam: string | null;
  /** Parameters whose value is a guess. */
  guessed: string[];
}

/** Tried in this order until the route's own pattern accepts one: `/:id(\\d+)` wants digits, `/:slug([a-z]+)` letters. */
const GUESSES = ['1', 'a', 'example', 'a-b', '00000000-0000-4000-8000-000000000000', '2024-01-01'];

/** For a regular expression: its own text is no path, though it may match itself. */
const PATHS = ['/', '/example', '/example/path', '/index.html', '/1'];

/** Makes a path of a template of Express 4, Express 5 or Hono; null when none of our guesses fits it. */
export function fillTemplate(template: string, params: Readonly<Record<string, string>>): Filled | null {
  const pattern = compile(template);
  if (!pattern) return null;
  if (asWritten(template) !== null) {
    const path = PATHS.find((each) => pattern.test(each));
    return path === undefined ? null : { path, lastParam: null, guessed: [] };
  }
  for (const guess of GUESSES) {
    const filled = fill(template, params, guess);
    if (pattern.test(filled.path)) return filled;
  }
  return null;
}

function fill(template: string, params: Readonly<Record<string, string>>, guess: string): Filled {
  const guessed: string[] = [];
  let lastParam: string | null = null;
  const path = template
    // Optional groups of Express 5 are left in, their braces out.
    .replace(/:(\w+)(?:\((?:[^()\\]|\\.)+\)|\{(?:[^{}\\]|\\.|\{[^}]*\})+\})?[?*+]?/g, (_, name: string) => {
      const given = params[name];
      if (given === undefined) guessed.push(name);
      lastParam = encodeURIComponent(given ?? guess);
      return lastParam;
    })
    .replace(/\*\w*/g, 'some/path')
    .replace(/[{}]/g, '');
  return { path: path === '' ? '/' : path, lastParam, guessed };
}
