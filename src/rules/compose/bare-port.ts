import { quoteValue } from '../../cures/quote-value.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const barePort: Rule = {
  id: 'compose/bare-port',
  summary: 'A port mapping without quotes',
  why: 'Most are read as meant; the one that YAML 1.1 takes for a number to the base of 60 looks no different.',
  sources: ['https://docs.docker.com/reference/compose-file/services/#ports', 'https://yaml.org/type/int.html'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['CHK4'],
  aliases: ['dclint:require-quotes-in-ports'],
  // A habit, not a fault: compose/unquoted-port names the mappings that can really be misread.
  optIn: true,
  examples: { bad: 'bad-bare', good: 'good-quoted' },
  service(service, report, project) {
    if (!isContainer(service)) return;
    const seen = new Set<number>();
    for (const { span } of service.ports) {
      const written = project.sources.get(span.file)?.text.slice(span.start, span.end) ?? '';
      // A range makes several ports of one text; the long form has no colon at its beginning.
      if (!/^[\d.]+(?:-\d+)?(?::[\d.:/\-a-z]*)?$/.test(written) || seen.has(span.start)) continue;
      seen.add(span.start);
      report({
        at: span,
        message: `${written} of "${service.name}" stands without quotes`,
        fix: () => quoteValue(project, span),
      });
    }
  },
};
