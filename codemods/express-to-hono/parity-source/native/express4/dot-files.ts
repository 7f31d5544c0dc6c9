/** Files that are not shown, and paths that lead out: Express 4 looks at the name, not at its folders. */
export const HIDDEN = /(^|[\\/])(\.\.[\\/]|\.[^\\/]*$)/;
