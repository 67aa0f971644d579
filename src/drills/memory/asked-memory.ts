import { asksIn, type MemoryWish, memoryTexts } from '../../model/memory-asks.ts';
import type { Service } from '../../model/service.ts';
import type { Subject } from '../lab.ts';

/** Variables that a runtime reads by itself, whoever set them: an image, a script, the file. */
const readByItself = /^(?:NODE_OPTIONS|JAVA_TOOL_OPTIONS|JAVA_OPTS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$/;

/**
 * The most that it may take by its own settings: by its files, since programs such as redis write their command line anew, and
 * by what runs, since a script may have added to it.
 */
export async function askedMemory(service: Service, subject: Subject): Promise<MemoryWish | undefined> {
  const texts = memoryTexts(service).map(({ text }) => text);
  try {
    const inside = await subject.inside();
    for (const { pid, command } of await inside.processes()) {
      texts.push(command.join(' '));
      for (const [name, value] of Object.entries(await inside.environment(pid)))
        if (readByItself.test(name)) texts.push(value);
    }
  } catch {
    // It ended while we looked: what its files say remains.
  }
  return texts
    .flatMap(asksIn)
    .reduce<MemoryWish | undefined>(
      (most, one) => (most === undefined || one.bytes > most.bytes ? one : most),
      undefined,
    );
}
