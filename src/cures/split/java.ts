import { fixOf, leftBecause } from '../../edit/change.ts';
import { keywordAs } from '../../edit/dockerfile.ts';
import type { ImageReference } from '../../knowledge/image-reference.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { languageCommand } from '../../model/image/language-packages.ts';
import type { Project } from '../../model/project.ts';
import type { Cure } from '../../vocabulary/fix.ts';
import { inTwoStages } from './two-stages.ts';
import { asExec, describesRun, inside, type Understood, understood } from './understood.ts';

/** Plugins that put all a program needs into one jar. */
const wholeJar =
  /spring-boot-maven-plugin|maven-shade-plugin|maven-assembly-plugin|org\.springframework\.boot|com\.(?:github\.johnrengelman|gradleup)\.shadow/;

/** Java: the JDK builds one jar, a JRE of the same version runs it. */
export function splitJava(dockerfile: Understood['dockerfile'], project: Project): Cure {
  const known = understood(dockerfile, project);
  if ('left' in known) return known;
  const { stage, context, main, workdir } = known;
  const version = stage.from.reference && javaVersion(stage.from.reference);
  if (version === undefined) return leftBecause('which Java its base image has is not known');
  const builds = stage.steps.some(({ commands }) =>
    commands.some((command) => /^(?:mvn|gradle)$/.test(languageCommand(command)?.manager ?? '')),
  );
  if (!builds) return leftBecause('no line of it builds a jar with Maven or Gradle');
  const words = asExec(main);
  const at = words?.indexOf('-jar') ?? -1;
  const jar = words?.[at + 1];
  if (words?.[0] !== 'java' || at === -1 || jar === undefined)
    return leftBecause('it does not start with "java -jar" and the name of one jar');
  const file = words
    .slice(1)
    .find((word) => word !== jar && (word.includes('/') || /javaagent|classpath|^-cp$/.test(word)));
  if (file !== undefined) return leftBecause(`it starts with ${file}, a file that the second stage would need too`);
  const build = ['pom.xml', 'build.gradle', 'build.gradle.kts']
    .map((name) => context.text(name))
    .find((text) => text !== undefined);
  if (build === undefined) return leftBecause('there is neither a pom.xml nor a build.gradle where it is built');
  if (!wholeJar.test(build)) return leftBecause('nothing says that its jar holds all the program needs');
  const path = inside(workdir, jar);
  const runtime = `eclipse-temurin:${version}-jre`;
  return fixOf(
    {
      title: `Build in one stage, run the jar in ${runtime}`,
      safety: 'review',
      provedBy: 'boot-time',
      note: 'files beside the jar that the program reads must be copied too',
      rewrites: true,
    },
    inTwoStages(dockerfile, {
      place: placeOf,
      runtime,
      copies: [`${keywordAs(dockerfile, 'COPY')} --from=build ${path} ${path}`],
    }),
  );
}

function placeOf({ instruction }: Step): 'build' | 'run' | 'both' {
  const { keyword, pairs } = instruction;
  if (keyword === 'ENV')
    return pairs.every(({ key }) => /^(?:MAVEN_\w+|GRADLE_\w+|PATH)$/.test(key)) ? 'build' : 'both';
  if (keyword === 'WORKDIR') return 'both';
  return describesRun.test(keyword) ? 'run' : 'build';
}

/** `maven:3.9-eclipse-temurin-21`, `gradle:8-jdk21`, `eclipse-temurin:21-jdk`: Temurin in all of them. */
function javaVersion({ name, tag = '' }: ImageReference): string | undefined {
  if (name === 'maven') return /-eclipse-temurin-(\d+)/.exec(tag)?.[1];
  if (name === 'gradle') return /(?:^|-)jdk-?(\d+)(?:$|-(?:alpine|jammy|noble))/.exec(tag)?.[1];
  return name === 'eclipse-temurin' ? /^(\d+)/.exec(tag)?.[1] : undefined;
}
