import { judge } from '../../../src/judge/judge.ts';
import { maskedLines } from '../../../src/model/masked-lines.ts';
import { stackGraph } from '../../../src/judge/stack-graph.ts';
import { readProject } from '../../../src/model/read-project.ts';
import type { Files } from '../../../src/read/files.ts';
import { renderHtml } from '../../../src/report/html.ts';
import { allRules } from '../../../src/rules/registry.ts';
import type { Verdict } from '../../../src/vocabulary/verdict.ts';

/** A project as the command line would show it as a page. */
export function pageOf(files: Files): { readonly html: string; readonly verdict: Verdict } {
  const project = readProject(files, { today: '2026-11-21', compose: { env: {} } });
  const verdict = judge(project, allRules);
  const masked = maskedLines(project);
  const html = renderHtml(verdict, {
    version: '1.2.3',
    rules: allRules,
    sources: (file, line) => masked(file, line) ?? '',
    graphs: () => [stackGraph(project)],
  });
  return { html, verdict };
}

/** A Compose file with many services: shops in front, databases behind, all sorts of things published. */
export function bigCompose(services: number): string {
  const lines = ['name: big', 'services:'];
  for (let index = 0; index < services; index++) {
    const isStore = index % 5 === 4;
    lines.push(`  ${isStore ? 'store' : 'app'}-${index}:`, `    image: ${isStore ? 'postgres:17' : 'example/app:1'}`);
    lines.push(`    networks: [net-${index % 3}, net-${(index + 1) % 3}]`);
    if (index % 4 === 0) lines.push('    ports:', `      - "${8000 + index}:80"`);
    if (isStore) lines.push('    volumes:', `      - data-${index % 10}:/var/lib/postgresql/data`);
    else {
      const store = index - (index % 5) + 4;
      const dependsOn = [store, ...(index > 6 ? [index - 6] : [])].filter((one) => one < services && one !== index);
      if (dependsOn.length > 0) lines.push(`    depends_on: [${dependsOn.map(name).join(', ')}]`);
    }
  }
  lines.push('networks:', '  net-0: {}', '  net-1:', '    internal: true', '  net-2: {}', 'volumes:');
  for (let index = 0; index < 10; index++) lines.push(`  data-${index}: {}`);
  return `${lines.join('\n')}\n`;

  function name(index: number): string {
    return index % 5 === 4 ? `store-${index}` : `app-${index}`;
  }
}
