/** Whether Hono's routers can tell a path apart: a parameter is a whole part of it. */
export const isRoutable = (path: string): boolean =>
  path
    .split(/\/(?![^(]*\))/)
    .every((segment) => !segment.includes(':') || /^:\w+(?:\(.*\))?\??$/.test(segment));
