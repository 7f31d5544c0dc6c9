/*
shape: 'TypeScript: enums, unions and a switch'
requests: [GET /orders/open, GET /orders/closed, GET /orders/other]
*/
import express, { Request, Response } from 'express';

enum Status {
  Open = 'open',
  Closed = 'closed',
}

const app = express();
app.get('/orders/:status', (req: Request<{ status: Status }>, res: Response<{ count: number } | string>) => {
  switch (req.params.status) {
    case Status.Open:
      res.json({ count: 2 });
      break;
    case Status.Closed:
      res.json({ count: 0 });
      break;
    default:
      res.status(400).send('unknown status');
  }
});
app.listen(process.env.PORT);
