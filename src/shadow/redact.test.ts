import { describe, expect, it } from 'vitest';
import { redactor } from './redact.ts';

const { sample, target } = redactor();

describe('secrets are replaced before they are written', () => {
  it('by equal tags for equal secrets, which another run does not share', () => {
    expect(sample('body.token', 'abc')).toMatch(/^REDACTED-[0-9a-f]{24}$/);
    expect(sample('body.token', 'abc')).toBe(sample('cookie:sid', 'abc'));
    expect(sample('body.token', 'abc')).not.toBe(sample('body.token', 'abd'));
    expect(sample('body.token', 'abc')).not.toBe(redactor().sample('body.token', 'abc'));
  });
  it.each([
    ['cookie:sid', 's3cret; Path=/'],
    ['header:authorization', 'Bearer s3cret'],
    ['header:x-api-key', 's3cret'],
    ['body', '{"user":{"password":"s3cret"}}'],
    ['body.users[].apiKey', 's3cret'],
    ['body', 'token=s3cret&x=1'],
    ['header:location', '/cb?access_token=s3cret#x'],
    ['body', 'see Bearer s3cret.value'],
    ['file:data/users.json [].password', 's3cret'],
    ['outgoing:POST http://mail.test/send apiKey', 's3cret'],
    ['file:journal.jsonl', 'POST /cb?access_token=s3cret'],
  ])('%s', (location, value) => expect(sample(location, value)).not.toContain('s3cret'));
  it('while names, attributes and ordinary values stay readable', () => {
    expect(sample('cookie:sid.path', '/app')).toBe('/app');
    expect(sample('body.title', 'Session notes')).toBe('Session notes');
    expect(sample('body', '{"title":"x","n":1}')).toBe('{"title":"x","n":1}');
    expect(target('/reset?token=abc&page=2')).toMatch(/^\/reset\?token=REDACTED-\w{24}&page=2$/);
  });
  it('and long samples are cut', () => expect(sample('body', 'x'.repeat(5000))?.length).toBe(301));
});
