import { parseImageReference } from '../../knowledge/image-reference.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { copySourcesOf, namedContexts } from '../copy-sources.ts';
import type { Rule } from '../rule.ts';

export const unknownCopyFrom: Rule = {
  id: 'dockerfile/unknown-copy-from',
  summary: 'COPY --from a stage that is not there',
  why: "Docker takes an unknown name for an image: the build fails, or takes files out of a stranger's image of that name.",
  sources: [
    'https://docs.docker.com/reference/dockerfile/#copy---from',
    'https://docs.docker.com/build/building/multi-stage/',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG3'],
  aliases: ['hadolint:DL3022', 'dockerfile-utils:FLAG_INVALID_FROM_VALUE'],
  examples: { bad: 'bad-misspelt', good: 'good-stage' },
  dockerfile(dockerfile, report, project) {
    const contexts = namedContexts(dockerfile, project);
    for (const { from, span, stage, named, keyword } of copySourcesOf(dockerfile)) {
      if (contexts.has(from.toLowerCase())) continue;
      // The others look at COPY only.
      const aliases = keyword === 'COPY' ? unknownCopyFrom.aliases : [];
      if (named) {
        if (named.index > stage.index)
          report({
            at: span,
            message: `${keyword} takes from "${from}", which stands further down`,
            severity: 'low',
            confidence: 'certain',
            aliases: aliases.filter((alias) => alias.startsWith('hadolint:')),
            related: [{ at: named.nameSpan ?? named.from.span, message: `"${from}" begins here` }],
          });
        continue;
      }
      if (/^\d+$/.test(from)) {
        report({
          at: span,
          message: `${keyword} takes from stage ${from}, and there is none`,
          confidence: 'certain',
          aliases,
        });
        continue;
      }
      const reference = parseImageReference(from);
      if (!reference) {
        report({
          at: span,
          message: `${keyword} takes from "${from}", which names neither a stage nor an image`,
          confidence: 'certain',
          aliases,
        });
        continue;
      }
      // An image with a path, a version or known contents is meant as an image.
      if (from.includes('/') || reference.tag !== undefined || reference.digest !== undefined || imageFacts(reference))
        continue;
      report({
        at: span,
        message: `${keyword} takes from "${from}", which is no stage: Docker looks for an image of that name`,
        aliases,
      });
    }
  },
};
