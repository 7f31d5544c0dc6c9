import { createServer } from 'node:net';
import { MigrateError } from '../../model/errors.ts';

/** Every application listens on loopback only. */
export const HOST = '127.0.0.1';

/** A port the system calls free at this moment. It may be taken before it is used: the launch tries again then. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (cause) =>
      reject(new MigrateError('NO_PORT', `No port could be opened on ${HOST}: ${cause.message}.`, { cause })),
    );
    server.listen(0, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
