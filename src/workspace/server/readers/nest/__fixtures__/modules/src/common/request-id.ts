export function requestId(req: any, res: any, next: () => void) {
  res.setHeader('x-request-id', '1');
  next();
}
