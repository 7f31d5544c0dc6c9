import { execFileSync } from 'node:child_process';

const EVENT = {
  ...{
    version: '2.0',
    routeKey: '$default',
    rawPath: '/hello/ada',
    rawQueryString: '',
    headers: { host: 'x' },
  },
  requestContext: {
    http: { method: 'GET', path: '/hello/ada', sourceIp: '127.0.0.1', protocol: 'HTTP/1.1' },
  },
  isBase64Encoded: false,
};
const CALL = `require('./lambda').handler(${JSON.stringify(EVENT)}, {}).then((r) => { console.log(r.statusCode, r.body); process.exit(0); })`;

/** The server's answer, and the Lambda handler's for the same path, called as Lambda calls it. */
export default async (port, _side, { folder }) => ({
  server: await (await fetch(`http://127.0.0.1:${port}/hello/ada`)).text(),
  handler: execFileSync(process.execPath, ['-e', CALL], {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim(),
});
