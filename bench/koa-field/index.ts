import { runField } from '../field-test/field.ts';
import { writeSection } from '../section.ts';
import { scoreboard } from './scoreboard.ts';

/**
 * The field test of koa-to-hono: `npm run field:koa -- <folder>`, where `<folder>/<owner>+<name>` is a clone of each application
 * that has its commit. What is measured is kept in `bench/koa-field/results.json`; `docs/koa-to-hono.md` is made from it.
 */
await runField({
  folder: 'koa-field',
  trial: { codemod: 'koa-to-hono', options: [], stays: 'worlds/stays' },
  write: (root, rows, list) => writeSection(root, 'koa-field', scoreboard(rows, list), 'koa-to-hono.md'),
});
