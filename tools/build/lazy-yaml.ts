import type { Plugin } from 'esbuild';

/**
 * Makes `import … from 'yaml'` load the parser when something of it is first used, not when the program starts: most
 * runs on a lone Dockerfile never need it. esbuild turns every use of an import from CommonJS into a property access
 * at that place, so a module of getters is enough, and the importing code stays synchronous.
 */
export function lazyYaml(exportNames: readonly string[]): Plugin {
  const getters = exportNames.map((name) => `get ${JSON.stringify(name)}() { return yaml().${name}; },`).join('\n');
  return {
    name: 'lazy-yaml',
    setup(build) {
      build.onResolve({ filter: /^yaml$/ }, () => ({ path: 'yaml', namespace: 'lazy-yaml' }));
      build.onResolve({ filter: /^\.\/yaml\.cjs$/, namespace: 'lazy-yaml' }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /^yaml$/, namespace: 'lazy-yaml' }, () => ({
        contents: `let loaded; const yaml = () => (loaded ??= require('./yaml.cjs'));\nmodule.exports = {\n${getters}\n};`,
        loader: 'js',
      }));
    },
  };
}
