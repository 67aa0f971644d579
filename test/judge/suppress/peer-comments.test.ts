import { expect, test } from 'vitest';
import { buildkitDirective, peerComment } from '../../../src/judge/suppress/peer-comments.ts';

const peer = { owner: 'peer' } as const;

test.each([
  ['hadolint ignore=DL3006,DL3008', { ...peer, scope: 'here', names: ['hadolint:DL3006', 'hadolint:DL3008'] }],
  ['hadolint ignore=SC2086', { ...peer, scope: 'here', names: ['hadolint:SC2086'] }],
  [
    'hadolint  global  ignore = DL3006, DL3008',
    { ...peer, scope: 'file', names: ['hadolint:DL3006', 'hadolint:DL3008'] },
  ],
  ['hadolint ignore=DL3006 # ours', { ...peer, scope: 'here', names: ['hadolint:DL3006'], reason: 'ours' }],
  [
    'checkov:skip=CKV_DOCKER_3:runs rootless',
    { ...peer, scope: 'file', names: ['checkov:CKV_DOCKER_3'], reason: 'runs rootless' },
  ],
  ['checkov:skip=CKV2_DOCKER_1', { ...peer, scope: 'file', names: ['checkov:CKV2_DOCKER_1'] }],
  ['trivy:ignore:DS-0002', { ...peer, scope: 'here', names: ['trivy:DS-0002'] }],
  ['trivy:ignore:AVD-DS-0002', { ...peer, scope: 'here', names: ['trivy:DS-0002'] }],
  ['trivy:ignore:DS002', { ...peer, scope: 'here', names: ['trivy:DS-0002'] }],
  ['trivy:ignore:DS002:exp:2027-01-31', { ...peer, scope: 'here', names: ['trivy:DS-0002'], until: '2027-01-31' }],
  ['trivy:ignore:DS001 trivy:ignore:DS002', { ...peer, scope: 'here', names: ['trivy:DS-0001', 'trivy:DS-0002'] }],
  ['kics-scan ignore-line', { ...peer, scope: 'line', names: [], tool: 'kics' }],
  ['kics-scan ignore-block', { ...peer, scope: 'here', names: [], tool: 'kics' }],
  ['kics-scan ignore', { ...peer, scope: 'file', names: [], tool: 'kics' }],
  [
    'kics-scan disable=missing_user_instruction,b',
    { ...peer, scope: 'file', names: ['kics:missing_user_instruction', 'kics:b'] },
  ],
  ['dclint disable', { ...peer, scope: 'file', names: [], tool: 'dclint' }],
  ['dclint disable no-version-field', { ...peer, scope: 'file', names: ['dclint:no-version-field'] }],
  ['dclint disable-line', { ...peer, scope: 'own-line', names: [], tool: 'dclint' }],
  ['dclint disable-line a b, c', { ...peer, scope: 'own-line', names: ['dclint:a', 'dclint:b', 'dclint:c'] }],
  ['nosemgrep', { ...peer, scope: 'here', names: [], tool: 'semgrep' }],
  [
    'nosemgrep: dockerfile.security.last-user-is-root.last-user-is-root, x',
    { ...peer, scope: 'here', names: ['semgrep:last-user-is-root', 'semgrep:x'] },
  ],
])('%s', (text, directive) => {
  expect(peerComment(text)).toEqual(directive);
});

test.each(['hadolint shell=bash', 'trivy', 'kics-scan', 'dclint disabled', 'nosemantics', 'a note on checkov:skip=X'])(
  'not one: %s',
  (text) => {
    expect(peerComment(text)).toBeUndefined();
  },
);

test.each([
  ['skip=JSONArgsRecommended,StageNameCasing;error=true', ['buildkit:JSONArgsRecommended', 'buildkit:StageNameCasing']],
  ['error=true;skip=UndefinedVar', ['buildkit:UndefinedVar']],
])('# check=%s', (value, names) => {
  expect(buildkitDirective(value)).toEqual({ ...peer, scope: 'file', names });
});

test('# check=skip=all is about all of its checks, and one without skip about none', () => {
  expect(buildkitDirective('skip=all')).toEqual({ ...peer, scope: 'file', names: [], tool: 'buildkit' });
  expect(buildkitDirective('error=true')).toBeUndefined();
});
