import { child, itemsOf, text, textsOf } from '../../../model/compose/tree-access.ts';
import type { Service } from '../../../model/service.ts';
import { type Answer, type Part, weigh } from './answer.ts';
import { ask, composed, faultsOf, type Look, part } from './look.ts';
import { limits } from './upkeep.ts';

const images =
  /^(?:nvcr\.io\/|nvidia\/cuda|pytorch\/|tensorflow\/|huggingface\/|ghcr\.io\/huggingface\/|vllm\/|ollama\/ollama|rocm\/|rapidsai\/|rayproject\/|mosaicml\/|localai\/|ghcr\.io\/ggml-org\/llama)|onnxruntime|triton|torchserve|mlflow|bentoml|kserve|seldon/i;
const packages =
  /^(?:torch|torchvision|tensorflow|tensorflow-\w+|tf-nightly|keras|jax|jaxlib|onnxruntime|onnxruntime-\w+|transformers|sentence-transformers|vllm|diffusers|xgboost|lightgbm|catboost|scikit-learn|sklearn|openvino|tritonclient|llama-cpp-python|ctranslate2|spacy|paddlepaddle\S*|bentoml|ultralytics)$/i;
const manifests = ['requirements.txt', 'pyproject.toml', 'Pipfile', 'environment.yml', 'setup.py'];

/** Services that serve a model: by a GPU, by their image, or by what they install. */
export function mlServices(look: Look): Service[] {
  return look.services.filter(
    (service) =>
      hasGpu(service) ||
      images.test(service.image.base?.name ?? service.imageName?.reference?.name ?? '') ||
      installsMl(look, service),
  );
}

function hasGpu(service: Service): boolean {
  if (service.attribute('gpus') || /nvidia/i.test(text(service.attribute('runtime')) ?? '')) return true;
  return itemsOf(service.attribute('deploy.resources.reservations.devices')).some(
    (device) =>
      textsOf(child(device, 'capabilities')).some((one) => /gpu/i.test(one)) ||
      /nvidia/.test(text(child(device, 'driver')) ?? ''),
  );
}

function installsMl(look: Look, service: Service): boolean {
  const dockerfile = service.build?.dockerfile;
  const context = dockerfile && look.project.contextOf(dockerfile);
  const stages = dockerfile?.stages.filter(({ isUsed }) => isUsed) ?? [];
  const commands = stages.flatMap(({ steps }) => steps.flatMap((step) => step.commands));
  if (
    commands.some(
      ({ words }) =>
        words.some(({ text: word }) => word === 'install') &&
        words.some(({ text: word }) => packages.test(nameIn(word))),
    )
  )
    return true;
  return manifests.some((name) =>
    (context?.text(name) ?? '')
      .slice(0, 200_000)
      .split('\n')
      .some((line) => packages.test(nameIn(line))),
  );
}

/** `  "torch==2.4",` is torch. */
function nameIn(line: string): string {
  return /^[\s"'-]{0,20}([A-Za-z][\w-]{0,60})/.exec(line)?.[1] ?? '';
}

/** Limits, and the GPU that it was made for. */
export function limitsAndGpu(look: Look): Answer {
  const lacking = ask(composed(look), (service): Part[] =>
    faultsOf(look, service, { ids: ['compose/gpu-without-reservation'] }),
  );
  const limited = limits(look);
  if (lacking.length === 0 || limited.state === 'fail') return limited;
  return weigh(lacking, '');
}

export function structuredLogs(look: Look): Answer {
  return weigh(
    ask(look.services, (service) => {
      const faults = faultsOf(look, service, { ids: ['project/unstructured-logs'], anySeverity: true });
      if (faults.length > 0) return faults;
      return part(look, 'open', service, ': drill log-flood proves that its lines are JSON; no drill has run');
    }),
    'there is no service',
  );
}
