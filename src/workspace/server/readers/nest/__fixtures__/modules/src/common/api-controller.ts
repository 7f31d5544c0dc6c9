import { applyDecorators, Controller, SetMetadata } from '@nestjs/common';

export const ApiController = (path: string) => applyDecorators(Controller(path), SetMetadata('api', true));
