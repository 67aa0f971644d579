import { parseImageReference } from '../../knowledge/image-reference.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { copySourcesOf, namedContexts } from '../copy-sources.ts';
import type { Rule } from '../rule.ts';

export const floatingCopySource: Rule = {
  id: 'dockerfile/floating-copy-source',
  summary: 'Files copied out of an image without a version',
  why: 'The program that is copied changes with every release of that image, and no commit shows when.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#copy---from',
    'https://docs.astral.sh/uv/guides/integration/docker/#installing-uv',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG1'],
  aliases: ['hadolint:DL3022'],
  examples: { bad: 'bad-latest', good: 'good-version' },
  dockerfile(dockerfile, report, project) {
    const contexts = namedContexts(dockerfile, project);
    for (const { from, span, named, keyword, stage } of copySourcesOf(dockerfile)) {
      if (named || !stage.isUsed || contexts.has(from.toLowerCase())) continue;
      const reference = parseImageReference(from);
      if (!reference || reference.digest !== undefined || (reference.tag !== undefined && reference.tag !== 'latest'))
        continue;
      // A bare unknown word is most likely a stage that is not there.
      if (!from.includes('/') && reference.tag === undefined && !imageFacts(reference)) continue;
      report({
        at: span,
        message: `${keyword} takes from "${from}", which is whatever was pushed last`,
        aliases: reference.tag === undefined && keyword === 'COPY' ? ['hadolint:DL3022'] : [],
      });
    }
  },
};
