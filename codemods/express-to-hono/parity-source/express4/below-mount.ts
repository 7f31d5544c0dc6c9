/** Express 4 takes one slash more with the mount: below `/a`, `/a//b` is `/b`. */
export function belowMount(path: string): string {
  const rest = path.startsWith('//') ? path.slice(1) : path;
  return rest.startsWith('/') ? rest : `/${rest}`;
}
