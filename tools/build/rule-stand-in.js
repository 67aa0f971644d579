// Part of the built command line, not of the build: what stands for a rule until it is called. See `lazy-parts.ts`.

const hooks = {
  dockerfile(...given) {
    return this.rule.dockerfile(...given);
  },
  stage(...given) {
    return this.rule.stage(...given);
  },
  service(...given) {
    return this.rule.service(...given);
  },
  compose(...given) {
    return this.rule.compose(...given);
  },
  project(...given) {
    return this.rule.project(...given);
  },
  policy(...given) {
    return this.rule.policy(...given);
  },
};

class RuleStandIn {
  constructor(part, load, name, metadata, has) {
    Object.assign(this, metadata);
    for (const hook of has) this[hook] = hooks[hook];
    this.load = load;
    this.name = name;
  }
  get rule() {
    return this.load()[this.name];
  }
  get summary() {
    return this.rule.summary;
  }
  get why() {
    return this.rule.why;
  }
  get sources() {
    return this.rule.sources;
  }
  get byHand() {
    return this.rule.byHand;
  }
  get examples() {
    return this.rule.examples;
  }
}

export function ruleOf(part, load, name, metadata, ...has) {
  return new RuleStandIn(part, load, name, metadata, has);
}
