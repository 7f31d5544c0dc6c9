import { All, Controller, Get, RequestMapping, RequestMethod, Sse } from '@nestjs/common';
import { of } from 'rxjs';

@Controller('admin')
export class AdminController {
  @All('anything')
  anything() {
    return 'any';
  }

  @Get('files/*path')
  files() {
    return 'file';
  }

  @RequestMapping({ path: 'purge', method: RequestMethod.DELETE })
  purge() {
    return null;
  }

  @Sse('events')
  events() {
    return of({ data: 'once' });
  }

  helper() {
    return 'no route';
  }
}
