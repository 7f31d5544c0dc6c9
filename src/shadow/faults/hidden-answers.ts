import { answer, fault, withBody } from './plant.ts';

/** Regressions that waivers for other pages could hide: a route that is not found any more, a guard that lets in. */
export const ANSWER_HIDDEN = [
  fault('route-lost', (view) => {
    const { status, transcript } = view.response;
    if (status >= 400 || transcript) return null;
    return withBody(view, Buffer.from('404 Not Found'), { status: 404, reason: 'Not Found' });
  }),
  fault('guard-lost', ({ response }) =>
    response.status === 401 || response.status === 403
      ? answer({ ...response, status: 200, reason: 'OK' })
      : null,
  ),
] as const;
