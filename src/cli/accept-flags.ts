import type { Flags } from './command.ts';

/** What of the findings is accepted. */
export const acceptFlags: Flags = {
  config: { type: 'string', value: 'FILE', help: 'Configuration, instead of seaworthy.yaml of the project' },
  'no-config': { type: 'boolean', help: 'No configuration: neither seaworthy.yaml nor x-seaworthy of services' },
  baseline: { type: 'string', value: 'FILE', help: 'Report only what is not in this baseline' },
  'write-baseline': { type: 'string', value: 'FILE', help: 'Write what is found now as a baseline' },
};
