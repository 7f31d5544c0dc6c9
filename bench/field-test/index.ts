import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPRESS } from './convert.ts';
import { runField } from './field.ts';
import { page } from './page.ts';

/** The field test of express-to-hono: `docs/field-test.md`. */
await runField({
  ...{ folder: 'field-test', trial: EXPRESS, lastly: '--in-place' },
  write: (root, rows, list) => writeFileSync(join(root, 'docs', 'field-test.md'), page(rows, list)),
});
