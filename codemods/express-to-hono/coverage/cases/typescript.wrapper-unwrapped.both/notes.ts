import { Request, Response, RequestHandler } from 'express';
import catchAsync from './catch-async';

const held = ['one', 'two'];

export const list = catchAsync(async (req, res) => {
  res.json(held);
});

export const one: RequestHandler = catchAsync(async (req: Request, res: Response) => {
  const note = held[Number(req.params.id)];
  if (note === undefined) throw new Error('no such note');
  res.json({ note });
});

export const check = catchAsync(async (req, res, next) => {
  if (typeof req.body.text !== 'string') {
    res.status(400).json({ error: 'no text' });
    return;
  }
  next();
});

export const add = catchAsync(async (req, res) => {
  held.push(req.body.text);
  res.status(201).json({ at: held.length - 1 });
});
