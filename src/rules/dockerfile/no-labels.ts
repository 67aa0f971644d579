import type { Rule } from '../rule.ts';

const what = /(?:^|\.)(?:title|description|name|summary)$/i;
const which = /(?:^|\.)(?:version|source|revision|vcs-ref|vcs-url|url|release)$/i;

export const noLabels: Rule = {
  id: 'dockerfile/no-labels',
  summary: 'An image without labels that say what it is',
  why: 'When it misbehaves at night, nothing in it says what it is, which commit it was built from, or whose it is.',
  sources: [
    'https://github.com/opencontainers/image-spec/blob/main/annotations.md',
    'https://docs.docker.com/build/building/best-practices/#label',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG11'],
  aliases: [],
  // Most pipelines add labels when they build (docker/metadata-action), and no file here shows it.
  optIn: true,
  byHand: 'only you know what they should say',
  examples: { bad: 'bad-no-labels', good: 'good-oci-labels' },
  service(service, report) {
    const target = service.build?.dockerfile?.target;
    if (!target) return;
    const names = [...service.image.labels.keys()];
    const labels = service.attribute('build.labels');
    if (labels?.kind === 'map') names.push(...labels.entries.keys());
    const missing = [
      ...(names.some((name) => what.test(name)) ? [] : ['what it is (title or description)']),
      ...(names.some((name) => which.test(name)) ? [] : ['which one it is (version, source or revision)']),
    ];
    if (missing.length > 0)
      report({
        at: target.from.span,
        message: `The image of "${service.name}" has no label that says ${missing.join(' or ')}`,
      });
  },
};
