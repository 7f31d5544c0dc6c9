import type { User } from './store/sessions.ts';

/** What middleware leaves for the handlers. */
export interface Env {
  Variables: {
    requestId: string;
    currency: 'EUR' | 'USD';
    user: User | undefined;
    /** The JSON or form that came; undefined where there is none. */
    body: unknown;
  };
}
