/** The bridge of the parity module runs Express as it is; its types are the user's own. */
declare module 'express' {
  // biome-ignore lint/suspicious/noExplicitAny: what an application calls on it is not known here
  const express: { (): any; Router(): any };
  export default express;
}

declare module 'swagger-ui-dist/absolute-path.js' {
  /** The folder of the files, as an absolute path. */
  export default function folderOf(): string;
}
