import type { YamlMap } from '../read/yaml/tree.ts';
import { type Fact, stated } from '../vocabulary/fact.ts';
import { readRange } from '../vocabulary/port.ts';
import { child, itemsOf, text } from './compose/tree-access.ts';
import type { Image } from './image/image.ts';
import type { EnvironmentVariable, Process, PublishedPort } from './service.ts';

interface Clues {
  readonly compose: YamlMap | undefined;
  readonly image: Image;
  readonly process: Process;
  readonly environment: ReadonlyMap<string, EnvironmentVariable>;
  readonly ports: readonly PublishedPort[];
  readonly defaults: readonly number[];
}

const portVariables = [
  'PORT',
  'HTTP_PORT',
  'APP_PORT',
  'SERVER_PORT',
  'LISTEN_PORT',
  'ASPNETCORE_HTTP_PORTS',
  'HTTP_PLATFORM_PORT',
  'NUXT_PORT',
  'NITRO_PORT',
];

/** TCP ports that the app is thought to listen on, likeliest first, each once. A command line beats EXPOSE, which is only a note. */
export function listeningPorts(clues: Clues): readonly Fact<number>[] {
  const found: Fact<number>[] = [];
  const add = (fact: Fact<number>) => {
    if (fact.value > 0 && fact.value < 65_536 && !found.some((other) => other.value === fact.value)) found.push(fact);
  };
  for (const fact of fromCommandLine(clues.process)) add(fact);
  for (const name of portVariables) {
    const variable = clues.environment.get(name);
    const port = Number(variable?.value);
    if (variable?.value !== undefined && Number.isInteger(port)) add(stated(port, variable.span, 'likely'));
  }
  const urls = clues.environment.get('ASPNETCORE_URLS');
  for (const [, port] of urls?.value?.matchAll(/:(\d{1,5})(?=[;/]|$)/g) ?? [])
    if (urls) add(stated(Number(port), urls.span, 'likely'));
  for (const port of clues.image.exposed) {
    const range = readRange(port.value.replace(/\/tcp$/i, ''));
    if (range && range.last - range.first < 20)
      for (let at = range.first; at <= range.last; at++) add({ ...port, value: at, sure: 'likely' });
  }
  for (const node of itemsOf(child(clues.compose, 'expose'))) {
    const range = readRange((text(node) ?? '').replace(/\/tcp$/i, ''));
    if (range && range.last - range.first < 20)
      for (let at = range.first; at <= range.last; at++) add(stated(at, node.span, 'likely'));
  }
  for (const port of clues.ports) if (port.protocol === 'tcp') add(stated(port.target, port.span, 'likely'));
  for (const port of clues.defaults)
    add({ value: port, sure: 'likely', from: { kind: 'base-image', image: clues.image.base?.text ?? '' } });
  return found;
}

/** `--port 8000`, `--bind 0.0.0.0:8000`, `-p 3000`, `runserver 0.0.0.0:8000`, `--server.port=8080`, `-Dserver.port=8080`. */
function fromCommandLine(process: Process): Fact<number>[] {
  const found: Fact<number>[] = [];
  for (const command of process.commands) {
    command.words.forEach((word, index) => {
      const { text: argument } = word;
      const inline =
        argument.startsWith('-') &&
        /^(?:--?(?:(?:http-|server[.-]|web\.)?(?:port|bind|listen(?:-address|-port)?|addr(?:ess)?)|D?server\.port|b|l))=(?:.*:)?(\d{2,5})$/i.exec(
          argument,
        );
      if (inline) found.push(stated(Number(inline[1]), word.span));
      const before = command.words[index - 1]?.text ?? '';
      if (
        /^(?:--(?:http-)?port|--bind|--listen|--addr(?:ess)?|-b|-l)$/i.test(before) ||
        (/^-p$/i.test(before) && !['mkdir', 'install'].includes(command.name ?? ''))
      ) {
        const value = /^(?:.*:)?(\d{2,5})$/.exec(argument);
        if (value) found.push(stated(Number(value[1]), word.span));
      }
      if (before === 'runserver' || before === '-S') {
        const value = /^(?:.*:)?(\d{2,5})$/.exec(argument);
        if (value) found.push(stated(Number(value[1]), word.span));
      }
    });
  }
  return found;
}
