import { onlyOptions, type PackageRule } from '../contract.ts';

const NAMES = new Set([
  ...[
    'badRequest',
    'unauthorized',
    'paymentRequired',
    'forbidden',
    'notFound',
    'methodNotAllowed',
    'notAcceptable',
  ],
  ...[
    'proxyAuthenticationRequired',
    'requestTimeout',
    'conflict',
    'gone',
    'lengthRequired',
    'preconditionFailed',
  ],
  ...['payloadTooLarge', 'uriTooLong', 'unsupportedMediaType', 'rangeNotSatisfiable', 'expectationFailed'],
  ...['imateapot', 'misdirectedRequest', 'unprocessableEntity', 'locked', 'failedDependency', 'tooEarly'],
  ...['upgradeRequired', 'preconditionRequired', 'tooManyRequests', 'requestHeaderFieldsTooLarge'],
  ...[
    'unavailableForLegalReasons',
    'internalServerError',
    'notImplemented',
    'badGateway',
    'serviceUnavailable',
  ],
  ...[
    'gatewayTimeout',
    'httpVersionNotSupported',
    'variantAlsoNegotiates',
    'insufficientStorage',
    'loopDetected',
  ],
  ...['bandwidthLimitExceeded', 'notExtended', 'networkAuthenticationRequired'],
]);

/** Errors by the names of their statuses. */
const sensible: PackageRule = {
  name: '@fastify/sensible',
  formerly: ['fastify-sensible'],
  becomes: { file: 'sensible', name: 'sensible' },
  dependencies: { 'http-errors': '^2.0.0' },
  against: onlyOptions(['errorHandler']),
  app: ['httpErrors', 'assert', 'to'],
  ends: (name) =>
    NAMES.has(name)
      ? ({ want, given, isCaught, c }) => {
          const error = [`${want('parity/sensible', 'httpErrors')}.${name}(`, ...given, ')'];
          return isCaught
            ? { value: [`${want('parity/answers', 'send')}(${c}, `, ...error, ')'], how: 'return' }
            : { value: error, how: 'throw' };
        }
      : null,
};
export default sensible;
