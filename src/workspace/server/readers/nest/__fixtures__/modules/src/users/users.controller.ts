import { Body, Delete, Get, Param, Put, Req, Res, UseGuards } from '@nestjs/common';
import { ApiController } from '../common/api-controller';
import { CrudController } from '../common/crud.controller';
import { RolesGuard } from '../common/roles.guard';
import { PATHS } from '../common/paths';

@ApiController(PATHS.users)
@UseGuards(RolesGuard)
export class UsersController extends CrudController {
  @Get([':id', 'by-id/:id'])
  one(@Param('id') id: string) {
    return { id };
  }

  @Put(':id')
  @UseGuards(new RolesGuard())
  replace(@Req() request: any, @Body() body: unknown, @Res() response: any) {
    response.json({ body, url: request.url });
  }

  @Delete(`:id/${PATHS.picture}`)
  removePicture() {
    return null;
  }
}
