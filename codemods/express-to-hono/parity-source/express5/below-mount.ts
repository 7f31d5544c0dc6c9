/** The path below a mount starts with a slash. */
export function belowMount(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
