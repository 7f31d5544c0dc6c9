import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A fault of the kind a hand makes in converted code, and a difference that only it makes. */
export interface Regression {
  what: string;
  file: string;
  from: string;
  to: string;
  /** `METHOD /template kind location`; a part of a line of the report. */
  seen: RegExp;
}

/** Four each for the fixtures, in what `express-to-hono` makes of them. */
export const REGRESSIONS: Readonly<Record<string, readonly Regression[]>> = {
  'express-notes': [
    {
      what: 'a changed value',
      ...{ file: 'src/app.js', from: "status: 'ok'", to: "status: 'fine'" },
      seen: /^GET \/healthz json-value body\.status$/,
    },
    {
      what: 'a lost header',
      ...{ file: 'src/lib/respond.js', from: "c.header('X-Total-Count', String(rows.length));", to: '' },
      seen: / header-missing header:x-total-count$/,
    },
    {
      what: 'a lost guard',
      ...{ file: 'src/routes/admin.js', from: "router.use(requireUser('admin'), ", to: 'router.use(' },
      seen: /^GET \/admin\/stats status status$/,
    },
    {
      what: 'a wrong status',
      ...{ file: 'src/lib/respond.js', from: 'c.json({ data }, 201)', to: 'c.json({ data }, 200)' },
      seen: /^POST \/notes status status$/,
    },
  ],
  'express-shop': [
    {
      what: 'a changed value',
      ...{ file: 'src/app.ts', from: "status: 'ok'", to: "status: 'fine'" },
      seen: /^GET \/health json-value body\.status$/,
    },
    {
      what: 'a lost header',
      ...{
        file: 'src/middleware/request-context.ts',
        from: "c.header('X-Request-Id', c.get('requestId'));",
        to: '',
      },
      seen: / header-missing header:x-request-id$/,
    },
    {
      what: 'a lost guard',
      ...{ file: 'src/features/admin/router.ts', from: "router.use(requireUser('admin'));", to: '' },
      seen: /^GET \/admin\/orders status status$/,
    },
    {
      what: 'a wrong status',
      ...{ file: 'src/features/orders/controller.ts', from: 'c.json(order, 201)', to: 'c.json(order, 200)' },
      seen: /^POST \/orders status status$/,
    },
  ],
};

/** Plants one into a converted application. @returns takes it out again */
export async function plantRegression(
  folder: string,
  { file, from, to }: Regression,
): Promise<() => Promise<void>> {
  const path = join(folder, file);
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  await writeFile(path, text.replace(from, to));
  return () => writeFile(path, text);
}
