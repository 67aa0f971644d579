import type { Stage, Step } from '../model/dockerfile/dockerfile.ts';
import { programOf, type ShellCommand } from '../model/image/programs.ts';

/** By stage, the last step that compares a checksum or a signature; -1 for none. */
const lastChecks = new WeakMap<Stage, number>();

/** The same step, or a later one of the stage, compares a checksum or a signature. */
export function isVerified({ stage, index }: Step): boolean {
  let last = lastChecks.get(stage);
  if (last === undefined) {
    last = stage.steps.findLastIndex(({ commands }) => commands.some(checks));
    lastChecks.set(stage, last);
  }
  return index <= last;
}

function checks(command: ShellCommand): boolean {
  const { name, args } = programOf(command);
  if (name === undefined) return false;
  if (/^(?:sha\d*sum|md5sum|b2sum|shasum|cosign|minisign|signify|slsa-verifier|gpgv)$/.test(name)) return true;
  const says = (form: RegExp) => args.some(({ text }) => form.test(text));
  if (name === 'openssl') return says(/^(?:dgst|sha\d+)$/);
  return name.startsWith('gpg') && says(/verify/);
}
