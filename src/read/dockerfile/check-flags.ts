import { parseDuration } from '../../vocabulary/duration.ts';
import type { Report } from './check.ts';
import type { InstructionRow } from './instruction-table.ts';
import { mountFault } from './run-mount.ts';
import { nearest } from './suggest.ts';
import type { Flag, Instruction } from './tree.ts';

/** Known names, no name twice, a value where one is needed, and values BuildKit reads before it builds. */
export function checkFlags(instruction: Instruction, row: InstructionRow, report: Report): void {
  const seen = new Set<string>();
  for (const flag of instruction.flags) {
    const kind = Object.hasOwn(row.flags, flag.name) ? row.flags[flag.name] : undefined;
    const shown = `--${flag.name.slice(0, 40)}`;
    if (kind === undefined) {
      const meant = nearest(flag.name.slice(0, 40), Object.keys(row.flags));
      const hint = meant ? ` (did you mean --${meant}?)` : '';
      report('unknown-flag', `${instruction.keyword} has no flag ${shown}${hint}`, flag.span);
      continue;
    }
    if (seen.has(flag.name) && kind !== 'strings') {
      report('duplicate-flag', `${shown} may be given only once`, flag.span);
    }
    seen.add(flag.name);
    if (kind === 'boolean') checkBoolean(flag, shown, report);
    else if (flag.value === undefined) report('flag-without-value', `${shown} needs a value: ${shown}=…`, flag.span);
    else checkValue(instruction.keyword, flag, flag.value, report);
  }
}

function checkBoolean(flag: Flag, shown: string, report: Report): void {
  if (flag.value === undefined) return;
  if (flag.value === '') report('flag-without-value', `${shown}= needs true or false`, flag.span);
  else if (!/^(true|false)$/i.test(flag.value)) {
    report('flag-not-boolean', `${shown} takes true or false`, flag.valueSpan ?? flag.span);
  }
}

const networks: ReadonlySet<string> = new Set(['default', 'none', 'host']);
const securities: ReadonlySet<string> = new Set(['insecure', 'sandbox']);

function checkValue(keyword: string, flag: Flag, value: string, report: Report): void {
  const at = flag.valueSpan ?? flag.span;
  if (keyword === 'RUN') {
    if (flag.name === 'network' && !networks.has(value)) {
      report('invalid-network', 'RUN --network takes default, none or host', at);
    } else if (flag.name === 'security' && !securities.has(value)) {
      report('invalid-security', 'RUN --security takes insecure or sandbox', at);
    } else if (flag.name === 'mount') {
      const fault = mountFault(value);
      if (fault) report('invalid-mount', fault, at);
    }
  } else if (keyword === 'HEALTHCHECK' && value !== '') {
    if (flag.name === 'retries') checkRetries(value, flag, report);
    else checkDuration(value, flag, report);
  }
}

function checkRetries(value: string, flag: Flag, report: Report): void {
  const at = flag.valueSpan ?? flag.span;
  // Go's ParseInt in 32 bits.
  const retries = /^[-+]?\d{1,12}$/.test(value) ? Number(value) : Number.NaN;
  if (retries >= 0 && retries < 2 ** 31) return;
  report('invalid-retries', '--retries takes a whole number, 0 or more', at);
}

/** Zero means the default; anything else below the engine's minimum of 1 ms is refused. */
function checkDuration(value: string, flag: Flag, report: Report): void {
  const at = flag.valueSpan ?? flag.span;
  const duration = parseDuration(value, 'go');
  if (duration === undefined) {
    report('invalid-duration', `--${flag.name} takes a duration such as 30s or 1m30s`, at);
  } else if (duration !== 0 && duration < 1) {
    report('invalid-duration', `--${flag.name} cannot be less than 1ms`, at);
  }
}
