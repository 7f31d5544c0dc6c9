import type { ExternalCall } from '../../../syntax/flow/flow.ts';
import type { Place, Step } from '../../model.ts';
import { linkPlace } from '../../order.ts';
import type { Reading } from '../../reader.ts';

/** What `swagger()` of koa-swagger-decorator adds. Source: its README: `swaggerHtmlEndpoint`, `swaggerJsonEndpoint`. */
export function swaggerRoutes(
  { arguments: args }: Reading,
  call: ExternalCall,
  options: Place | undefined,
): Step[] {
  const [object] = args.objects(options);
  return (['swaggerHtmlEndpoint', 'swaggerJsonEndpoint'] as const).map((name): Step => {
    const given = args.property(object, name);
    const path = given === null ? undefined : args.texts(given)[0];
    const usual = name === 'swaggerHtmlEndpoint' ? '/swagger-html' : '/swagger-json';
    return {
      kind: 'route',
      methods: ['GET'],
      path: path ?? usual,
      location: linkPlace(call),
      handlers: [],
      schema: null,
    };
  });
}
