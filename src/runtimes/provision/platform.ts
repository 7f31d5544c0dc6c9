import { readFileSync } from 'node:fs';

/** What decides which binary runs here. `libc` is `null` outside Linux. */
export interface Platform {
  os: NodeJS.Platform;
  cpu: string;
  libc: 'glibc' | 'musl' | null;
  /** x64 without AVX2, where Bun needs its baseline build. */
  baseline: boolean;
}

let known: Platform | undefined;

/** The machine we are on. */
export function currentPlatform(): Platform {
  known ??= {
    os: process.platform,
    cpu: process.arch,
    libc: process.platform === 'linux' ? libc() : null,
    baseline: process.platform === 'linux' && process.arch === 'x64' && !cpuFlags().includes(' avx2'),
  };
  return known;
}

/** `linux-x64-glibc`, `darwin-arm64`. */
export const platformName = ({ os, cpu, libc }: Platform): string =>
  [os, cpu, libc].filter(Boolean).join('-');

function libc(): 'glibc' | 'musl' {
  // Without it the report looks up the names of open connections, which can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime ? 'glibc' : 'musl';
}

function cpuFlags(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return ' avx2';
  }
}
