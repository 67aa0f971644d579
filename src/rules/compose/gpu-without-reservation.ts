import { child, itemsOf, text, textsOf } from '../../model/compose/tree-access.ts';
import type { Service } from '../../model/service.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

/** Images that are nothing without a GPU, or bring CUDA by their name. */
const gpuImage =
  /^(?:nvcr\.io\/|nvidia\/cuda|vllm\/vllm-openai(?!-cpu)|ghcr\.io\/huggingface\/text-generation-inference(?!.*cpu)|rapidsai\/)|[-_:.](?:cuda|cu1[1-9]\d)[-_.\d]*|[-_:]gpu\b/i;

export const gpuWithoutReservation: Rule = {
  id: 'compose/gpu-without-reservation',
  summary: 'A service made for a GPU reserves none',
  why: 'Without a reservation Docker gives the container no GPU: the model loads, and runs on the processor, fifty times slower.',
  sources: [
    'https://docs.docker.com/compose/how-tos/gpu-support/',
    'https://docs.docker.com/reference/compose-file/services/#gpus',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN7'],
  aliases: [],
  byHand: 'only you know how many GPUs it needs, and of which kind',
  examples: { bad: 'bad-cuda-image', good: 'good-reserved' },
  service(service, report) {
    if (!isContainer(service) || hasGpu(service)) return;
    const image = service.image.base?.text ?? service.imageName?.value ?? '';
    const asked = service.environment.get('NVIDIA_VISIBLE_DEVICES') ?? service.environment.get('CUDA_VISIBLE_DEVICES');
    const wantsNone = asked?.value !== undefined && /^(?:|none|void|-1)$/.test(asked.value);
    if (wantsNone) return;
    // An image of its own repository may be called anything-gpu; the base it is built from is told by its reference.
    if (asked?.from === 'compose')
      report({ at: asked.span, message: `"${service.name}" asks for GPUs in ${asked.name}, and reserves none` });
    else if (gpuImage.test(image) && !/no-?cuda|cpu/i.test(image))
      report({
        at: service.imageName?.span ?? service.nameSpan,
        message: `"${service.name}" runs ${image} without a GPU`,
      });
  },
};

function hasGpu(service: Service): boolean {
  const devices = itemsOf(service.attribute('deploy.resources.reservations.devices'));
  const isGpu = devices.some(
    (device) =>
      textsOf(child(device, 'capabilities')).some((one) => /gpu|nvidia/i.test(one)) || child(device, 'driver'),
  );
  if (
    isGpu ||
    service.attribute('gpus') !== undefined ||
    service.attribute('deploy.resources.reservations.generic_resources')
  )
    return true;
  if (/nvidia/i.test(text(service.attribute('runtime')) ?? '')) return true;
  return itemsOf(service.attribute('devices')).some((device) =>
    /nvidia|kfd|\/dri|\.com\/gpu/i.test(text(child(device, 'source')) ?? text(device) ?? ''),
  );
}
