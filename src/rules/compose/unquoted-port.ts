import { quoteValue } from '../../cures/quote-value.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const unquotedPort: Rule = {
  id: 'compose/unquoted-port',
  summary: 'A port mapping can be read as a number to the base of 60',
  why: 'YAML 1.1 takes 22:22 for 1342: older Compose and most other tools that read the file then publish a port that nobody asked for.',
  sources: ['https://docs.docker.com/reference/compose-file/services/#ports', 'https://yaml.org/type/int.html'],
  severity: 'low',
  // Compose v2 reads YAML 1.2, which has no such numbers.
  confidence: 'guess',
  since: '0.1.0',
  mission: ['CHK4'],
  aliases: ['dclint:require-quotes-in-ports'],
  examples: { bad: 'bad-ssh', good: 'good-quoted' },
  service(service, report, project) {
    if (!isContainer(service)) return;
    for (const { span } of service.ports) {
      const written = project.sources.get(span.file)?.text.slice(span.start, span.end) ?? '';
      // yaml.org/type/int.html: [-+]?[1-9][0-9_]*(:[0-5]?[0-9])+
      if (/^[1-9]\d{0,4}:[0-5]?\d$/.test(written))
        report({
          at: span,
          message: `${written} of "${service.name}" is a number to the base of 60 for YAML 1.1`,
          fix: () => quoteValue(project, span),
        });
    }
  },
};
