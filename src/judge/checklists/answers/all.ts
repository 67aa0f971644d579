import type { Answer } from './answer.ts';
import { minimalBase, patches, trustedBases } from './base-images.ts';
import { codebase } from './codebase.ts';
import { configuration } from './configuration.ts';
import { dockerignore } from './contexts.ts';
import { backups, persistent, stateless, volumePermissions } from './data.ts';
import { dependenciesFirst, dependenciesLocked } from './dependencies.ts';
import { documentedVariables, parity } from './environments.ts';
import { health, imageHealth } from './health.ts';
import { cleanedUp, fewLayers } from './layers.ts';
import type { Look } from './look.ts';
import { exposes, labels, startCommand } from './metadata.ts';
import { limitsAndGpu, structuredLogs } from './ml.ts';
import { backingServices, isolated, portBinding, segmented } from './networks.ts';
import { documentation, rollbackProcedure, scanned, updateProcedure } from './papers.ts';
import { autoScaling, logAggregation, monitoring, monitoringActive, teamNotified } from './people.ts';
import { capabilities, nonRoot, nonRootImage, readOnlyRoot } from './privilege.ts';
import { adminTasks, buildReleaseRun } from './releases.ts';
import { reproducible } from './reproducible.ts';
import { concurrency, scaling } from './scaling.ts';
import { noSecretsInImage, secretsAtRunTime, secretsManaged } from './secrets.ts';
import { multiStage, multiStageIfApplicable } from './stages.ts';
import { logsToStdout, stopsGracefully } from './stopping.ts';
import { limits, limitsInForce, logging, restarts } from './upkeep.ts';
import { rollbackPlan, versionTags } from './versions.ts';
import { dependencies } from './waiting.ts';

/** Who answers which item. */
export const answers: ReadonlyMap<string, (look: Look) => Answer> = new Map([
  ['CHK1.1', nonRoot],
  ['CHK1.2', readOnlyRoot],
  ['CHK1.3', limits],
  ['CHK1.4', health],
  ['CHK1.5', logging],
  ['CHK1.6', secretsManaged],
  ['CHK1.7', scanned],
  ['CHK1.8', restarts],

  ['CHK2.1', scanned],
  ['CHK2.2', health],
  ['CHK2.3', limits],
  ['CHK2.4', logging],
  ['CHK2.5', monitoring],
  ['CHK2.6', secretsManaged],
  ['CHK2.7', backups],
  ['CHK2.8', rollbackPlan],
  ['CHK2.9', documentation],
  ['CHK2.10', teamNotified],
  ['CHK2.11', versionTags],
  ['CHK2.12', multiStage],
  ['CHK2.13', nonRoot],
  ['CHK2.14', logsToStdout],
  ['CHK2.15', secretsAtRunTime],
  ['CHK2.16', dockerignore],

  ['CHK3.1', minimalBase],
  ['CHK3.2', nonRootImage],
  ['CHK3.3', multiStage],
  ['CHK3.4', noSecretsInImage],
  ['CHK3.5', imageHealth],
  ['CHK3.6', labels],
  ['CHK3.7', dockerignore],
  ['CHK3.8', dependenciesLocked],
  ['CHK3.9', patches],
  ['CHK3.10', (look) => reproducible(look, dependenciesLocked(look))],
  ['CHK3.11', trustedBases],
  ['CHK3.12', fewLayers],
  ['CHK3.13', dependenciesFirst],
  ['CHK3.14', cleanedUp],
  ['CHK3.15', exposes],
  ['CHK3.16', startCommand],

  ['CHK4.1', obsoleteVersion],
  ['CHK4.2', health],
  ['CHK4.3', restarts],
  ['CHK4.4', limits],
  ['CHK4.5', persistent],
  ['CHK4.6', segmented],
  ['CHK4.7', documentedVariables],
  ['CHK4.8', dependencies],

  ['CHK5.1', limitsInForce],
  ['CHK5.2', readOnlyRoot],
  ['CHK5.3', capabilities],
  ['CHK5.4', health],
  ['CHK5.5', logging],
  ['CHK5.6', restarts],
  ['CHK5.7', isolated],
  ['CHK5.8', volumePermissions],
  ['CHK5.9', autoScaling],
  ['CHK5.10', monitoringActive],
  ['CHK5.11', logAggregation],
  ['CHK5.12', backups],
  ['CHK5.13', rollbackProcedure],
  ['CHK5.14', scaling],
  ['CHK5.15', updateProcedure],

  ['CHK6.1', nonRoot],
  ['CHK6.2', minimalBase],
  ['CHK6.3', scanned],
  ['CHK6.4', health],
  ['CHK6.5', restarts],
  ['CHK6.6', stopsGracefully],
  ['CHK6.7', limitsAndGpu],
  ['CHK6.8', structuredLogs],
  ['CHK6.9', noSecretsInImage],
  ['CHK6.10', multiStageIfApplicable],

  ['CHK7.1', codebase],
  ['CHK7.2', dependenciesLocked],
  ['CHK7.3', configuration],
  ['CHK7.4', backingServices],
  ['CHK7.5', buildReleaseRun],
  ['CHK7.6', stateless],
  ['CHK7.7', portBinding],
  ['CHK7.8', concurrency],
  ['CHK7.9', stopsGracefully],
  ['CHK7.10', parity],
  ['CHK7.11', logsToStdout],
  ['CHK7.12', adminTasks],
]);

/** Obsolete since the Compose Specification: Compose ignores it and warns. The merged model has no place for it. */
function obsoleteVersion({ project }: Look): Answer {
  const at = (project.compose?.files ?? []).flatMap((file) => {
    const source = project.sources.get(file);
    const found = source ? /^(?:version|"version"|'version')[ \t]*:/m.exec(source.text) : null;
    return source && found ? [`${file}:${source.positionAt(found.index).line}`] : [];
  });
  return {
    state: 'not-applicable',
    evidence:
      at.length > 0
        ? 'the version is obsolete: Compose ignores it and warns'
        : 'the version is obsolete, and there is none',
    at,
  };
}
