/** Files that are not shown, nor is what lies in folders like them, and paths that lead out. */
export const HIDDEN = /(^|[\\/])\./;
