// Written by `npm run generate` from the files beside it; do not edit.
import { addedCapability } from './compose/added-capability.ts';
import { anonymousDataVolume } from './compose/anonymous-data-volume.ts';
import { barePort } from './compose/bare-port.ts';
import { buildAndImage } from './compose/build-and-image.ts';
import { capabilitiesNotDropped } from './compose/capabilities-not-dropped.ts';
import { cgroupParent } from './compose/cgroup-parent.ts';
import { commandCutShort } from './compose/command-cut-short.ts';
import { dangerousCapability } from './compose/dangerous-capability.ts';
import { dataDirectoryMissed } from './compose/data-directory-missed.ts';
import { dataInBindMount } from './compose/data-in-bind-mount.ts';
import { databaseNetworkNotInternal } from './compose/database-network-not-internal.ts';
import { databaseSharesProxyNetwork } from './compose/database-shares-proxy-network.ts';
import { defaultBridge } from './compose/default-bridge.ts';
import { defaultCredentials } from './compose/default-credentials.ts';
import { defaultNetwork } from './compose/default-network.ts';
import { defaultPassword } from './compose/default-password.ts';
import { dependsOnOneShot } from './compose/depends-on-one-shot.ts';
import { dependsOnUnchecked } from './compose/depends-on-unchecked.ts';
import { dependsOnWithoutHealth } from './compose/depends-on-without-health.ts';
import { deprecatedImage as deprecatedImageInCompose } from './compose/deprecated-image.ts';
import { dockerSocket } from './compose/docker-socket.ts';
import { droppedNeededCapability } from './compose/dropped-needed-capability.ts';
import { duplicateContainerName } from './compose/duplicate-container-name.ts';
import { duplicatePublishedPort } from './compose/duplicate-published-port.ts';
import { endOfLifeImage } from './compose/end-of-life-image.ts';
import { flatNetwork } from './compose/flat-network.ts';
import { floatingImage } from './compose/floating-image.ts';
import { gpuWithoutReservation } from './compose/gpu-without-reservation.ts';
import { hostDevices } from './compose/host-devices.ts';
import { hostDirectory } from './compose/host-directory.ts';
import { hostNamespaces } from './compose/host-namespaces.ts';
import { hostWithoutGateway } from './compose/host-without-gateway.ts';
import { ignoredInSwarm } from './compose/ignored-in-swarm.ts';
import { illegalContainerName } from './compose/illegal-container-name.ts';
import { imageWithoutTag } from './compose/image-without-tag.ts';
import { indirectCpuLimit } from './compose/indirect-cpu-limit.ts';
import { internalNetworkThatPublishes } from './compose/internal-network-that-publishes.ts';
import { legacyLinks } from './compose/legacy-links.ts';
import { missingBuildContext } from './compose/missing-build-context.ts';
import { missingFile } from './compose/missing-file.ts';
import { mountPropagation } from './compose/mount-propagation.ts';
import { noAuthentication } from './compose/no-authentication.ts';
import { noCpuLimit } from './compose/no-cpu-limit.ts';
import { noFileLimit } from './compose/no-file-limit.ts';
import { noMemoryLimit } from './compose/no-memory-limit.ts';
import { noNewPrivileges } from './compose/no-new-privileges.ts';
import { noPidsLimit } from './compose/no-pids-limit.ts';
import { noProjectName } from './compose/no-project-name.ts';
import { noProxyForReplicas } from './compose/no-proxy-for-replicas.ts';
import { noRestartPolicy } from './compose/no-restart-policy.ts';
import { noStopGrace } from './compose/no-stop-grace.ts';
import { noUpdateConfig } from './compose/no-update-config.ts';
import { obsoleteVersion } from './compose/obsolete-version.ts';
import { oomKillerOff } from './compose/oom-killer-off.ts';
import { portsWithoutNetwork } from './compose/ports-without-network.ts';
import { privileged } from './compose/privileged.ts';
import { privilegedHostPort } from './compose/privileged-host-port.ts';
import { publishedConsole } from './compose/published-console.ts';
import { publishedDatabase } from './compose/published-database.ts';
import { readOnlyButWrites } from './compose/read-only-but-writes.ts';
import { refusedByLoader } from './compose/refused-by-loader.ts';
import { refusedLimits } from './compose/refused-limits.ts';
import { replicasConflict } from './compose/replicas-conflict.ts';
import { restartGivesUp } from './compose/restart-gives-up.ts';
import { secretByEnvironment } from './compose/secret-by-environment.ts';
import { secretFileNotIgnored } from './compose/secret-file-not-ignored.ts';
import { secretInBuildArgument } from './compose/secret-in-build-argument.ts';
import { secretInCommand } from './compose/secret-in-command.ts';
import { secretInEnvFile } from './compose/secret-in-env-file.ts';
import { secretInEnvironment } from './compose/secret-in-environment.ts';
import { secretInLabel } from './compose/secret-in-label.ts';
import { secretInUrl } from './compose/secret-in-url.ts';
import { securityProfileOff } from './compose/security-profile-off.ts';
import { sensitiveHostPath } from './compose/sensitive-host-path.ts';
import { sharedDataDirectory } from './compose/shared-data-directory.ts';
import { sharedVolume } from './compose/shared-volume.ts';
import { smallSharedMemory } from './compose/small-shared-memory.ts';
import { stopGraceTooShort } from './compose/stop-grace-too-short.ts';
import { systemPortPublished } from './compose/system-port-published.ts';
import { twoRestartPolicies } from './compose/two-restart-policies.ts';
import { unboundPortInterface } from './compose/unbound-port-interface.ts';
import { unboundPublicPort } from './compose/unbound-public-port.ts';
import { unboundedLogs } from './compose/unbounded-logs.ts';
import { unknownCapability } from './compose/unknown-capability.ts';
import { unlimitedSwap } from './compose/unlimited-swap.ts';
import { unquotedPort } from './compose/unquoted-port.ts';
import { unreachableAddress } from './compose/unreachable-address.ts';
import { unsetVariable } from './compose/unset-variable.ts';
import { untaggedBuild } from './compose/untagged-build.ts';
import { unusedVolume } from './compose/unused-volume.ts';
import { uselessCapability } from './compose/useless-capability.ts';
import { writableRoot } from './compose/writable-root.ts';
import { addInsteadOfCopy } from './dockerfile/add-instead-of-copy.ts';
import { addUrl } from './dockerfile/add-url.ts';
import { apkCache } from './dockerfile/apk-cache.ts';
import { apkWithoutVirtual } from './dockerfile/apk-without-virtual.ts';
import { aptInScript } from './dockerfile/apt-in-script.ts';
import { aptListsLeft } from './dockerfile/apt-lists-left.ts';
import { aptRecommends } from './dockerfile/apt-recommends.ts';
import { archiveCopied } from './dockerfile/archive-copied.ts';
import { asCasing } from './dockerfile/as-casing.ts';
import { cdInRun } from './dockerfile/cd-in-run.ts';
import { cdWithoutEffect } from './dockerfile/cd-without-effect.ts';
import { compilersInFinalStage } from './dockerfile/compilers-in-final-stage.ts';
import { condaCache } from './dockerfile/conda-cache.ts';
import { consecutiveRun } from './dockerfile/consecutive-run.ts';
import { constantPlatform } from './dockerfile/constant-platform.ts';
import { copyFromItself } from './dockerfile/copy-from-itself.ts';
import { copyOfIgnoredFile } from './dockerfile/copy-of-ignored-file.ts';
import { copyRelativeWithoutWorkdir } from './dockerfile/copy-relative-without-workdir.ts';
import { curlAndWget } from './dockerfile/curl-and-wget.ts';
import { debugBuild } from './dockerfile/debug-build.ts';
import { deprecatedImage as deprecatedImageInDockerfile } from './dockerfile/deprecated-image.ts';
import { devDependencies } from './dockerfile/dev-dependencies.ts';
import { distUpgrade } from './dockerfile/dist-upgrade.ts';
import { downloadWithoutChecksum } from './dockerfile/download-without-checksum.ts';
import { duplicateCommand } from './dockerfile/duplicate-command.ts';
import { duplicateStageName } from './dockerfile/duplicate-stage-name.ts';
import { emptyContinuation } from './dockerfile/empty-continuation.ts';
import { endOfLifeBase } from './dockerfile/end-of-life-base.ts';
import { exposeHostPort } from './dockerfile/expose-host-port.ts';
import { exposeProtocolCasing } from './dockerfile/expose-protocol-casing.ts';
import { exposedSsh } from './dockerfile/exposed-ssh.ts';
import { floatingBase } from './dockerfile/floating-base.ts';
import { floatingCopySource } from './dockerfile/floating-copy-source.ts';
import { harmlessPipeWithoutPipefail } from './dockerfile/harmless-pipe-without-pipefail.ts';
import { heavyBase } from './dockerfile/heavy-base.ts';
import { heredocWithoutErrexit } from './dockerfile/heredoc-without-errexit.ts';
import { installAsks } from './dockerfile/install-asks.ts';
import { instructionCasing } from './dockerfile/instruction-casing.ts';
import { invalidBaseName } from './dockerfile/invalid-base-name.ts';
import { languageCacheLeft } from './dockerfile/language-cache-left.ts';
import { latestBase } from './dockerfile/latest-base.ts';
import { legacyKeyValue } from './dockerfile/legacy-key-value.ts';
import { lockfileIgnored } from './dockerfile/lockfile-ignored.ts';
import { maintainer } from './dockerfile/maintainer.ts';
import { misreadJson } from './dockerfile/misread-json.ts';
import { missingTarget } from './dockerfile/missing-target.ts';
import { noCacheMount } from './dockerfile/no-cache-mount.ts';
import { noCommand } from './dockerfile/no-command.ts';
import { noExpose } from './dockerfile/no-expose.ts';
import { noLabels } from './dockerfile/no-labels.ts';
import { noLockfile } from './dockerfile/no-lockfile.ts';
import { nodeCacheLeft } from './dockerfile/node-cache-left.ts';
import { nonNumericUser } from './dockerfile/non-numeric-user.ts';
import { numericCopyFrom } from './dockerfile/numeric-copy-from.ts';
import { orphanStage } from './dockerfile/orphan-stage.ts';
import { packageCacheLeft } from './dockerfile/package-cache-left.ts';
import { passwordSet } from './dockerfile/password-set.ts';
import { pipCache } from './dockerfile/pip-cache.ts';
import { pipeToShell } from './dockerfile/pipe-to-shell.ts';
import { pipeWithoutPipefail } from './dockerfile/pipe-without-pipefail.ts';
import { redundantPlatform } from './dockerfile/redundant-platform.ts';
import { refusedByBuild } from './dockerfile/refused-by-build.ts';
import { relativeWorkdir } from './dockerfile/relative-workdir.ts';
import { reservedStageName } from './dockerfile/reserved-stage-name.ts';
import { secretFileCopied } from './dockerfile/secret-file-copied.ts';
import { secretInArg } from './dockerfile/secret-in-arg.ts';
import { secretInEnv } from './dockerfile/secret-in-env.ts';
import { secretInRun } from './dockerfile/secret-in-run.ts';
import { secretLikeName } from './dockerfile/secret-like-name.ts';
import { selfReferringEnv } from './dockerfile/self-referring-env.ts';
import { settingWithoutEffect } from './dockerfile/setting-without-effect.ts';
import { severalSourcesWithoutSlash } from './dockerfile/several-sources-without-slash.ts';
import { shellFormCommand } from './dockerfile/shell-form-command.ts';
import { shellReplaced } from './dockerfile/shell-replaced.ts';
import { sourceBeforeDependencies } from './dockerfile/source-before-dependencies.ts';
import { sparseLoginFiles } from './dockerfile/sparse-login-files.ts';
import { stageNameCasing } from './dockerfile/stage-name-casing.ts';
import { sudoInRun } from './dockerfile/sudo-in-run.ts';
import { systemDirectory } from './dockerfile/system-directory.ts';
import { tlsChecksOff } from './dockerfile/tls-checks-off.ts';
import { undeclaredArgInFrom } from './dockerfile/undeclared-arg-in-from.ts';
import { undefinedVariable } from './dockerfile/undefined-variable.ts';
import { unknownCopyFrom } from './dockerfile/unknown-copy-from.ts';
import { unpinnedApkPackages } from './dockerfile/unpinned-apk-packages.ts';
import { unpinnedAptPackages } from './dockerfile/unpinned-apt-packages.ts';
import { unpinnedDigest } from './dockerfile/unpinned-digest.ts';
import { unpinnedGems } from './dockerfile/unpinned-gems.ts';
import { unpinnedGoTools } from './dockerfile/unpinned-go-tools.ts';
import { unpinnedNpmPackages } from './dockerfile/unpinned-npm-packages.ts';
import { unpinnedPipPackages } from './dockerfile/unpinned-pip-packages.ts';
import { unpinnedRpmPackages } from './dockerfile/unpinned-rpm-packages.ts';
import { unpinnedZypperPackages } from './dockerfile/unpinned-zypper-packages.ts';
import { unreadableExpose } from './dockerfile/unreadable-expose.ts';
import { unsignedPackages } from './dockerfile/unsigned-packages.ts';
import { untaggedBase } from './dockerfile/untagged-base.ts';
import { unvettedBase } from './dockerfile/unvetted-base.ts';
import { updateAlone } from './dockerfile/update-alone.ts';
import { upgradeInBuild } from './dockerfile/upgrade-in-build.ts';
import { uselessCommand } from './dockerfile/useless-command.ts';
import { wgetProgressNoise } from './dockerfile/wget-progress-noise.ts';
import { wholeFilesystemCopy } from './dockerfile/whole-filesystem-copy.ts';
import { worldWritable } from './dockerfile/world-writable.ts';
import { badConfig } from './project/bad-config.ts';
import { baggageInContext } from './project/baggage-in-context.ts';
import { bufferedOutput } from './project/buffered-output.ts';
import { commandIgnored } from './project/command-ignored.ts';
import { commandNeedsShell } from './project/command-needs-shell.ts';
import { developmentMode } from './project/development-mode.ts';
import { expiredSuppression } from './project/expired-suppression.ts';
import { healthcheckAlwaysPasses } from './project/healthcheck-always-passes.ts';
import { healthcheckDisabled } from './project/healthcheck-disabled.ts';
import { healthcheckFooled } from './project/healthcheck-fooled.ts';
import { healthcheckLocalhost } from './project/healthcheck-localhost.ts';
import { healthcheckNeedsShell } from './project/healthcheck-needs-shell.ts';
import { healthcheckNeverRuns } from './project/healthcheck-never-runs.ts';
import { healthcheckTiming } from './project/healthcheck-timing.ts';
import { healthcheckToolMissing } from './project/healthcheck-tool-missing.ts';
import { healthcheckWrongPort } from './project/healthcheck-wrong-port.ts';
import { heapOverLimit } from './project/heap-over-limit.ts';
import { idleMainProcess } from './project/idle-main-process.ts';
import { invalidStopSignal } from './project/invalid-stop-signal.ts';
import { logsIntoFiles } from './project/logs-into-files.ts';
import { missingDockerignore } from './project/missing-dockerignore.ts';
import { noHealthcheck } from './project/no-healthcheck.ts';
import { noHealthcheckInstruction } from './project/no-healthcheck-instruction.ts';
import { noInit } from './project/no-init.ts';
import { overriddenStopSignal } from './project/overridden-stop-signal.ts';
import { packageManagerAsPid1 } from './project/package-manager-as-pid-1.ts';
import { productionModeNotSet } from './project/production-mode-not-set.ts';
import { programMissing } from './project/program-missing.ts';
import { runsAsRoot } from './project/runs-as-root.ts';
import { runtimeVersion } from './project/runtime-version.ts';
import { scriptLineEndings } from './project/script-line-endings.ts';
import { secretsInContext } from './project/secrets-in-context.ts';
import { shellAsPid1 } from './project/shell-as-pid-1.ts';
import { sourceBindMount } from './project/source-bind-mount.ts';
import { suppressionWithoutReason } from './project/suppression-without-reason.ts';
import { undocumentedEnvironment } from './project/undocumented-environment.ts';
import { unknownUpstream } from './project/unknown-upstream.ts';
import { unknownUser } from './project/unknown-user.ts';
import { unlistedRegistry } from './project/unlisted-registry.ts';
import { unpinnedRequirements } from './project/unpinned-requirements.ts';
import { unstructuredLogs } from './project/unstructured-logs.ts';
import { unusedSuppression } from './project/unused-suppression.ts';
import { userCannotRead } from './project/user-cannot-read.ts';
import { userCannotWrite } from './project/user-cannot-write.ts';
import { userLeftToBase } from './project/user-left-to-base.ts';
import type { Rule } from './rule.ts';

