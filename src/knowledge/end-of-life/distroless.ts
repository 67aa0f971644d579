import type { Product } from './product.ts';

/**
 * Distroless stops building for a Debian release before Debian stops supporting it. Months of its SUPPORT_POLICY.md as of
 * 2025-12 (GoogleContainerTools/distroless, pulls 1893 and 1945, issue 2129), written as their last day.
 */
export function distrolessEnds(): readonly Product[] {
  const page = 'https://github.com/GoogleContainerTools/distroless/blob/main/SUPPORT_POLICY.md';
  return [
    {
      key: 'distroless',
      label: 'Distroless',
      page,
      cycles: [
        ['static-debian12', '2026-09-30', ''],
        ['base-debian12', '2026-09-30', ''],
        ['base-nossl-debian12', '2026-09-30', ''],
        ['cc-debian12', '2026-09-30', ''],
        ['java-debian12', '2026-01-31', ''],
        ['nodejs-debian12', '2026-01-31', ''],
        ['python3-debian12', '2026-04-30', ''],
        ['static-debian11', true, ''],
        ['base-debian11', true, ''],
        ['base-nossl-debian11', true, ''],
        ['cc-debian11', true, ''],
        ['java-debian11', true, ''],
        ['nodejs-debian11', true, ''],
        ['python3-debian11', true, ''],
      ],
    },
  ];
}
