/** Whether a source file exists for tests or development only, by the names people use. */
export const isTestFile = (path: string): boolean =>
  /(^|\/)(__tests__|__mocks__|tests?|spec|e2e|fixtures|testing|cypress|benchmarks?|bench)\//.test(path) ||
  /[._-](test|spec|e2e|bench|stories)\.[cm]?[jt]sx?$/.test(path) ||
  /(^|\/)(run[-_])?tests?\.[cm]?[jt]s$/.test(path) ||
  /(^|\/)[\w.-]+\.(config|preset|setup)\.[cm]?[jt]s$/.test(path);
