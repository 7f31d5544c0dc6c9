/*
shape: a base controller with answers that no controller uses
requests: [GET /notes, GET /notes/7, GET /fails]
*/
const express = require('express');

class BaseController {
  static jsonResponse(res, code, message) {
    return res.status(code).json({ message });
  }

  async execute(req, res) {
    try {
      await this.executeImpl(req, res);
    } catch (error) {
      this.fail(res, error);
    }
  }

  ok(res, dto) {
    if (dto) {
      res.type('application/json');
      return res.status(200).json(dto);
    }
    return res.sendStatus(200);
  }

  notFound(res, message) {
    return BaseController.jsonResponse(res, 404, message ? message : 'Not found');
  }

  conflict(res, message) {
    return BaseController.jsonResponse(res, 409, message ? message : 'Conflict');
  }

  fail(res, error) {
    return res.status(500).json({ message: error.toString() });
  }
}

class ReadNotes extends BaseController {
  async executeImpl(req, res) {
    const notes = await Promise.resolve([{ id: 1 }]);
    return this.ok(res, notes);
  }
}

class ReadNote extends BaseController {
  async executeImpl(req, res) {
    if (req.params.id === '7') return this.notFound(res);
    return this.ok(res);
  }
}

class Fails extends BaseController {
  async executeImpl() {
    throw new Error('no database');
  }
}

const [readNotes, readNote, fails] = [new ReadNotes(), new ReadNote(), new Fails()];
const app = express();
app.get('/notes', (req, res) => readNotes.execute(req, res));
app.get('/notes/:id', (req, res) => readNote.execute(req, res));
app.get('/fails', (req, res) => fails.execute(req, res));
app.listen(process.env.PORT);
