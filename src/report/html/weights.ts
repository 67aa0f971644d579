import type { Finding } from '../../vocabulary/finding.ts';
import { type Severity, severities } from '../../vocabulary/severity.ts';

/** What the findings of one service weigh. */
export interface ServiceWeight {
  readonly worst: Severity;
  readonly tally: Readonly<Record<Severity, number>>;
}

/** Findings by project and service; projects are told apart by the place their files stand in. */
export class ServiceWeights {
  readonly #tallies = new Map<string, Record<Severity, number>>();

  /** @param places Of all projects: `''`, `shop/`. A file belongs to the longest that it begins with. */
  constructor(findings: readonly Finding[], places: readonly string[]) {
    const longestFirst = [...places].sort((a, b) => b.length - a.length);
    for (const finding of findings) {
      const place = longestFirst.find((one) => finding.file.startsWith(one)) ?? '';
      for (const service of servicesOf(finding)) {
        const key = `${place}\0${service}`;
        const tally = this.#tallies.get(key) ?? { critical: 0, high: 0, medium: 0, low: 0 };
        tally[finding.severity] += 1;
        this.#tallies.set(key, tally);
      }
    }
  }

  /** Undefined for a service without findings. */
  of(place: string, service: string): ServiceWeight | undefined {
    const tally = this.#tallies.get(`${place}\0${service}`);
    const worst = tally && severities.find((severity) => tally[severity] > 0);
    return worst && tally && { worst, tally };
  }
}

export function servicesOf(finding: Finding): readonly string[] {
  return finding.services ?? (finding.service === undefined ? [] : [finding.service]);
}
