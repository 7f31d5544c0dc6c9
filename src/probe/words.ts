const MOST = 200;

/** What was seen, without what is another one in every run: folders, ports, numbers of processes. */
export function steady(text: string, places: readonly string[]): string {
  let said = text;
  for (const place of places) said = said.replaceAll(place, '…');
  return said
    .replace(/…\/(?:run|worker)-[A-Za-z0-9]{6}/g, '…')
    .replace(/\b(127\.0\.0\.1|localhost|::1):\d{2,5}\b/g, '$1:PORT')
    .replace(/\b(pid|PID|thread|port) \d+/g, '$1 N')
    .replace(/0x[0-9a-f]{6,}/gi, '0x…')
    .replace(/\u001b\[[0-9;]*m/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST);
}
