import { isDay } from '../config/fields.ts';
import type { Directive } from './directive.ts';

/** Comments of other tools, so that a team can switch without touching its files. The text comes without its `#`. */
export function peerComment(text: string): Directive | undefined {
  for (const read of readers) {
    const found = read(text);
    if (found) return { owner: 'peer', ...found };
  }
  return undefined;
}

/** The value of BuildKit's `# check=` directive: `skip=JSONArgsRecommended,StageNameCasing;error=true`. */
export function buildkitDirective(value: string): Directive | undefined {
  const skip = value
    .split(';')
    .map((part) => part.trim())
    .find((part) => /^skip\s*=/i.test(part));
  if (skip === undefined) return undefined;
  const names = words(skip.slice(skip.indexOf('=') + 1));
  const owned = { owner: 'peer', scope: 'file' } as const;
  return names.some((name) => name.toLowerCase() === 'all')
    ? { ...owned, names: [], tool: 'buildkit' }
    : { ...owned, names: prefixed('buildkit', names) };
}

type Read = (text: string) => Omit<Directive, 'owner'> | undefined;

/** https://github.com/hadolint/hadolint#inline-ignores: the next instruction, or with `global` the file. */
const hadolint: Read = (text) => {
  const match = /^hadolint[ \t]+(global[ \t]+)?ignore[ \t]*=[ \t]*/i.exec(text);
  if (!match) return undefined;
  const [list = '', ...reason] = text.slice(match[0].length).split('#');
  const names = words(list).filter((word) => /^(?:DL|SC)\d+$/i.test(word));
  return { scope: match[1] ? 'file' : 'here', names: prefixed('hadolint', names), ...because(reason.join('#')) };
};

/** https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html: `checkov:skip=ID:reason`, the file. */
const checkov: Read = (text) => {
  const match = /^(?:checkov|bridgecrew):skip=([\w-]+)(?::(.*))?/i.exec(text);
  return match?.[1] ? { scope: 'file', names: [`checkov:${match[1]}`], ...because(match[2]) } : undefined;
};

/** https://trivy.dev/latest/docs/configuration/filtering/: one or several, each with `:exp:2027-01-31` if wanted. */
const trivy: Read = (text) => {
  if (!/^(?:trivy|tfsec):ignore:/i.test(text)) return undefined;
  const names: string[] = [];
  let until: string | undefined;
  for (const word of text.split(/[\s#]+/)) {
    const [tool = '', verb, id, , day] = word.split(':');
    if (!/^(?:trivy|tfsec)$/i.test(tool) || verb?.toLowerCase() !== 'ignore' || !id) continue;
    names.push(`trivy:${trivyId(id)}`);
    if (day !== undefined && isDay(day) && (until === undefined || day < until)) until = day;
  }
  return { scope: 'here', names, ...(until === undefined ? {} : { until }) };
};

/** `AVD-DS-0002`, `DS002` and `DS-0002` are one check; its name has changed twice. */
function trivyId(id: string): string {
  const bare = id.toUpperCase().replace(/^AVD-/, '');
  const old = /^DS-?(\d{3,4})$/.exec(bare);
  return old?.[1] ? `DS-${old[1].padStart(4, '0')}` : bare;
}

/** https://docs.kics.io/latest/running-kics/#using_commands_on_scanned_files_as_comments */
const kics: Read = (text) => {
  const match = /^kics-scan[ \t]+(ignore-line|ignore-block|ignore|disable)\b[ \t]*=?[ \t]*([^#]*)/i.exec(text);
  if (!match?.[1]) return undefined;
  const verb = match[1].toLowerCase();
  if (verb === 'disable') return { scope: 'file', names: prefixed('kics', words(match[2] ?? '')) };
  const scope = verb === 'ignore' ? 'file' : verb === 'ignore-line' ? 'line' : 'here';
  return { scope, names: [], tool: 'kics' };
};

/** https://github.com/zavoloklom/docker-compose-linter#disabling-rules: without names, all of them. */
const dclint: Read = (text) => {
  const match = /^dclint[ \t]+disable(-line|-next-line)?(?![\w-])/i.exec(text);
  if (!match) return undefined;
  const names = words(text.slice(match[0].length).split('#')[0] ?? '');
  const kind = match[1]?.toLowerCase();
  const scope = kind === '-line' ? 'own-line' : kind === '-next-line' ? 'line' : 'file';
  return names.length === 0 ? { scope, names, tool: 'dclint' } : { scope, names: prefixed('dclint', names) };
};

/** https://semgrep.dev/docs/ignoring-files-folders-code: this line or the next; ids are paths, the last part names. */
const semgrep: Read = (text) => {
  const match = /^nosem(?:grep)?\b[ \t]*(:?)[ \t]*/i.exec(text);
  if (!match) return undefined;
  const ids = match[1] === '' ? [] : words(text.slice(match[0].length).split(/ #| -- /)[0] ?? '');
  const names = ids.map((id) => id.slice(id.lastIndexOf('.') + 1));
  return names.length === 0
    ? { scope: 'here', names, tool: 'semgrep' }
    : { scope: 'here', names: prefixed('semgrep', names) };
};

const readers: readonly Read[] = [hadolint, checkov, trivy, kics, dclint, semgrep];

function words(text: string): string[] {
  return text.split(/[,\s]+/).filter((word) => word !== '');
}

function prefixed(tool: string, names: readonly string[]): string[] {
  return names.map((name) => `${tool}:${name}`);
}

function because(text: string | undefined): { reason?: string } {
  const reason = text?.trim() ?? '';
  return reason === '' ? {} : { reason };
}
