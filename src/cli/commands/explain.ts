import { Places } from '../../judge/places.ts';
import { rulesNamed } from '../../judge/rule-names.ts';
import { settingsOf } from '../../judge/settings.ts';
import { missionRow } from '../../knowledge/mission.ts';
import { secretMask } from '../../model/masked-lines.ts';
import { renderMissionRow, renderRule } from '../../report/rules.ts';
import { renderService } from '../../report/service.ts';
import { allRules } from '../../rules/registry.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import type { Call, Command } from '../command.ts';
import { ExitCode } from '../exit-code.ts';
import { nearestName } from '../nearest-name.ts';
import { jobsOf, projectOf } from '../operand-jobs.ts';
import { projectFlags } from '../project-flags.ts';
import { ruleCard } from '../rule-card.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'Explain a rule, a mission row, or what a service will really run',
  operands: 'RULE | ROW | service:NAME [PATH]',
  flags: projectFlags,
  examples: [
    { line: 'seaworthy explain compose/unbounded-logs', does: 'why a rule matters' },
    { line: 'seaworthy explain DL3002', does: "ours for another tool's rule" },
    { line: 'seaworthy explain RUN9', does: 'the rules that answer a row of the mission' },
    { line: 'seaworthy explain service:api', does: 'every effective setting, and where it comes from' },
  ],
  run(call) {
    const [subject, ...places] = call.operands;
    if (subject === undefined)
      throw new SeaworthyError('usage', 'explain needs something to explain', {
        hint: 'seaworthy explain service:NAME, or a rule from seaworthy rules',
      });
    if (subject.startsWith('service:')) return explainService(call, subject.slice('service:'.length), places);
    const page = { color: call.out.color, width: call.out.width, unicode: call.out.unicode };
    const found = rulesNamed(subject, allRules);
    if (found.length > 0) {
      call.out.write(found.map((rule) => renderRule(ruleCard(rule), page)).join('\n'));
      return ExitCode.Seaworthy;
    }
    const row = missionRow(subject.toUpperCase());
    if (row) {
      const answering = allRules.filter((rule) => rule.mission.includes(row.id)).map(ruleCard);
      call.out.write(`${row.id}: ${row.asks}\n\n${renderMissionRow(row.id, answering, page)}`);
      return ExitCode.Seaworthy;
    }
    const near = nearestName(
      subject,
      allRules.map((rule) => rule.id),
    );
    throw new SeaworthyError('unknown-rule', `There is no rule and no mission row "${subject}"`, {
      hint: near ? `Did you mean ${near}?` : 'seaworthy rules lists all rules.',
    });
  },
};

function explainService(call: Call, name: string, places: readonly string[]): ExitCode {
  const projects = jobsOf({ ...call, operands: places }).map((job) => ({
    project: projectOf(job),
    prefix: job.prefix,
  }));
  const services = projects.flatMap(({ project, prefix }) =>
    project.services.map((service) => ({ project, prefix, service })),
  );
  const found = services.find(({ service }) => service.name === name);
  if (!found) {
    const names = services.map(({ service }) => service.name);
    throw new SeaworthyError('unknown-service', `There is no service "${name}"`, {
      hint: names.length > 0 ? `There are: ${names.join(', ')}` : 'The project has no services.',
    });
  }
  const page = { color: call.out.color, width: call.out.width, unicode: call.out.unicode };
  const settings = settingsOf(found.service, new Places(found.project, found.prefix), secretMask(found.project));
  call.out.write(renderService(settings, page));
  return ExitCode.Seaworthy;
}
