import type { FindingsDocument } from '../../model/findings.ts';

const HEAD = [
  ...['project', 'severity', 'rule', 'title', 'category', 'targets', 'state', 'file', 'line', 'column'],
  ...['message', 'remedy', 'source', 'as of', 'fingerprint'],
];

/** Findings as comma-separated values, a line a place. Source: RFC 4180. */
export function findingsCsv(found: FindingsDocument): string {
  const rows = found.projects.flatMap(({ folder, findings }) =>
    findings.map((item) => [
      ...[folder, item.severity, item.rule, item.title, item.category, item.targets.join(' '), item.state],
      ...[item.location?.file ?? '', item.location?.line ?? '', item.location?.column ?? ''],
      ...[item.message, item.remedy ?? '', item.source, item.asOf, item.fingerprint],
    ]),
  );
  return [HEAD, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** What a spreadsheet would take for a formula is kept as text. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
