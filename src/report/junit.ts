import type { GateReport } from '../model/gates.ts';
import type { RunReport } from '../model/verdict.ts';
import { ownerWord } from './format.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML 1.0: markup escaped, characters it forbids replaced. */
const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

interface Case {
  suite: string;
  name: string;
  failure?: string;
  skipped?: string;
}

/** A run and its gates as JUnit XML: a test a route, a test a gate. What was not compared is skipped, never passed. */
export function renderJUnit(report: RunReport, gates: GateReport): string {
  const routes = report.routes.map((row): Case => {
    const base = { suite: 'shadow.routes', name: row.route };
    if (row.status === 'same') return base;
    if (row.status !== 'different') return { ...base, skipped: `${row.status}: ${row.reason ?? ''}` };
    const cells = report.cells.filter(({ route, explained }) => route === row.route && !explained);
    const lines = cells.map(
      ({ location, kind, exchanges, owner, exemplars: [sample] }) =>
        `${location} ${kind} in ${exchanges}: ${sample?.old ?? '(nothing)'} → ${sample?.new ?? '(nothing)'}${owner ? ` [${owner.kind}: ${ownerWord(owner)}]` : ''}`,
    );
    return {
      ...base,
      failure: [`${row.different} of ${row.compared} exchanges differ.`, ...lines].join('\n'),
    };
  });
  const checks = gates.checks.map(({ gate, subject, outcome, why }): Case => {
    const base = { suite: 'shadow.gates', name: `${gate} ${subject}` };
    return outcome === 'PASS' ? base : { ...base, failure: `${outcome}: ${why}` };
  });
  const suites = [
    { name: 'shadow.routes', cases: routes },
    { name: 'shadow.gates', cases: checks },
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="migrate shadow ${escapeXml(report.id)}">`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite name="${name}" tests="${cases.length}" failures="${cases.filter(({ failure }) => failure !== undefined).length}" skipped="${cases.filter(({ skipped }) => skipped !== undefined).length}" timestamp="${escapeXml(report.startedAt)}">`,
      ...cases.map(testCase),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ suite, name, failure, skipped }: Case): string {
  const open = `    <testcase classname="${suite}" name="${escapeXml(name)}"`;
  if (failure !== undefined) {
    const [first = ''] = failure.split('\n');
    return `${open}><failure message="${escapeXml(first)}">${escapeXml(failure)}</failure></testcase>`;
  }
  return skipped === undefined
    ? `${open}/>`
    : `${open}><skipped message="${escapeXml(skipped)}"/></testcase>`;
}
