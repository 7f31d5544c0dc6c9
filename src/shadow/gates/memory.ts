import type { GateCheck, MemoryGate } from '../../model/gates.ts';
import type { LatencySection, MemoryTrend } from '../../model/latency.ts';
import type { RunReport } from '../../model/verdict.ts';

const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
const BASE = { gate: 'memory', subject: 'all' } as const;

/** How much memory is used at the end (of the load, where there was one), and how much faster it grows. */
export function checkMemory(report: RunReport, gate: MemoryGate | undefined): GateCheck[] {
  if (!gate) return [];
  const growth =
    gate.growthMbPerMinute === undefined ? [] : [checkGrowth(report.latency, gate.growthMbPerMinute)];
  return [checkEnd(report, gate), ...growth];
}

function checkEnd({ sides, latency }: RunReport, { ratio, floorMb }: MemoryGate): GateCheck {
  const loaded = trends(latency);
  const [old, next] = loaded ? [loaded.old.end, loaded.new.end] : [sides.old.rssBytes, sides.new.rssBytes];
  if (old === null || next === null)
    return { ...BASE, outcome: 'INCONCLUSIVE', why: 'The memory of a side could not be measured.' };
  const within = next <= old * ratio || next - old <= floorMb * 1e6;
  return {
    ...{ ...BASE, outcome: within ? 'PASS' : 'FAIL' },
    why: `RSS at the end ${loaded ? 'of the load ' : ''}${mb(old)} → ${mb(next)}, at most ${ratio.toFixed(2)} times (or ${floorMb} MB) more.`,
  };
}

/**
 * How much faster the new side grows than the old one under load, MB a minute.
 * PASS when the whole interval of new minus old lies under the limit, FAIL when it lies wholly beyond it.
 */
export function checkGrowth(latency: LatencySection | undefined, limit: number): GateCheck {
  const base = { ...BASE, subject: 'growth' };
  const found = trends(latency);
  if (!latency || !found)
    return {
      ...{ ...base, outcome: 'INCONCLUSIVE' },
      why: latency
        ? 'How memory grows under load could not be measured.'
        : 'How memory grows is known of runs with a latency phase only (shadow run --latency).',
    };
  const [old, next] = [found.old.slope, found.new.slope];
  // Errors of two independent slopes add up by their squares.
  const half = Math.hypot(old.high - old.at, next.high - next.at);
  const perMinute = (slope: number) => (slope * 60) / 1e6;
  const [low, at, high] = [next.at - old.at - half, next.at - old.at, next.at - old.at + half].map(perMinute);
  if (low === undefined || at === undefined || high === undefined) throw new Error('no slope');
  const said = `RSS grows ${perMinute(old.at).toFixed(1)} → ${perMinute(next.at).toFixed(1)} MB a minute, ${low.toFixed(1)} to ${high.toFixed(1)} more at 95%; at most ${limit} more is asked for`;
  if (high <= limit) return { ...base, outcome: 'PASS', why: `${said}.` };
  if (low > limit) return { ...base, outcome: 'FAIL', why: `${said}.` };
  // The error of a slope shrinks with the third half power of time: so many rounds, and as much further apart.
  const factor = Math.max(1.5, (half * 60) / 1e6 / Math.max(Math.abs(limit - at), 1e-3)) ** (2 / 3);
  const seconds = Math.ceil(latency.plan.seconds * factor);
  return {
    ...{ ...base, outcome: 'INCONCLUSIVE', needed: Math.ceil(seconds * latency.plan.rate) },
    why: `${said}; about --duration ${seconds} would decide.`,
  };
}

function trends(latency: LatencySection | undefined): { old: MemoryTrend; new: MemoryTrend } | null {
  if (!latency) return null;
  const { old, new: next } = latency.sides;
  return 'measured' in old.memory && 'measured' in next.memory
    ? { old: old.memory.measured, new: next.memory.measured }
    : null;
}
