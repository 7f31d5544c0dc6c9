/** The bridge of the parity module runs Express as it is; its types are the user's own. */
declare module 'express' {
  // biome-ignore lint/suspicious/noExplicitAny: what an application calls on it is not known here
  const express: { (): any; Router(): any };
  export default express;
}
