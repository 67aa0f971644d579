import type { Stage, Step } from '../../model/dockerfile/dockerfile.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import { downloadOf, isLocalUrl } from '../downloads.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const downloadWithoutChecksum: Rule = {
  id: 'dockerfile/download-without-checksum',
  summary: 'A downloaded program or archive used without a checksum',
  why: 'A release that is replaced upstream, or a mirror that is broken into, goes into the image unnoticed.',
  sources: [
    'https://docs.docker.com/build/building/best-practices/#add-or-copy',
    'https://slsa.dev/spec/v1.0/threats-overview',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG12'],
  aliases: [],
  examples: { bad: 'bad-archive', good: 'good-sha256' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN')) {
      if (isVerified(step)) continue;
      for (const command of step.commands) {
        const download = downloadOf(command);
        const url = download?.urls.find(({ text }) => isProgram(text, download.output) && !isLocalUrl(text));
        if (!download || !url) continue;
        const isPlain = /^(?:http|ftp):\/\//i.test(url.text);
        report({
          at: url.span,
          severity: isPlain ? 'medium' : 'low',
          message: `Nothing checks what ${download.program} fetches${isPlain ? ' over an open connection' : ''} from ${hostOf(url.text)}`,
        });
      }
    }
  },
};

/** By stage, the last step that compares a checksum or a signature; -1 for none. */
const lastChecks = new WeakMap<Stage, number>();

/** The same RUN, or a later one of the stage, compares a checksum or a signature. */
function isVerified({ stage, index }: Step): boolean {
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

/** Archives, packages and binaries; lists, keys and answers of an API are something else. */
function isProgram(url: string, output: string | undefined): boolean {
  const path = url.replace(/[?#][\s\S]*/, '').toLowerCase();
  if (/\.(?:asc|gpg|key|pub|list|repo|sha\d+|sig|pem|crt|json|ya?ml|txt|conf)$/.test(path) || /\$\(|api\./.test(path))
    return false;
  if (
    /\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|zip|gz|xz|bz2|zst|deb|rpm|apk|jar|war|whl|phar|run|bin|exe|appimage|so)$/.test(
      path,
    )
  )
    return true;
  return /\/releases\/(?:latest\/)?download\//.test(path) || /^(?:\/usr(?:\/local)?)?\/s?bin\//.test(output ?? '');
}

function hostOf(url: string): string {
  const host = /^(?:[a-z]+:\/\/)?(?:[^@/\s]*@)?([\w.-]+\.[a-z]{2,})(?=[:/]|$)/i.exec(url)?.[1];
  return host ?? 'there';
}