/** Every rule, sorted by id. */
export const allRules: readonly Rule[] = [
  addedCapability,
  anonymousDataVolume,
  barePort,
  buildAndImage,
  capabilitiesNotDropped,
  cgroupParent,
  commandCutShort,
  dangerousCapability,
  dataDirectoryMissed,
  dataInBindMount,
  databaseNetworkNotInternal,
  databaseSharesProxyNetwork,
  defaultBridge,
  defaultCredentials,
  defaultNetwork,
  defaultPassword,
  dependsOnOneShot,
  dependsOnUnchecked,
  dependsOnWithoutHealth,
  deprecatedImageInCompose,
  dockerSocket,
  droppedNeededCapability,
  duplicateContainerName,
  duplicatePublishedPort,
  endOfLifeImage,
  flatNetwork,
  floatingImage,
  gpuWithoutReservation,
  hostDevices,
  hostDirectory,
  hostNamespaces,
  hostWithoutGateway,
  ignoredInSwarm,
  illegalContainerName,
  imageWithoutTag,
  indirectCpuLimit,
  internalNetworkThatPublishes,
  legacyLinks,
  missingBuildContext,
  missingFile,
  mountPropagation,
  noAuthentication,
  noCpuLimit,
  noFileLimit,
  noMemoryLimit,
  noNewPrivileges,
  noPidsLimit,
  noProjectName,
  noProxyForReplicas,
  noRestartPolicy,
  noStopGrace,
  noUpdateConfig,
  obsoleteVersion,
  oomKillerOff,
  portsWithoutNetwork,
  privileged,
  privilegedHostPort,
  publishedConsole,
  publishedDatabase,
  readOnlyButWrites,
  refusedByLoader,
  refusedLimits,
  replicasConflict,
  restartGivesUp,
  secretByEnvironment,
  secretFileNotIgnored,
  secretInBuildArgument,
  secretInCommand,
  secretInEnvFile,
  secretInEnvironment,
  secretInLabel,
  secretInUrl,
  securityProfileOff,
  sensitiveHostPath,
  sharedDataDirectory,
  sharedVolume,
  smallSharedMemory,
  stopGraceTooShort,
  systemPortPublished,
  twoRestartPolicies,
  unboundPortInterface,
  unboundPublicPort,
  unboundedLogs,
  unknownCapability,
  unlimitedSwap,
  unquotedPort,
  unreachableAddress,
  unsetVariable,
  untaggedBuild,
  unusedVolume,
  uselessCapability,
  writableRoot,
  addInsteadOfCopy,
  addUrl,
  apkCache,
  apkWithoutVirtual,
  aptInScript,
  aptListsLeft,
  aptRecommends,
  archiveCopied,
  asCasing,
  cdInRun,
  cdWithoutEffect,
  compilersInFinalStage,
  condaCache,
  consecutiveRun,
  constantPlatform,
  copyFromItself,
  copyOfIgnoredFile,
  copyRelativeWithoutWorkdir,
  curlAndWget,
  debugBuild,
  deprecatedImageInDockerfile,
  devDependencies,
  distUpgrade,
  downloadWithoutChecksum,
  duplicateCommand,
  duplicateStageName,
  emptyContinuation,
  endOfLifeBase,
  exposeHostPort,
  exposeProtocolCasing,
  exposedSsh,
  floatingBase,
  floatingCopySource,
  harmlessPipeWithoutPipefail,
  heavyBase,
  heredocWithoutErrexit,
  installAsks,
  instructionCasing,
  invalidBaseName,
  languageCacheLeft,
  latestBase,
  legacyKeyValue,
  lockfileIgnored,
  maintainer,
  misreadJson,
  missingTarget,
  noCacheMount,
  noCommand,
  noExpose,
  noLabels,
  noLockfile,
  nodeCacheLeft,
  nonNumericUser,
  numericCopyFrom,
  orphanStage,
  packageCacheLeft,
  passwordSet,
  pipCache,
  pipeToShell,
  pipeWithoutPipefail,
  redundantPlatform,
  refusedByBuild,
  relativeWorkdir,
  reservedStageName,
  secretFileCopied,
  secretInArg,
  secretInEnv,
  secretInRun,
  secretLikeName,
  selfReferringEnv,
  settingWithoutEffect,
  severalSourcesWithoutSlash,
  shellFormCommand,
  shellReplaced,
  sourceBeforeDependencies,
  sparseLoginFiles,
  stageNameCasing,
  sudoInRun,
  systemDirectory,
  tlsChecksOff,
  undeclaredArgInFrom,
  undefinedVariable,
  unknownCopyFrom,
  unpinnedApkPackages,
  unpinnedAptPackages,
  unpinnedDigest,
  unpinnedGems,
  unpinnedGoTools,
  unpinnedNpmPackages,
  unpinnedPipPackages,
  unpinnedRpmPackages,
  unpinnedZypperPackages,
  unreadableExpose,
  unsignedPackages,
  untaggedBase,
  unvettedBase,
  updateAlone,
  upgradeInBuild,
  uselessCommand,
  wgetProgressNoise,
  wholeFilesystemCopy,
  worldWritable,
  badConfig,
  baggageInContext,
  bufferedOutput,
  commandIgnored,
  commandNeedsShell,
  developmentMode,
  expiredSuppression,
  healthcheckAlwaysPasses,
  healthcheckDisabled,
  healthcheckFooled,
  healthcheckLocalhost,
  healthcheckNeedsShell,
  healthcheckNeverRuns,
  healthcheckTiming,
  healthcheckToolMissing,
  healthcheckWrongPort,
  heapOverLimit,
  idleMainProcess,
  invalidStopSignal,
  logsIntoFiles,
  missingDockerignore,
  noHealthcheck,
  noHealthcheckInstruction,
  noInit,
  overriddenStopSignal,
  packageManagerAsPid1,
  productionModeNotSet,
  programMissing,
  runsAsRoot,
  runtimeVersion,
  scriptLineEndings,
  secretsInContext,
  shellAsPid1,
  sourceBindMount,
  suppressionWithoutReason,
  undocumentedEnvironment,
  unknownUpstream,
  unknownUser,
  unlistedRegistry,
  unpinnedRequirements,
  unstructuredLogs,
  unusedSuppression,
  userCannotRead,
  userCannotWrite,
  userLeftToBase,
];
