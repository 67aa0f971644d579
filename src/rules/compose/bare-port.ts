import { quoteValue } from '../../cures/quote-value.ts';
import { asList } from '../../model/compose/tree-access.ts';
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
    const exposed = asList(service.attribute('expose'))?.items ?? [];
    for (const { span } of [...service.ports, ...exposed]) {
      const written = project.sources.get(span.file)?.text.slice(span.start, span.end) ?? '';
      // A range makes several ports of one text.
      if (!isShort(written) || seen.has(span.start)) continue;
      seen.add(span.start);
      report({
        at: span,
        message: `${written} of "${service.name}" stands without quotes`,
        fix: () => quoteValue(project, span),
      });
    }
  },
};

/** The short form, without quotes around it; the long one begins with a key, or a brace. */
function isShort(written: string): boolean {
  return /^[\d.]+(?:-\d+)?(?:[:/][\d.:/\-a-z]*)?$/.test(written) || /^(?:[\d.:]*)\$\{?\w[^\n"']*$/.test(written);
}
