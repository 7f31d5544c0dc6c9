/** What Next loads by its name: pages, handlers of routes, and files of its own beside them. Source: Next's documentation, "File-system conventions". */
const PAGES = /^(?:src\/)?pages\//;
const APP =
  /^(?:src\/)?app\/(?:.*\/)?(?:page|layout|template|loading|error|global-error|not-found|global-not-found|forbidden|unauthorized|default|route|sitemap|robots|manifest|(?:icon|apple-icon|opengraph-image|twitter-image)\d*)\.[cm]?[jt]sx?$/;
const BESIDE =
  /^(?:(?:src\/)?(?:middleware|proxy|instrumentation|instrumentation-client)|next\.config)\.[cm]?[jt]sx?$/;

/** Whether Next loads a file of an application by its name. @param path relative to the application's folder */
export const isNextsOwn = (path: string): boolean => PAGES.test(path) || APP.test(path) || BESIDE.test(path);
