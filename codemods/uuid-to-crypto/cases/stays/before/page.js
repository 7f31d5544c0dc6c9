import { v4 } from 'uuid';

export const key = v4();
