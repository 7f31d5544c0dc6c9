// Forms: text by name, a list where a name is repeated.
import { query } from './query.ts';
import type { App, AppContext, Loose } from './types.ts';

export function forms(app: App, { bodyLimit }: Loose, done: () => void): void {
  const settings = { parseAs: 'string', ...(bodyLimit && { bodyLimit }) };
  app.addContentTypeParser('application/x-www-form-urlencoded', settings, (_c: AppContext, text: string) =>
    query(text),
  );
  done();
}
Object.assign(forms, { [Symbol.for('skip-override')]: true });
