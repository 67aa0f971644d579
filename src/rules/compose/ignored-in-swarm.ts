import { placeOf, top } from '../../model/compose/table/table.ts';
import { isContainer } from '../deployed.ts';
import { listed } from '../in-words.ts';
import type { Rule } from '../rule.ts';
import { swarmClue } from '../swarm-clues.ts';

/** Nothing breaks where these are ignored: they serve the developer's machine. */
const harmless = new Set([
  'build',
  'develop',
  'profiles',
  'pull_policy',
  'attach',
  'annotations',
  'extends',
  'label_file',
]);
/** What these were meant to hold back is let through. */
const protective = new Set([
  'privileged',
  'security_opt',
  'mem_limit',
  'cpus',
  'pids_limit',
  'userns_mode',
  'depends_on',
]);

export const ignoredInSwarm: Rule = {
  id: 'compose/ignored-in-swarm',
  summary: 'A project for Swarm uses attributes that Swarm ignores',
  why: '`docker stack deploy` leaves them out with a line that nobody reads, and the service runs without what they were there for.',
  sources: [
    'https://docs.docker.com/reference/cli/docker/stack/deploy/',
    'https://docs.docker.com/reference/compose-file/deploy/',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN15', 'DEP6'],
  aliases: [],
  byHand: 'only you know whether Swarm or plain Compose will run it',
  examples: { bad: 'bad-depends-on', good: 'good-no-swarm' },
  service(service, report, project) {
    const clue = isContainer(service) ? swarmClue(project) : undefined;
    if (clue === undefined) return;
    const place = placeOf(placeOf(top(), 'services'), service.name);
    const ignored = [...(service.compose?.entries.values() ?? [])].filter(({ key }) => {
      const honoured = placeOf(place, key)?.attribute?.honoured;
      return honoured !== undefined && !honoured.includes('swarm') && !harmless.has(key);
    });
    const first = ignored.find(({ key }) => protective.has(key)) ?? ignored[0];
    if (!first) return;
    const keys = ignored.map(({ key }) => key);
    report({
      at: first.keySpan,
      message: `"${service.name}" sets ${listed(keys, 9)}, which Swarm ignores, and ${clue} is for Swarm`,
      severity: keys.some((key) => protective.has(key)) ? 'medium' : 'low',
    });
  },
};
