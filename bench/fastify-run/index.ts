import { runField } from '../field-test/field.ts';
import { eachRun, runTable, totals } from '../koa-field/scoreboard.ts';
import { writeSection } from '../section.ts';

/**
 * Public applications of Fastify, converted and run before and after: `npm run run:fastify -- <folder>`, where
 * `<folder>/<owner>+<name>` is a clone of each that has its commit. What is measured is kept in `bench/fastify-run/results.json`;
 * a section of `docs/fastify-to-hono.md` is made from it.
 */
await runField({
  folder: 'fastify-run',
  trial: { codemod: 'fastify-to-hono', options: [], stays: 'worlds/stays' },
  write: (root, rows, list) =>
    writeSection(
      root,
      'fastify-run',
      [totals(rows), '', ...runTable(rows, list), '', ...eachRun(rows, list)],
      'fastify-to-hono.md',
    ),
});
