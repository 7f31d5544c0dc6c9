import { Router } from 'express';
import { list } from './list';

const routes = Router();
routes.get('/list', list);

export default routes;
