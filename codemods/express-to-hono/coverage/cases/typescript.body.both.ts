/*
member: req.body
variant: with types
requests: [{ POST: /, json: { name: anna, age: 3 } }, { POST: /, json: { age: 3 } }, { POST: /, body: 'name=b', type: application/x-www-form-urlencoded }]
*/
import express, { Request, Response } from 'express';

type CreateUser = { name: string; age?: number };

const isUser = (value: unknown): value is CreateUser =>
  typeof value === 'object' && value !== null && 'name' in value;

const app = express();
app.use(express.json());
app.use(express.urlencoded({ extended: true }));
app.post('/', (req: Request<unknown, unknown, CreateUser>, res: Response) => {
  const user: unknown = req.body;
  if (!isUser(user)) return void res.status(400).json({ error: 'name is required' });
  res.status(201).json({ ...user, upper: user.name.toUpperCase() });
});
app.listen(process.env.PORT);
