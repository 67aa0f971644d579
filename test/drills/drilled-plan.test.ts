import { expect, test } from 'vitest';
import { drilledPlan } from '../../src/drills/drilled-plan.ts';
import { refuseDependents } from '../../src/drills/isolate/dependents.ts';
import { projectIn } from '../stack/planned.ts';

const text = `services:
  web: {image: x}
  front: {image: x, depends_on: [api]}
  api: {image: x, depends_on: [ai]}
  maybe: {image: x, depends_on: {ai: {condition: service_started, required: false}}}
  ai: {provider: {type: model}}
`;
const project = projectIn({ 'compose.yaml': text });
const called = (...names: string[]) => project.services.filter(({ name }) => names.includes(name));

test('a service that cannot be started costs itself and those that depend on it', () => {
  const { plan, missing, standIns } = drilledPlan(project, called('web', 'front', 'api', 'maybe', 'ai'));
  const refused = new Map(missing);
  refuseDependents(plan.services, refused, missing);
  const why =
    'compose.yaml:6: services.ai.provider cannot be started: a program of the host would provide it, not a container';
  expect(Object.fromEntries(refused)).toEqual({
    ai: why,
    api: `it depends on "ai", and ${why}`,
    front: `it depends on "api", and "api" depends on "ai", and ${why}`,
  });
  expect(standIns).toEqual([]);
});

test('one that is left out and was not to be drilled is named all the same', () => {
  expect(drilledPlan(project, called('web')).standIns).toMatchObject([{ kind: 'service', wanted: 'ai' }]);
});

test('where nothing that is to be drilled can be started, it says why and goes no further', () => {
  expect(() => drilledPlan(project, called('ai'))).toThrow('services.ai.provider cannot be started');
});

test('a variable that nobody sets is told: it may be set where the project runs', () => {
  const tagged = projectIn({
    'compose.yaml': 'services: {web: {image: "x:${TAG}", hostname: "${TAG}", user: "${WHO:-1}"}}\n',
  });
  expect(drilledPlan(tagged, []).standIns).toMatchObject([{ kind: 'variable', wanted: '${TAG}' }]);
});
