// The log: pino, with requests and errors as Fastify writes them.
import pino from 'pino';
import type { Log, Loose } from './types.ts';

/** @param options of the application: `logger` is `true` or the options of pino, `loggerInstance` a log that is there already */
export function requestLog({ logger, loggerInstance }: Loose): Log {
  if (loggerInstance) return loggerInstance;
  if (typeof logger === 'object' && typeof logger.child === 'function') return logger;
  const { file, stream, ...own } = logger === true ? ({} as Loose) : logger;
  const serializers = {
    req: requestLine,
    res: responseLine,
    err: pino.stdSerializers.err,
    ...own.serializers,
  };
  const settings = { level: 'info', ...own, serializers };
  return (
    file ? pino(settings, pino.destination(file)) : stream ? pino(settings, stream) : pino(settings)
  ) as Log;
}

const requestLine = ({ method, url, headers }: Request) => ({
  ...{ method, url: url.slice(url.indexOf('/', 8)), host: headers?.get?.('host') ?? undefined },
});

const responseLine = ({ statusCode }: { statusCode: number }) => ({ statusCode });
