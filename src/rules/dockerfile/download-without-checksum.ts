import { downloadOf, isLocalUrl } from '../downloads.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';
import { isVerified } from '../verified.ts';

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
  byHand: 'the checksum must come from whoever publishes the file',
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
          message: `Nothing checks what ${download.program} fetches${isPlain ? ' over an open connection' : ''}${hostOf(url.text)}`,
        });
      }
    }
  },
};

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
  return host === undefined ? '' : ` from ${host}`;
}
