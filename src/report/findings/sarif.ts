import type { FindingsDocument, PlacedFinding, Severity } from '../../model/findings.ts';

const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = {
  blocks: 'error',
  differs: 'warning',
  check: 'note',
  advice: 'note',
};

/**
 * Findings as SARIF 2.1.0, one run, for code scanning. Places are relative to the repository's root, columns count UTF-16
 * units. What is accepted is suppressed, what the baseline holds is unchanged.
 *
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/
 * @param version of this tool
 */
export function findingsSarif(found: FindingsDocument, version: string): object {
  const findings = found.projects.flatMap((project) => project.findings);
  const rules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()];
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'migrate', semanticVersion: version, rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository.' } } },
        results: findings.map((finding) =>
          resultOf(
            finding,
            rules.findIndex(({ rule }) => rule === finding.rule),
            found.baseline !== null,
          ),
        ),
        properties: { targets: found.targets },
      },
    ],
  };
}

const ruleOf = ({ rule, title, category, severity, links, source, asOf }: PlacedFinding): object => ({
  id: rule,
  shortDescription: { text: title },
  ...(links[0] !== undefined && { helpUri: links[0] }),
  defaultConfiguration: { level: LEVELS[severity] },
  properties: { category, source, asOf, tags: [category] },
});

const resultOf = (finding: PlacedFinding, ruleIndex: number, compared: boolean): object => ({
  ruleId: finding.rule,
  ruleIndex,
  level: LEVELS[finding.severity],
  message: { text: finding.remedy ? `${finding.message}. ${finding.remedy}.` : `${finding.message}.` },
  ...(finding.location && {
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(finding.location.file), uriBaseId: 'SRCROOT' },
          region: {
            startLine: finding.location.line,
            startColumn: finding.location.column,
            ...(finding.snippet && { snippet: { text: finding.snippet } }),
          },
        },
      },
    ],
  }),
  partialFingerprints: { 'migrateFinding/v1': finding.fingerprint },
  ...(compared && { baselineState: finding.state === 'known' ? 'unchanged' : 'new' }),
  ...(finding.state === 'accepted' && {
    suppressions: [{ kind: 'external', justification: finding.reason ?? '' }],
  }),
  properties: { targets: finding.targets },
});

/** A path of the repository as a relative reference. */
const uriOf = (file: string): string => file.split('/').map(encodeURIComponent).join('/');
