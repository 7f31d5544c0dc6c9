import { resolve } from 'node:path';

/** `app.set(name, value)` and `app.get(name)`: settings of one's own and those of the views. */
// biome-ignore lint/suspicious/noExplicitAny: what an application keeps here is its own affair, as in Express
export const appSettings: Record<string, any> = Object.assign(Object.create(null), {
  env: process.env.NODE_ENV || 'development',
  views: resolve('views'),
  'view cache': process.env.NODE_ENV === 'production' || undefined,
});

/** `app.locals`: what every view is given. */
// biome-ignore lint/suspicious/noExplicitAny: as in Express
export const appLocals: Record<string, any> = Object.assign(Object.create(null), { settings: appSettings });
