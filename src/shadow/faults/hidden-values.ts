import { toTime, valueClass } from '../judging/values.ts';
import { measureAt } from '../measures.ts';
import { dateForm } from '../traffic/forms.ts';
import { changeHeader, fault, json, type Scene } from './plant.ts';

const HOUR_MS = 3_600_000;
/** A moment this near is one of the run, whether the old side was seen to repeat it or not. */
const RECENT_MS = 60_000;

const isNumber = (value: unknown): boolean => typeof value === 'number' || String(value) !== value;
/** The moment of a value that a rule for clocks might explain; null for none. */
function momentOf(value: unknown, exact: string, { varies }: Scene): number | null {
  if (typeof value === 'object' && (value === null || !('isLosslessNumber' in value))) return null;
  const time = toTime(String(value));
  return time !== null && (varies(exact) || Math.abs(Date.now() - time) < RECENT_MS) ? time : null;
}

/** As the value was given: a number stays one. */
const like = (value: unknown, changed: string): unknown => (isNumber(value) ? Number(changed) : changed);

/** Changes a moment of a form. */
const moment = (
  form: RegExp,
  change: (text: string, time: number) => string,
): Parameters<typeof fault>[1] => {
  return (view, scene) =>
    json(
      view,
      (value, exact) => momentOf(value, exact, scene) !== null && form.test(dateForm(String(value)) ?? ''),
      (value) => like(value, change(String(value), toTime(String(value)) ?? 0)),
    );
};

/** A generated text of one of these classes at a place that varies. */
const generated =
  (kinds: RegExp, { varies }: Scene) =>
  (value: unknown, exact: string): value is string =>
    typeof value === 'string' && varies(exact) && kinds.test(valueClass(value) ?? '');

function withClaim(jwt: string): string {
  const [header, payload = '', signature] = jwt.split('.');
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  const changed = Buffer.from(JSON.stringify({ ...Object(claims), planted: true })).toString('base64url');
  return [header, changed, signature].join('.');
}

const isJwtOfClaims = (value: string): boolean => {
  try {
    return (
      typeof JSON.parse(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString('utf8')) === 'object'
    );
  } catch {
    return false;
  }
};

/** Times a thousand, and never nothing. */
const otherUnit = (value: number): number => value * 1000 + 1000;

/** Regressions that rules for generated values could hide. */
export const VALUE_HIDDEN = [
  fault(
    'clock-unit',
    moment(/epoch/, (text, time) => String(text.length === 13 ? Math.floor(time / 1000) : time)),
  ),
  fault(
    'clock-zone',
    moment(/^ISO/, (text) =>
      /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text.replace(/(Z|[+-]\d{2}:?\d{2})$/, '') : `${text}Z`,
    ),
  ),
  fault(
    'clock-format',
    moment(/^(ISO|HTTP)/, (text, time) =>
      text.endsWith('GMT') ? new Date(time).toISOString() : new Date(time).toUTCString(),
    ),
  ),
  fault(
    'clock-moved',
    moment(/^(ISO .* Z$|HTTP|ms|s )/, (text, time) => {
      const moved = time - HOUR_MS;
      if (/^\d+$/.test(text)) return String(text.length === 13 ? moved : Math.floor(moved / 1000));
      if (text.endsWith('GMT')) return new Date(moved).toUTCString();
      // The same form: what stands in the day and the hour alone.
      return (
        new Date(moved)
          .toISOString()
          .slice(0, 13)
          .replace('T', text[10] ?? 'T') + text.slice(13)
      );
    }),
  ),
  fault('id-form', (view, scene) =>
    json(view, generated(/^(uuid|ulid)$/, scene), (id) =>
      valueClass(String(id)) === 'uuid' ? String(id).replaceAll('-', '') : String(id).toLowerCase(),
    ),
  ),
  fault('id-reused', (view, scene) => {
    const free = (value: unknown) => {
      const taken = scene.taken(valueClass(String(value)) ?? '');
      return taken !== null && taken !== value && String(value) === value ? taken : null;
    };
    return json(
      view,
      (value, exact) => generated(/^(uuid|ulid|hex)$/, scene)(value, exact) && free(value) !== null,
      free,
    );
  }),
  fault('token-short', (view, scene) =>
    json(
      view,
      (value, exact) => generated(/^(hex|token)$/, scene)(value, exact) && String(value).length >= 32,
      (token) => String(token).slice(0, String(token).length >> 1),
    ),
  ),
  fault('token-unsigned', (view, scene) =>
    json(view, generated(/^jwt$/, scene), (token) => String(token).replace(/[^.]*$/, '')),
  ),
  fault('token-claims-changed', (view, scene) =>
    json(
      view,
      (value, exact) => generated(/^jwt$/, scene)(value, exact) && isJwtOfClaims(String(value)),
      (token) => withClaim(String(token)),
    ),
  ),
  fault(
    'measure-unit',
    (view, { varies }) =>
      json(
        view,
        (value, exact) => {
          const measure = typeof value === 'number' ? measureAt(exact.replace(/\[\d+\]/g, '[]')) : null;
          return measure === 'fact' || (measure === 'measurement' && varies(exact));
        },
        (value) => otherUnit(Number(value)),
      ) ??
      changeHeader(
        view,
        (name) => /^x-response-time$/i.test(name),
        (value) => value.replace(/\d+(?:\.\d+)?/g, (number) => String(otherUnit(Number(number)))),
      ),
  ),
] as const;
